"""How the record grows: what one more article costs, and what an event's page costs, at 2,000 to 200,000 statements.

The record is filled with made-up articles (`synthetic`), coded already, through the same `Adder` as always; only that
their mentions are matched by trigger, place and day instead of by the model, which would take hours and change
nothing in the tables. What is measured then is the whole of `add` with the real linker, beyond coding, on articles
that report the latest events of the record, and the queries of the pages.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from reportedly import settings as settings_module
from reportedly.data import CodedArticle
from reportedly.evaluation import synthetic
from reportedly.events import mentions
from reportedly.events.clustering import event_id
from reportedly.events.linking import Linker, Match
from reportedly.events.mentions import LinkMention
from reportedly.record import setup

SIZES = (2_000, 20_000, 200_000)
#: Articles and pages that are timed at each size.
TIMED = 12
#: Bytes of a mention's vector.
VECTOR = 128


class Filler(Linker):
    """Links mentions of one trigger, place and day; vectors are drawn by chance, so that nothing is left out of the
    tables."""

    def mentions(self, article: CodedArticle) -> list[LinkMention]:
        """The coded events of an article."""
        chance = random.Random(article.id)
        found = (
            mentions.Found(event.start, event.end, coded=number, vector=chance.randbytes(VECTOR))
            for number, event in enumerate(article.events)
        )
        return mentions.describe(article, found)

    def match(self, new: Sequence[LinkMention], old: Sequence[LinkMention]) -> list[Match]:
        """Pairs of a new mention with an old one of the same trigger, place and day."""
        shelf: dict[object, list[str]] = defaultdict(list)
        for mention in old:
            shelf[mention.stem, mention.place, mention.first].append(mention.key)
        pairs = [(one.key, key) for one in new for key in shelf[one.stem, one.place, one.first]]
        return [Match(a=a, b=b, probability=0.95) for a, b in pairs]

    def explain(self, match: Match) -> list[object]:  # type: ignore[override]
        """Nothing: there is no model."""
        return []

    def assign(
        self,
        new: Sequence[LinkMention],
        matches: Iterable[Match],
        events: Mapping[str, str],
        old: Sequence[LinkMention] = (),
    ) -> dict[str, str]:
        """The event of the first match, else a new one."""
        near = {match.a: events[match.b] for match in matches if match.b in events}
        return {one.key: near.get(one.key) or event_id([one.key]) for one in new}


class Cost(NamedTuple):
    """What some work took, in seconds: of the clock, and of this process's CPU, which other programs do not add to."""

    clock: float
    cpu: float


Row = tuple[str, int, list[Cost]]


def timed(work: Callable[[], object]) -> Cost:
    """What some work takes."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - clock, time.process_time() - cpu)


def measure(sizes: Sequence[int]) -> Iterator[Row]:
    """Fill the open record to each size in turn, and time what users wait for: (what, statements, costs)."""
    from reportedly.record import models
    from reportedly.record.adding import Adder

    settings = settings_module.load()
    number = max(sizes) // synthetic.STATEMENTS_AN_ARTICLE + TIMED * (len(sizes) + 1)
    waiting = synthetic.articles(number)
    filler, adder = Adder(settings, Filler(settings)), Adder(settings)
    adder.linker.mentions(next(synthetic.articles(1)))  # models are loaded now
    for size in sizes:
        while (count := models.Statement.objects.filter(current=True).count()) < size:
            filler.add_together(islice(waiting, max(1, min(50, (size - count) // synthetic.STATEMENTS_AN_ARTICLE))))
        adder.add(next(waiting))  # what is prepared once is prepared now
        yield "add one article", count, [timed(lambda: adder.add(next(waiting))) for _ in range(TIMED)]
        yield from _queries(count)


def _queries(count: int) -> Iterator[Row]:
    from reportedly.record import models
    from reportedly.record.queries import control, disputes, events, figures, sources
    from reportedly.record.queries.filters import Filter

    busiest = models.Event.objects.order_by("-articles", "-pk").values_list("public_id", flat=True)[:TIMED]
    yield "an event's page", count, [timed(lambda name=name: events.page(name)) for name in busiest]  # type: ignore[misc]
    lists = {"events": events, "figures": figures, "control": control, "disputes": disputes, "sources": sources}
    for name, module in lists.items():
        yield f"list of {name}", count, [timed(lambda: module.listed(Filter(limit=30))) for _ in range(3)]  # noqa: B023


def show(rows: Iterable[Row]) -> dict[tuple[str, int], float]:
    """Print each row as it comes; the median of each, in seconds of the clock."""
    print(f"{'':22}{'statements':>12}{'median':>14}{'longest':>14}{'median of CPU':>16}")
    medians = {}
    for what, count, costs in rows:
        clock, longest = [one.clock for one in costs], max(one.clock for one in costs)
        medians[what, count] = statistics.median(clock)
        cpu = statistics.median(one.cpu for one in costs)
        print(f"{what:22}{count:12,}{_ms(medians[what, count])}{_ms(longest)}  {_ms(cpu)}", flush=True)
    return medians


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:11.1f} ms"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options.add_argument("--most-add", type=float, help="fail if the median of adding takes longer, in seconds")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.db'}"
        setup.open_record(url)
        medians = show(measure(sorted(given.sizes)))
        setup.close()
    slowest = max(seconds for (what, _), seconds in medians.items() if what.startswith("add"))
    if given.most_add is not None and slowest > given.most_add:
        sys.exit(f"adding one article took {slowest:.2f} s")


if __name__ == "__main__":
    main()
