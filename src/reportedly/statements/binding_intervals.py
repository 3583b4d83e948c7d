"""Which of many stretches of text hold a point, without comparing each with each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reportedly.data import Attribution, Span

#: The width of a bucket, in code points: about a sentence, so that most stretches lie in one or two.
WIDTH = 256


class Intervals:
    """Numbered stretches of text, found by position."""

    def __init__(self, spans: Iterable[tuple[int, Span]]) -> None:
        self._buckets: dict[int, list[tuple[int, Span]]] = defaultdict(list)
        for number, span in spans:
            for bucket in range(span.start // WIDTH, span.end // WIDTH + 1):
                self._buckets[bucket].append((number, span))

    def holding(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        """The numbers and stretches that hold the whole of `start` to `end`."""
        for number, span in self._buckets.get(start // WIDTH, ()):
            if span.start <= start and end <= span.end:
                yield number, span


class Sources:
    """The attributions of an article by what their contents hold."""

    def __init__(self, attributions: list[Attribution]) -> None:
        self.attributions = attributions
        self._contents = Intervals((n, span) for n, item in enumerate(attributions) for span in item.content)
        self._depths = [_depth(attributions, number) for number in range(len(attributions))]

    def of(self, start: int, end: int) -> int | None:
        """The innermost attribution whose content holds a stretch: the deepest nested, then the shortest."""
        return self._innermost(self._contents.holding(start, end))

    def said_by(self, start: int, end: int) -> int | None:
        """The innermost one that tells of a source or a channel: "are believed to" has it said by nobody."""
        found = self._contents.holding(start, end)
        return self._innermost((n, span) for n, span in found if _tells(self.attributions[n]))

    def _innermost(self, found: Iterable[tuple[int, Span]]) -> int | None:
        best = min(((-self._depths[n], span.end - span.start, n) for n, span in found), default=None)
        return None if best is None else best[2]


def _tells(said: Attribution) -> bool:
    return bool(said.source or said.speaker or said.organisation or said.channel)


def _depth(attributions: list[Attribution], number: int) -> int:
    depth, seen = 0, {number}
    outer = attributions[number].within
    while outer is not None and outer not in seen and 0 <= outer < len(attributions):
        seen.add(outer)
        depth += 1
        outer = attributions[outer].within
    return depth
