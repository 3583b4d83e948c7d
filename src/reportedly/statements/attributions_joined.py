"""Cues that a conjunction joins to another: "said it knew of the strike and denied that …", "X said A, and Y estimated B".

The encoder now and then takes the second for a part of what the first one says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_candidates import trim
from reportedly.statements.attributions_contents import head_of
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution


def apart(parse: Parse, raws: list[RawAttribution]) -> None:
    """Cut contents before a clause of time in which somebody else speaks ("said it was won, hours after its allies said
    …"), and give back what a passive of hearsay has taken ("300 are believed to be there, he said")."""
    cued = [(other, head_of(parse, other.cue[0])) for other in raws if other.cue]
    in_time = [(other, verb) for other, verb in cued if verb is not None and _is_clause_of_time(parse, verb)]
    hearsay = lexicons.words("attributions_hearsay.txt")
    of_hearsay = [(other, verb) for other, verb in cued if verb is not None and parse.lemma[verb] in hearsay]
    for raw in raws if in_time or of_hearsay else ():
        for other, verb in in_time if raw.cue else ():
            if other is not raw:
                _before_clause(parse, raw, other.cue[0], verb)
        for other, _ in of_hearsay if raw.cue else ():
            if other is not raw:
                _around_hearsay(raw, other)


def _is_clause_of_time(parse: Parse, verb: int) -> bool:
    if parse.dep[verb] != "advcl" or parse.quote_of[verb] >= 0:
        return False
    return any(parse.word[c] in ("after", "before") for c in parse.children[verb])


def _before_clause(parse: Parse, raw: RawAttribution, cue: Span, verb: int) -> None:
    """Cut a content before the clause of time whose verb is another's cue, if the content ends with it."""
    for number, span in enumerate(raw.content):
        if not span.covers(cue):
            continue
        first = parse.left[verb]
        tokens = trim(parse, bisect_left(parse.start, span.start), first)
        if tokens is not None and parse.end[parse.right[verb]] >= span.end:
            raw.content[number] = parse.chars(tokens)


def _around_hearsay(raw: RawAttribution, other: RawAttribution) -> None:
    """ "300 [are believed] to be there, he said": the whole is what he said; who believes it is not told."""
    if len(raw.content) != 1 or len(other.content) != 1 or raw.cue[0].start < raw.content[0].end:
        return
    first, rest, cue = other.content[0], raw.content[0], other.cue[0]
    if first.end <= cue.start and cue.end <= rest.start <= cue.end + 2 and cue.start <= first.end + 2:
        raw.content = [Span(first.start, rest.end)]
        other.source, other.content = [], [first, rest]


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
        for cue in _conjuncts(parse, head):
            if span.start < parse.start[cue] < span.end and _ascribes(parse, cue):
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


def _conjuncts(parse: Parse, head: int) -> Iterator[int]:
    """What is joined to a cue, or to what it says of its own speaker ("said it knew of the strike and denied …")."""
    yield from (c for c in parse.children[head] if parse.dep[c] == "conj")
    for clause in (c for c in parse.children[head] if parse.dep[c] == "ccomp"):
        if any(parse.dep[c] == "nsubj" and parse.tag[c] == "PRP" for c in parse.children[clause]):
            joined = (c for c in parse.children[clause] if parse.dep[c] == "conj")
            yield from (c for c in joined if not any(parse.dep[d] == "nsubj" for d in parse.children[c]))


def _ascribes(parse: Parse, cue: int) -> bool:
    return parse.lemma[cue] in lexicons.words("attributions_plain.txt") and parse.quote_of[cue] < 0


def _before(parse: Parse, span: Span, head: int, first: int) -> Span | None:
    """What stands before the conjunction of a joined cue."""
    start = bisect_left(parse.start, span.start)
    while first - 1 > start and (parse.dep[first - 1] in ("cc", "advmod") or parse.ends[first - 1]):
        first -= 1
    tokens = trim(parse, start, first) if start > head else None
    return None if tokens is None else parse.chars(tokens)
