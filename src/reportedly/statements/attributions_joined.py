"""Cues that a conjunction joins to another: "said it knew of the strike and denied that …", "X said A, and Y estimated B".

The encoder now and then takes the second for a part of what the first one says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_candidates import trim
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_subjects import head_of


def parted(parse: Parse, raws: list[RawAttribution]) -> Iterator[RawAttribution]:
    """The attributions, with contents cut off before a joined cue, and the attributions of those cues."""
    for raw in raws:
        head = head_of(parse, raw.cue[0]) if raw.cue else None
        found = None if head is None else _joined(parse, raw, head)
        yield raw
        if found is not None:
            yield found


def _joined(parse: Parse, raw: RawAttribution, head: int) -> RawAttribution | None:
    """Cut a content in which a joined cue has got, and give the cue's own attribution."""
    for number, span in enumerate(raw.content):
        for cue in parse.children[head]:
            if parse.dep[cue] == "conj" and span.start < parse.start[cue] < span.end and _ascribes(parse, cue):
                clause = [c for c in parse.children[cue] if parse.dep[c] == "ccomp" and c > cue]
                subject = [c for c in parse.children[cue] if parse.dep[c] == "nsubj"]
                first = parse.left[subject[0]] if subject else cue
                kept = _before(parse, span, head, first)
                said = trim(parse, *parse.subtree(clause[0])) if clause else None
                if kept is None or said is None:
                    continue
                raw.content[number] = kept
                source = [parse.chars((first, parse.right[subject[0]] + 1))] if subject else list(raw.source)
                return RawAttribution(source=source, cue=[parse.chars((cue, cue + 1))], content=[parse.chars(said)])
    return None


def _ascribes(parse: Parse, cue: int) -> bool:
    return parse.lemma[cue] in lexicons.words("attributions_plain.txt") and parse.quote_of[cue] < 0


def _before(parse: Parse, span: Span, head: int, first: int) -> Span | None:
    """What stands before the conjunction of a joined cue."""
    start = bisect_left(parse.start, span.start)
    while first - 1 > start and (parse.dep[first - 1] in ("cc", "advmod") or parse.ends[first - 1]):
        first -= 1
    tokens = trim(parse, start, first) if start > head else None
    return None if tokens is None else parse.chars(tokens)
