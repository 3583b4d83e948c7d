"""A record of its own for each test of exports: articles are really added, and events read as formats read them."""

from __future__ import annotations

import csv
import io
from typing import Any

from reportedly import settings
from reportedly.data import CodedArticle
from reportedly.events import mentions
from reportedly.events.mentions import Found, LinkMention
from tests.record.factories import ISIS, SDF, Draft, StemLinker

CIVILIANS = {"text": "civilians", "name": None, "sector": "CVL", "kind": "person"}
ARMY = {"name": "Syrian Army", "id": "SYR-MIL", "country": "SYR", "sector": "MIL", "kind": "organisation"}


class Linker(StemLinker):
    """Links the coded events alone."""

    def mentions(self, article: CodedArticle) -> list[LinkMention]:
        """The coded events of an article."""
        return mentions.describe(article, [Found(one.start, one.end, coded=i) for i, one in enumerate(article.events)])


class Stored:
    """The record that is open, to add to and to export."""

    def __init__(self) -> None:
        from reportedly.record.adding import Adder

        self.adder = Adder(settings.load(), Linker())  # type: ignore[arg-type]

    def add(self, *drafts: Draft) -> None:
        """Add articles."""
        for draft in drafts:
            assert self.adder.add(draft.article()) != "known"

    def events(self) -> list[Any]:
        """The events as formats read them."""
        from reportedly.record.exports.source import Record

        return list(Record().events())

    def event(self, word: str) -> Any:
        """The event that one of its reports calls so."""
        (found,) = [one for one in self.events() if any(report.text == word for report in one.reports)]
        return found

    def rows(self, form: str, delimiter: str = ",") -> list[dict[str, str]]:
        """What a format of one table writes, by column."""
        return list(csv.DictReader(io.StringIO(self.bytes(form).decode()), delimiter=delimiter))

    def bytes(self, form: str) -> bytes:
        """What a format of one file writes."""
        from reportedly.record import exports
        from reportedly.record.exports import writing
        from reportedly.record.exports.source import Record

        out = io.BytesIO()
        writing.to_stream(exports.named(form), Record(), out)
        return out.getvalue()


def market(id: str = "a1", outlet: str = "Harbour Times", killed: str = "12", **more: Any) -> Draft:
    """A report of shells on a market in Hajin on 1 March 2019, with a number of people killed."""
    draft = Draft(id, outlet, more.pop("published", "2019-03-02"))
    draft.sentence(f"Shells hit the market in Hajin on Friday, killing {killed} people, rescuers said.")
    draft.place("Hajin", 34.69, 40.83).date("Friday", "2019-03-01").said("rescuers", "said", speaker="the rescuers")
    draft.figure(killed, **{"of": "people", **more})
    return draft.event("hit", figures=(killed,), mode="heavy-weapons", actor=[ARMY], recipient=[CIVILIANS])


def clash(id: str = "b1", outlet: str = "Ridge Post") -> Draft:
    """A report of a battle in an area over some days, with a number that only a party gives."""
    draft = Draft(id, outlet, "2019-03-20")
    draft.sentence("The SDF fought Islamic State around Baghuz from 10 to 12 March.")
    draft.place("Baghuz", 34.45, 40.95, precision="area").date("10 to 12 March", "2019-03-10", "2019-03-12")
    draft.event("fought", actor=[{**SDF, "text": "SDF"}], recipient=[{**ISIS, "text": "Islamic State"}], mode=None)
    return draft
