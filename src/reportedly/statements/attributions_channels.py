"""Where something was said: a tweet, a statement, a news conference, a broadcaster.

The channel is read from the words that stand with the cue, not from what is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements import actors_registry as registry
from reportedly.statements import attributions_media as media
from reportedly.statements import columns
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.columns import Columns

# "told the BBC", "an interview with Reuters", "on Al Jazeera"; a name alone may be anybody's.
_BEFORE_OUTLET = (
    r"(?:\b(?:[Tt](?:old|ells?|elling|o|hrough)|[Ww]ith|[Oo]n|[Bb]y|[Vv]ia|[Ii]n|[Ff]or)\s+"
    r"(?:the\s+|its\s+|their\s+|an?\s+)?(?:[\w’'-]+-(?:run|linked|affiliated|owned|backed)\s+|(?:semi-)?official\s+)?)"
)

_TOLD = re.compile(r"\b[Tt](?:old|ells?|elling)\s+(?:the\s+)?([A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,4})")
_ARTICLE = re.compile(r"^(?:[Bb]y |[Ii]n |[Oo]n )?(?:[Tt]he )?")


_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_ENDINGS = ("’s", "'s", "s’", "s'", "-run", "-linked", "-affiliated", "-owned", "-backed", "-controlled", "-based")


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {row["phrase"]: row["channel"] for row in lexicons.rows("attributions_channels.tsv")}
    longest = sorted(table, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b"), table


@lru_cache(maxsize=1)
def _outlets() -> tuple[re.Pattern[str], Mapping[str, tuple[str, str | None]]]:
    table = {}
    for row in lexicons.rows("attributions_outlets.tsv"):
        names = row["names"].split("|")
        table.update(dict.fromkeys(names, (names[0], row["state"] or None)))
    longest = sorted(table, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest)) + r")(?![\w-])"), table


@lru_cache(maxsize=1)
def _spoken_to() -> re.Pattern[str]:
    return re.compile(_BEFORE_OUTLET + "(" + _outlets()[0].pattern + ")")


@lru_cache(maxsize=1024)
def outlet(text: str) -> tuple[str, str | None] | None:
    """The broadcaster, agency or paper that a source's words name as the source itself.

    Returns:
        Its name, and the country (ISO 3166-1 alpha-3) if it is a state's; None if it names none.
    """
    pattern, table = _outlets()
    name = _ARTICLE.sub("", text.partition(",")[0]).rstrip(" .,:")
    match = pattern.search(name)
    if match is None or not all(map(_is_whose, name[: match.start()].split())):
        return None
    rest = name[match.end() :].removeprefix("’s").removeprefix("'s").lower().split()
    return table[match.group()] if lexicons.words("attributions_outlet_nouns.txt").issuperset(rest) else None


@lru_cache(maxsize=256)
def actor(name: str) -> registry.Actor | None:
    """The registry's medium of an outlet, by its name as `outlet` and `channel` give it."""
    names = next(
        (row["names"].split("|") for row in lexicons.rows("attributions_outlets.tsv") if _first(row) == name), []
    )
    return next((known for called in names if (known := _media().get(called.lower())) is not None), None)


def owner(name: str | None) -> registry.Actor | None:
    """The armed group or state body whose medium an outlet is."""
    known = actor(name) if name else None
    return registry.find(known.parent) if known is not None and known.parent else None


def _first(row: dict[str, str]) -> str:
    return row["names"].split("|")[0]


@lru_cache(maxsize=1)
def _media() -> Mapping[str, registry.Actor]:
    """The registry's media by their names in lower case."""
    found = {}
    for row in lexicons.rows("actors_groups.tsv"):
        known = registry.find(row["id"]) if row["sector"] == "JRN" else None
        if known is not None:
            found.update({name.lstrip("~").lower(): known for name in (row["name"], *row["aliases"].split("|"))})
    return found


def _is_whose(word: str) -> bool:
    """Whether a word before an outlet's name only says whose or what it is: "Iran's semi-official Tasnim agency"."""
    plain = word.lower()
    return plain.endswith(_ENDINGS) or plain in lexicons.words("attributions_outlet_nouns.txt") or plain in _demonyms()


@lru_cache(maxsize=1)
def _demonyms() -> frozenset[str]:
    return frozenset(adjective.lower() for adjective in registry.adjectives().values())


def channel(doc: Doc, text: str, raw: RawAttribution) -> str | None:
    """The channel of an attribution, as a short name, or None if none is told.

    Args:
        doc: the parsed article.
        text: its text (which a Doc puts together anew each time it is asked).
        raw: the attribution.
    """
    source = " ".join(text[span.start : span.end] for span in raw.source)
    frame = _frame(doc, text, raw)
    told = _spoken(frame) or _told(doc, frame) or _medium(frame) or _after_object(doc, text, raw)
    return told or _beside(doc, raw) or _own(source) or _document(doc, raw)


def is_of_a_state(source: str) -> bool:
    """Whether a source is a state's medium that is not named ("state television")."""
    medium = _medium(source)
    return medium is not None and medium.startswith("state ")


def _own(source: str) -> str | None:
    """'State TV reported', 'a statement by the army said': the source is its own channel."""
    named = outlet(source)
    if named:
        return named[0]
    return _medium(source)


