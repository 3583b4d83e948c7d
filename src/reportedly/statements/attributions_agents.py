"""Who a passive names behind "by": "the attack was claimed by the group", "an assault announced by the ministry"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reportedly.data import Span
from reportedly.statements.attributions_candidates import trim
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution


def sourced(parse: Parse, raws: Sequence[RawAttribution]) -> list[RawAttribution]:
    """The same attributions, those that name nobody with the agent of their cue as source.

    What somebody unknown was taken to say in the agent's own words is dropped.
    """
    found = list(raws)
    for raw in raws:
        agent = None if raw.source or not raw.cue else _agent(parse, raw)
        if agent is None:
            continue
        raw.source = [agent]
        raw.content = [span for span in raw.content if not span.overlaps(agent)]
        found = [one for one in found if one is raw or one.source or not any(s.overlaps(agent) for s in one.content)]
    return [raw for raw in found if raw.content]


def _agent(parse: Parse, raw: RawAttribution) -> Span | None:
    """The characters of whoever a cue says something is done by."""
    first, last = bisect_right(parse.end, raw.cue[0].start), bisect_left(parse.start, raw.cue[0].end)
    for i in range(first, last):
        for by in parse.children[i] if parse.tag[i] == "VBN" else ():
            heads = [child for child in parse.children[by] if parse.dep[child] == "pobj"]
            if parse.dep[by] != "agent" or not heads or parse.tag[heads[0]][:1] not in "NP":
                continue
            tokens = trim(parse, *_phrase(parse, heads[0]))
            if tokens is not None:
                return parse.chars(tokens)
    return None


def _phrase(parse: Parse, head: int) -> tuple[int, int]:
    """A noun with what stands before it and its "of" phrases: not where or how it was said, which the parse may hang on it."""
    start, end = parse.left[head], head + 1
    for child in parse.children[head]:
        if child > head and parse.word[child].lower() in ("of", "for") and parse.dep[child] == "prep":
            end = parse.right[child] + 1
    return start, end
