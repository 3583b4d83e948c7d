"""How the pages tell where something comes from: chains of origins, the waterfall of a link, JSON-LD for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reportedly.events.findings import Dependency, Support
from reportedly.record.identity import fold

register = template.Library()
#: Half the width of a bar in the waterfall, in pixels, and the bits that fill it.
HALF, FULL = 60, 10.0
#: Characters that would end a script element or begin another, as json.dumps may write them.
_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
LAYERS = {"event": "event", "figure": "figure", "control": "control", "said": "saying", "side": "denial"}


@register.filter
def titled(article: str, titles: Mapping[str, str]) -> str:
    """An article's headline by its id; its id where it is not known here."""
    return titles.get(article) or article


@register.filter
def named(text: str, titles: Mapping[str, str]) -> str:
    """A text in which ids of articles are replaced by their headlines."""
    if not titles:
        return text
    pattern = "|".join(map(re.escape, titles))
    return re.sub(pattern, lambda found: f"“{titles[found.group()]}”", text)


@register.filter
def rests(link: Dependency, titles: Mapping[str, str]) -> str:
    """What an article rests on, in words."""
    on = titled(link.on, titles)
    if link.kind == "own":
        return "reports it itself"
    if link.kind == "copy":
        share = f" ({round(100 * link.similarity)} % of its text)" if link.similarity else ""
        return f"is a near-copy of “{on}”{share}"
    return f"rests on what {on} says" if link.kind == "speaker" else f"cites {on}"


@register.filter
def source(outlet: str) -> str:
    """The id of an outlet's page by its name."""
    return f"outlet:{fold(outlet)}"


@register.filter
def percent(share: float) -> str:
    """0.934 as "93 % likely"; what is nearly certain is not rounded to certainty."""
    return "more than 99 % likely" if share > 0.99 else f"{round(100 * share)} % likely"


@register.filter
def bits(value: float) -> str:
    """A step with its sign: "+2.4", "−1.0"."""
    return f"{value:+.1f}".replace("-", "−")


@register.filter
def bar(value: float) -> SafeString:
    """A step as a bar from the middle, to the right where it speaks for the match."""
    width = round(min(abs(value), FULL) / FULL * HALF, 1)
    start = HALF if value >= 0 else HALF - width
    return format_html(
        '<svg width="{}" height="12" viewBox="0 0 {} 12" aria-hidden="true" class="{}">'
        '<path d="M{} 0v12"></path><rect x="{}" y="2" width="{}" height="8"></rect></svg>',
        2 * HALF,
        2 * HALF,
        "for" if value >= 0 else "against",
        HALF,
        start,
        width,
    )


@register.filter
def at(article: str, statement: str) -> str:
    """The address of a statement's sentence on its article's page: `at` asks the page for it, the anchor marks it."""
    key = quote(statement)
    return f"{_article(article)}?at={key}#{key}"


@lru_cache(maxsize=10_000)
def _article(public_id: str) -> str:
    return reverse("article", args=[public_id])


@register.filter
def numbered(name: str, number: int) -> str:
    """A name with a number behind it, for ids: "toll-2"."""
    return f"{name}{number}"


@register.filter
def distinct(supporters: Iterable[Support]) -> list[Support]:
    """Each sentence of each article once, though several of its words may say the same."""
    return list({(one.article, one.quote, one.speakers): one for one in supporters}.values())


@register.filter
def layer(name: str) -> str:
    """A layer of coding in words."""
    return LAYERS.get(name, name)


@register.filter
def linked(node: dict[str, Any] | str | None) -> SafeString:
    """JSON-LD as a data block; nothing in it can end the element. Empty for nothing."""
    if not node:
        return SafeString("")
    written = json.dumps(node, ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')
