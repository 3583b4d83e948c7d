"""Who a cue's subject is by the parse, where the encoder has found no source, a part of it, or one further off.

Chosen on PolNeAR's dev part (docs/stages/attributions.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements import attributions_tidy as tidy
from reportedly.statements.attributions_candidates import trim
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution

_OWNERS = frozenset(("nsubj", "poss"))


def sourced(parse: Parse, text: str, raws: Sequence[RawAttribution]) -> None:
    """Give attributions the subject of their cue as source, where that is better than what they have."""
    for raw in raws:
        found = _subject(parse, raw)
        if found is not None and _better(parse, raw, *found):
            raw.source = [found[1]]
            raw.content = [part for span in raw.content for part in _without(text, span, found[1])]
        elif raw.source:
            raw.source[0] = _whole(parse, raw)
    _antecedents(parse, raws)


def _whole(parse: Parse, raw: RawAttribution) -> Span:
    """The first part of a source; of one that is an article and no more ("The") the phrase that it begins."""
    own = raw.source[0]
    first = bisect_right(parse.end, own.start)
    if parse.dep[first] != "det" or parse.end[first] != own.end:
        return own
    tokens = trim(parse, *parse.subtree(parse.head[first]))
    span = own if tokens is None else parse.chars(tokens)
    return own if any(span.overlaps(other) for other in (*raw.content, *raw.cue)) else span


def _antecedents(parse: Parse, raws: Sequence[RawAttribution]) -> None:
    """'A man who said he was a fighter vowed …': of the second cue the source is the man with his clause."""
    seen: set[Span] = set()
    for raw in sorted((one for one in raws if one.cue and one.source), key=lambda one: one.cue[0]):
        who = bisect_right(parse.end, raw.source[0].start)
        relative = parse.tag[who] in ("WP", "WDT") and parse.end[who] == raw.source[0].end
        if not relative or raw.source[0] not in seen:
            seen.add(raw.source[0])
            continue
        verb = parse.head[who]
        cue = bisect_right(parse.end, raw.cue[0].start)
        noun = parse.head[verb]
        tokens = trim(parse, parse.left[noun], cue) if parse.dep[verb] == "relcl" and noun < who else None
        if tokens is not None and not parse.left[verb] <= cue <= parse.right[verb]:
            raw.source = [parse.chars(tokens)]


def _without(text: str, span: Span, hole: Span) -> list[Span]:
    """A stretch without the subject in it: "the few hundred that [the alliance] had expected"."""
    if not span.overlaps(hole):
        return [span]
    parts = (Span(span.start, max(span.start, hole.start)), Span(min(span.end, hole.end), span.end))
    return [kept for part in parts if (kept := tidy.trim(text, part)) is not None]


def _subject(parse: Parse, raw: RawAttribution) -> tuple[int, Span] | None:
    """The head token and the characters of the cue's own subject or possessor, if it is not in what is said."""
    if not raw.cue:
        return None
    first, last = bisect_right(parse.end, raw.cue[0].start), bisect_left(parse.start, raw.cue[0].end)
    heads = [
        child
        for i in range(first, last)
        for child in parse.children[i]
        if parse.dep[child] in _OWNERS and not first <= child < last and not _seems(parse, i, child)
    ]
    tokens = trim(parse, *parse.subtree(heads[-1])) if heads else None
    if tokens is None or parse.paragraph[tokens[0]] != parse.paragraph[first]:
        return None
    span, said = parse.chars(tokens), raw.content if raw.source else ()
    return None if any(span.overlaps(other) for other in (*said, *raw.cue)) else (heads[-1], span)


def _seems(parse: Parse, cue: int, subject: int) -> bool:
    """'Appears to …', 'is expected to …': the subject is what it is said of; but "video appeared to show …" tells."""
    if parse.lemma[cue] not in lexicons.words("attributions_seeming.txt"):
        return False
    tells = (c for c in parse.children[cue] if parse.lemma[c] in lexicons.words("attributions_showing.txt"))
    return parse.lemma[subject] not in documents() or not any(tells)


@lru_cache(maxsize=1)
def documents() -> frozenset[str]:
    """The nouns of pictures, recordings and papers."""
    return frozenset(row["noun"] for row in lexicons.rows("attributions_documents.tsv"))


def _better(parse: Parse, raw: RawAttribution, head: int, subject: Span) -> bool:
    if not raw.source:
        return True
    own = raw.source[0]
    if own.overlaps(subject):  # "A lawyer for the papers, [David Schulz,] said": its head is left out
        return subject.covers(own) and not own.start <= parse.start[head] < own.end
    first, last = sorted((own.start, raw.cue[0].start))
    return first < subject.start < last and subject.end <= raw.cue[0].start