def _beside(doc: Doc, raw: RawAttribution) -> str | None:
    """'Urged his men in an audio recording to fight on': a medium of the cue's that stands among what is said."""
    for noun in media.beside(doc, raw.cue[0]) if raw.cue else ():
        return _medium(noun.doc[noun.left_edge.i : noun.i + 1].text) or media.medium(noun)
    return None


def _document(doc: Doc, raw: RawAttribution) -> str | None:
    """'Satellite images show …', 'documents seen by the paper say …': the source is a thing that shows it."""
    if not raw.source:
        return None
    tokens = doc.char_span(raw.source[0].start, raw.source[0].end, alignment_mode="expand")
    return None if tokens is None else media.medium(tokens.root)


def _spoken(frame: str) -> str | None:
    match = _spoken_to().search(frame)
    return _outlets()[1][match.group(1)][0] if match else None


def _after_object(doc: Doc, text: str, raw: RawAttribution) -> str | None:
    """'Announced the group's defeat on Twitter': the end of an object tells where it was announced.

    A clause may have such an end of its own ("said that he saw it on Twitter").
    """
    if not raw.content:
        return None
    last = raw.content[-1]
    tokens = doc.char_span(last.start, last.end, alignment_mode="expand")
    if tokens is None or tokens.root.dep_ != "dobj":
        return None
    through = list(_spoken_to().finditer(text, last.start, last.end))[-1:]
    nouns = lexicons.words("attributions_outlet_nouns.txt")
    if through and nouns.issuperset(text[through[0].end() : last.end].lower().split()):
        return _outlets()[1][through[0].group(1)][0]
    pattern, table = _phrases()
    words = text[last.start : last.end].lower()
    endings = [
        m for m in pattern.finditer(words) if m.end() == len(words) and m.group().startswith(("on ", "in ", "via "))
    ]
    return table[endings[-1].group()] if endings else None


def _told(doc: Doc, frame: str) -> str | None:
    """'Told the Courier': the article's own publisher, or a name that says by itself that it is an outlet."""
    for match in _TOLD.finditer(frame):
        name, last = match.group(1), match.group(1).split()[-1]
        publisher = (doc._.article.publisher or "").removeprefix("The ")
        if publisher.split()[-1:] == [last] and publisher.endswith(name):
            return publisher
        if last in lexicons.words("attributions_outlet_names.txt"):
            return name
    return None


def _medium(frame: str) -> str | None:
    """The first medium of a stretch; of a recording or statement also where it appeared."""
    pattern, table = _phrases()
    media = [table[match.group()] for match in pattern.finditer(frame.lower())]
    if not media:
        return None
    platforms = [name for name in media[1:] if name in lexicons.words("attributions_platforms.txt")]
    recorded = media[0] in lexicons.words("attributions_recordings.txt")
    return f"{media[0]} on {platforms[0]}" if platforms and recorded else media[0]


def _frame(doc: Doc, text: str, raw: RawAttribution) -> str:
    """The words of the cue's clause that are neither content nor source; what is said is blanked."""
    if not raw.cue:
        return ""
    read = columns.of(doc)
    head = _clause(read, columns.root(doc, *read.touched(raw.cue[0].start, raw.cue[-1].end)))
    asides = (aside for aside in _asides(doc, head) if not aside.overlaps(raw.cue[0]))
    return _blanked(text, _below(read, head), [*raw.content, *raw.source, *asides])


def _below(read: Columns, head: int) -> Span:
    """The characters from the first to the last of what hangs on a token."""
    last = read.right[head]
    return Span(read.start[read.left[head]], read.start[last] + len(read.text[last]))


def _asides(doc: Doc, verb: int) -> list[Span]:
    """The clauses below a cue that have a subject of their own: "when the two spoke by telephone, X said" does not
    tell where X said it."""
    read, found = columns.of(doc), []
    below = list(read.children[verb])
    for i in below:
        below.extend(read.children[i])
        clause = read.dep[i] in ("advcl", "ccomp") or (read.dep[i] == "relcl" and not media.medium(doc[read.head[i]]))
        if clause and any(read.dep[child] in _SUBJECTS for child in read.children[i]):
            found.append(_below(read, i))
    return found


def _clause(read: Columns, i: int) -> int:
    """The cue's clause: for "said in a statement" and a participle, that of the verb above it."""
    while read.head[i] != i and (read.dep[i] in ("xcomp", "aux", "pcomp", "prep") or _goes_on(read, i)):
        i = read.head[i]
    return i


def _goes_on(read: Columns, verb: int) -> bool:
    """Whether a verb is joined to another of the same subject: "in a statement, X condemned A and CALLED for B"."""
    joined = read.dep[verb] == "conj" and read.pos[read.head[verb]] == "VERB"
    return joined and not any(read.dep[child] in _SUBJECTS for child in read.children[verb])


def _blanked(text: str, span: Span, holes: list[Span]) -> str:
    pieces, at = [], span.start
    for hole in sorted(holes):
        if hole.end <= at or hole.start >= span.end:
            continue
        pieces.append(text[at : max(at, hole.start)])
        at = hole.end
    pieces.append(text[at : max(at, span.end)])
    return " | ".join(pieces)
