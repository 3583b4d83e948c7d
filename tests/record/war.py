"""A small made-up war in the record: what the tests of queries and decisions ask of it.

On 1 March 2019 shells hit the market in Hajin. Harbour Times has rescuers say that 12 were killed, Ridge Post a monitor
that 15 were; the army denies that it was shelling. On 5 March the SDF takes Baghuz, says its spokesman; Islamic State says
that it still holds it. An aid group counts the displaced twice. One event has no date, one no place, one is of the whole
country, one lies beyond the 180th meridian.
"""

from __future__ import annotations

from reportedly import settings
from reportedly.record.adding import Adder
from tests.record.factories import ISIS, SDF, Draft, StemLinker

HAJIN, BAGHUZ, TAVEUNI = (34.69, 40.83), (34.45, 40.95), (-16.9, -179.9)
ARMY = {"name": "Syrian armed forces", "id": "SYR-MIL", "country": "SYR", "sector": "MIL", "text": "the army"}


def drafts() -> list[Draft]:
    """The articles, in the order in which they come out."""
    return [_market_first(), _market_second(), _market_copy(), _baghuz(), _claims(), _displaced(), _far()]


def build() -> Adder:
    """Add them all."""
    adder = adding()
    for draft in drafts():
        adder.add(draft.article())
    return adder


def adding() -> Adder:
    """What adds articles here."""
    return Adder(settings.load(), StemLinker())  # type: ignore[arg-type]


def _market_first() -> Draft:
    draft = Draft("a1", "Harbour Times", "2019-03-02", title="Shells hit a market", url="https://harbour.example/a1")
    draft.sentence("The army shelled the market in Hajin on Friday, killing 12 people, rescuers said.")
    draft.place("Hajin", *HAJIN).date("Friday", "2019-03-01").said("rescuers", "said")
    draft.figure("12").event("shelled", ("12",), mode="heavy-weapons", actor=[ARMY])
    return draft


def _market_second() -> Draft:
    draft = Draft("a2", "Ridge Post", "2019-03-03", title="Market toll rises")
    draft.sentence("The army shelled a market in Hajin on Friday, killing 15 people, a monitor said.")
    draft.place("Hajin", *HAJIN).date("Friday", "2019-03-01").said("a monitor", "said", organisation="The Monitor")
    draft.figure("15").event("shelled", ("15",), mode="heavy-weapons", actor=[ARMY])
    draft.sentence("The army denied that it shelled Hajin on Friday.").place("Hajin", *HAJIN).date(
        "Friday", "2019-03-01"
    )
    draft.said("The army", "denied", organisation="Syrian armed forces", actor="SYR-MIL", party=True)
    draft.event("shelled", certainty="denied", mode="heavy-weapons", actor=[ARMY])
    return draft


def _market_copy() -> Draft:
    draft = Draft("a3", "Northern Wire", "2019-03-03", title="Troops arrive")
    draft.sentence("Some 300 fighters gathered in Syria.")
    draft.place("Syria", 35.0, 38.0, precision="country", geonameid=163843)
    draft.figure("300", measure="fighters", of="fighters").event("gathered", type="MOBILIZE", mode="troops")
    draft.sentence("Officials met.").event("met", type="CONSULT", mode="visit")
    return draft


def _baghuz() -> Draft:
    draft = Draft("a4", "Harbour Times", "2019-03-06", title="SDF takes Baghuz")
    draft.sentence("Syrian Democratic Forces captured Baghuz on Tuesday, a spokesman said.")
    draft.place("Baghuz", *BAGHUZ).date("Tuesday", "2019-03-05")
    draft.said("a spokesman", "said", organisation="Syrian Democratic Forces", actor="SYR-SDF", party=True)
    draft.event("captured", type="ASSAULT", mode=None, actor=[SDF], recipient=[ISIS])
    draft.control("captured", "captures", SDF["name"], "Baghuz", id=SDF["id"])
    return draft


def _claims() -> Draft:
    draft = Draft("a5", "Ridge Post", "2019-03-08", title="Group says it holds out")
    draft.sentence("Islamic State holds Baghuz, it said.").place("Baghuz", *BAGHUZ)
    draft.said("it", "said", speaker="Islamic State", organisation="Islamic State", actor="INT-ISIS", party=True)
    draft.control("holds", "holds", ISIS["name"], "Baghuz", id=ISIS["id"])
    return draft


def _displaced() -> Draft:
    draft = Draft("a6", "Northern Wire", "2019-03-10", title="Camp grows")
    draft.sentence("By 7 March 2000 people had been displaced from Baghuz, an aid group said.")
    draft.place("Baghuz", *BAGHUZ).date("7 March", "2019-03-07").said("an aid group", "said", organisation="Aid Group")
    draft.figure("2000", measure="displaced")
    draft.sentence("By 9 March 3500 people had been displaced from Baghuz, the aid group said.")
    draft.place("Baghuz", *BAGHUZ).date("9 March", "2019-03-09").said("the aid group", "said", organisation="Aid Group")
    draft.figure("3500", measure="displaced")
    return draft


def _far() -> Draft:
    draft = Draft("a7", "Eastgate", "2019-04-02", title="Arrests on an island", url="https://eastgate.example/a7")
    draft.sentence("Police arrested 4 people at Taveuni.").place("Taveuni", *TAVEUNI, country="FJ")
    draft.figure("4", measure="detained").event("arrested", ("4",), type="COERCE", mode="arrest")
    return draft
