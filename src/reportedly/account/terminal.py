"""The account in the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.account import words
from reportedly.account.view import Account, Line
from reportedly.data import CodedArticle

_STYLES = {
    "when": "cyan",
    "where": "green",
    "what": "bold",
    "who": "",
    "source": "magenta",
    "cue": "italic",
    "certainty": "yellow",
    "figures": "bold blue",
}
_ORDER = {
    "events": ("when", "where", "what", "who", "figures"),
    "figures": ("what", "measure", "where", "when"),
    "attributions": ("source", "cue"),
    "control": ("who", "what", "where", "when"),
    "disputes": ("what",),
}


def show(account: Account, console: Console) -> None:
    """Print an account."""
    _heading(account.article, console)
    for layer, lines in account.sections.items():
        if not lines:
            continue
        console.print()
        console.print(Text(f"{words.TITLES[layer]} ({len(lines)})".upper(), style="bold reverse"))
        for line in _said_once(lines):
            _show(line, console)
    console.print()
    console.print(
        Text(f"{words.UNVERIFIED} [n] is the sentence of the article that a line comes from.", style="italic dim")
    )


def _heading(article: CodedArticle, console: Console) -> None:
    console.print(Text(article.title or "(no headline)", style="bold"))
    published = words.day(article.published) if article.published else "no date"
    about = [article.publisher, published, article.author, article.url]
    console.print(Text(" · ".join(part for part in about if part), style="dim"))


def _show(line: Line, console: Console) -> None:
    text = Text()
    for number, part in enumerate(name for name in _ORDER[line.layer] if name in line.parts):
        text.append("  " if number else "")
        text.append(line.parts[part], style=_STYLES.get(part, ""))
    if line.layer == "disputes":
        _dispute(line, text, console)
        return
    text.append(f"  [{line.sentence + 1}]", style="dim")
    console.print(Padding(text, (0, 0, 0, 2)))
    detail = _detail(line)
    if detail:
        console.print(Padding(detail, (0, 0, 0, 6)))


def _dispute(line: Line, text: Text, console: Console) -> None:
    console.print(Padding(text, (0, 0, 0, 2)))
    for quote, number in zip(line.quotes, line.sentences, strict=True):
        console.print(Padding(Text(f"“{quote}”  [{number + 1}]"), (0, 0, 0, 6)))


def _detail(line: Line) -> Text:
    """Below an item: who says it and how certain; for a statement, what was said; else its sentence."""
    if line.layer == "attributions":
        return Text(line.parts["what"])
    text = Text()
    if "certainty" in line.parts:
        text.append(line.parts["certainty"], style=_STYLES["certainty"])
    if "source" in line.parts:
        text.append(("; " if text else "") + "according to ")
        text.append(line.parts["source"], style=_STYLES["source"])
    for quote in line.quotes:
        text.append(("\n" if text else "") + f"“{quote}”", style="dim")
    return text


def _said_once(lines: list[Line]) -> list[Line]:
    """The lines, with the sentence shown only at the first of those that come from one sentence."""
    seen: set[int] = set()
    for line in lines:
        if line.layer != "disputes":
            if line.sentence in seen:
                line.quotes = []
            seen.add(line.sentence)
    return lines


def summary(articles: list[CodedArticle], console: Console) -> None:
    """A line an article, and a total: what was found in which."""
    table = Table(
        title="All articles",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        expand=True,
    )
    table.add_column("date", no_wrap=True, min_width=10)
    table.add_column("article", ratio=1)
    for name in ("events", "figures", "said", "control", "disputes"):
        table.add_column(name, justify="right", no_wrap=True, width=len(name))
    for article in articles:
        about = Text(article.title or "(no headline)").append(f"\n{article.publisher or ''}".rstrip(), style="dim")
        table.add_row((article.published or "")[:10], about, *map(str, _counts(article)))
    totals = [sum(column) for column in zip((0,) * 5, *map(_counts, articles), strict=True)]
    table.add_section()
    table.add_row("", f"{len(articles)} articles", *map(str, totals), style="bold")
    console.print(table)


def _counts(article: CodedArticle) -> tuple[int, ...]:
    control = sum(1 for event in article.events if event.control)
    typed = sum(1 for event in article.events if event.type)
    return typed, len(article.figures), len(article.attributions), control, len(article.disputes)
