"""Lists of the record as tables and as rows of CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from reportedly.commands import layout
from reportedly.commands.layout import joined, text
from reportedly.events.findings import Position, Support
from reportedly.record.queries.actors import ActorLine
from reportedly.record.queries.control import IntervalLine
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.events import EventLine
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.figures import Point, SeriesLine
from reportedly.record.queries.places import PlaceLine
from reportedly.record.queries.sources import SourceLine
from reportedly.record.search import Hit

DISPUTED = ("DISPUTED", "bold red")
_WHEN: dict[str, Any] = {"no_wrap": True, "width": 10, "style": "cyan"}
_COUNT: dict[str, Any] = {"justify": "right", "no_wrap": True}


def mark(judgement: str) -> tuple[str, str]:
    """What a person said of a line."""
    if judgement == "confirmed":
        return f"✓ {layout.CONFIRMED}", "green"
    return ("rejected by a person", "red") if judgement == "rejected" else ("", "")


def events(lines: Sequence[EventLine], out: Console) -> None:
    """Events: when; what, how certain, how well supported; according to whom."""
    made = layout.table([("when", _WHEN), ("event", {"ratio": 3}), ("according to", {"ratio": 1, "style": "magenta"})])
    for line in lines:
        made.add_row(_day(line.first, line.last, line.reported), event(line), layout.plain(layout.voices(line.says)))
    out.print(made)


def event(line: EventLine) -> Text:
    """What an event is; below, how certain and how well supported; below that, its id."""
    kind = "/".join(filter(None, (line.type, line.mode)))
    killed = layout.toll(line.killed_low, line.killed_best, line.killed_high)
    about = joined(
        (
            (kind, "bold"),
            (line.certainty, "yellow"),
            (f"killed {killed}" if killed else "", "bold blue"),
            DISPUTED if line.disputed else "",
            mark(line.judgement),
        )
    )
    return Text("\n").join([text((line.label, "")), about, text((f"{line.id} · {support(line)}", "dim"))])


def support(line: EventLine) -> str:
    """How many articles, outlets and independent origins an event has."""
    parts = ((line.articles, "article"), (line.outlets, "outlet"), (line.origins, "origin"))
    return ", ".join(counted(number, name) for number, name in parts)


def counted(number: int, name: str) -> str:
    """ "1 article", "3 articles"."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _day(first: Any, last: Any, reported: Any) -> Text:
    """Days in a narrow column; a second one, or that only the report has one, goes below."""
    if first and last and first != last:
        return Text(f"{first}\n–{last}")
    if first or last:
        return Text(f"{'' if first else 'until '}{first or last}" + ("" if last else "\nor later"))
    return Text(f"{str(reported)[:10]}\n(reported)", style="dim cyan") if reported else Text("no date", style="dim")


def figures(lines: Sequence[SeriesLine], out: Console) -> None:
    """Series: the latest figure, who gives it, and the range of all."""
    according: dict[str, Any] = {"ratio": 1, "style": "magenta"}
    columns = (("when", _WHEN), ("latest figure", {"ratio": 3}), ("series", {"ratio": 1}), ("according to", according))
    made = layout.table(columns)
    for line in lines:
        latest = line.latest
        many = counted(line.points, "figure") + f"\n{layout.span(line.low, line.high)}" if line.points > 1 else "alone"
        said = layout.voices(latest.evidence.speakers[:1] or (latest.evidence.says,))
        when = _day(latest.first, latest.last, latest.evidence.published)
        made.add_row(
            when, _figure(latest, line.id), text((many, "")) if "\n" not in many else Text(many), layout.plain(said)
        )
    out.print(made)


def _figure(point: Point, id: str) -> Text:
    return Text("\n").join([figure(point), text((f"“{point.evidence.quote}”", "dim")), text((id, "dim"))])


def figure(point: Point) -> Text:
    """One figure: how many of what, measure, place, how certain."""
    unit = "" if point.unit in ("", "person", "percent") else point.unit
    amount = layout.span(point.low, point.high) or point.evidence.text
    what = " ".join(filter(None, (amount + ("%" if point.unit == "percent" else ""), unit, point.of)))
    return joined(
        (
            (what, "bold blue"),
            "" if point.measure == "other" else point.measure,
            (point.place or "", "green"),
            (point.evidence.certainty, "yellow"),
            (f"{point.counting} count" if point.counting else "", ""),
            ("hedged" if point.evidence.hedged else "", "yellow"),
            mark(point.evidence.judgement),
        )
    )


def control(lines: Sequence[IntervalLine], out: Console) -> None:
    """Who holds what since when, according to whom."""
    made = layout.table(
        [
            ("place", {"ratio": 2, "style": "green"}),
            ("held by", {"ratio": 3}),
            ("from – to", {"no_wrap": True, "width": 12, "style": "cyan"}),
            ("according to", {"ratio": 2, "style": "magenta"}),
        ]
    )
    before = None
    for line in lines:
        place = "" if line.id == before else line.place
        says = list(dict.fromkeys(one.says for one in line.evidence))
        made.add_row(layout.plain(place), _holder(line), _interval(line), layout.plain(layout.voices(says)))
        before = line.id
    out.print(made)


def _holder(line: IntervalLine) -> Text:
    against = f"{counted(len(line.against), 'claim')} against" if line.against else ""
    about = joined(((line.certainty, "yellow"), ("CONTESTED", "bold red") if line.contested else "", (against, "red")))
    return Text("\n").join([text((line.actor, "bold")), about] if about.plain else [text((line.actor, "bold"))])


def _interval(line: IntervalLine) -> Text:
    first = line.first.isoformat() if line.first else "?"
    return Text(f"{first} –\n{line.last.isoformat() if line.last else 'not known'}")


def disputes(lines: Sequence[Dispute], out: Console) -> None:
    """Claims side by side, each with those who make it and the first of its sentences."""
    for line in lines:
        when = layout.days(line.first, line.last)
        out.print()
        out.print(
            joined(((line.about, "bold"), (line.place or "", "green"), (when, "cyan"), (line.event or "", "dim")))
        )
        for position in line.positions:
            layout.indented(claim(position), out, 2)
            for one in position.supporters[:2]:
                layout.indented(quoted(one, line.urls.get(one.article)), out, 6)
            if len(position.supporters) > 2:
                layout.indented(text((f"and {len(position.supporters) - 2} more", "dim")), out, 6)
    out.print()


def claim(position: Position) -> Text:
    """One position: what it says, how it stands to the leading one, and who says it."""
    names = list(dict.fromkeys(one.speakers[0] if one.speakers else one.outlet or "?" for one in position.supporters))
    style = {"lead": "bold", "contradicts": "bold red"}.get(position.stance, "")
    stance = "" if position.stance == "lead" else position.stance
    return joined(
        (
            (position.label, style),
            (stance, "yellow"),
            (position.because, "dim"),
            (layout.voices(names, 3), "magenta"),
            (counted(position.origins, "independent origin"), "dim"),
        )
    )


def by(one: Support | Evidence) -> Text:
    """Who says a statement, quoted by whom, in which outlet and when."""
    said = ", quoted by ".join(one.speakers) + (" [party to the conflict]" if one.party and one.speakers else "")
    day = (one.published or "")[:10]
    hedged = ("hedged" if one.hedged else "", "yellow")
    return joined(((said, "magenta"), one.outlet or "outlet not known", day, hedged))


def quoted(one: Support | Evidence, url: str | None = None) -> Text:
    """A statement's sentence, and below who says it, the statement's id and the article's address."""
    about = joined((by(one), (one.statement, "dim"), (url or "", "dim")))
    return Text("\n").join([text(f"“{one.quote}”"), about])


def sources(lines: Sequence[SourceLine], out: Console) -> None:
    """Sources with both judgements kept apart and the shares that others bear out or contradict."""
    made = layout.table(
        [
            ("source", {"ratio": 3}),
            ("said", _COUNT),
            ("hedged", _COUNT),
            ("borne out", _COUNT),
            ("contra-\ndicted", _COUNT),
            ("revised", _COUNT),
            ("reliability", {"ratio": 2}),
        ]
    )
    for line in lines:
        shares = (line.hedged, line.corroborated, line.contradicted, line.revised)
        made.add_row(
            source(line), f"{line.statements:,}", *(share(number, line.told) for number in shares), reliability(line)
        )
    out.print(made)


def source(line: SourceLine) -> Text:
    """Who it is."""
    about = (line.kind, line.organisation, "party to the conflict" if line.party else "", line.registry_id)
    return Text("\n").join([text((line.name, "bold magenta")), joined([(part, "dim") for part in about])])


def share(number: int, of: int) -> str:
    """A share in percent, and of how many it is; nothing where there is nothing to share."""
    return f"{number / of:.0%} of {of:,}" if of else "–"


def reliability(line: SourceLine) -> Text:
    """The reliability that a person set, else what is proposed."""
    if line.set_by is not None:
        return text(
            (f"{line.reliability} ", "bold green"),
            f"set by {line.set_by.user}",
            (f" (proposed: {line.proposed})", "dim"),
        )
    return text((f"{line.proposed} proposed", "yellow" if line.proposed != "F" else "dim"))


def actors(lines: Sequence[ActorLine], out: Console) -> None:
    """Actors with their ids."""
    made = layout.table(
        [("actor", {"ratio": 3}), ("registry", {"ratio": 1}), ("country", {}), ("sector", {}), ("statements", _COUNT)]
    )
    for line in lines:
        made.add_row(layout.plain(line.name), line.registry_id, line.country, line.sector, f"{line.statements:,}")
    out.print(made)


def places(lines: Sequence[PlaceLine], out: Console) -> None:
    """Places with their degrees."""
    made = layout.table(
        [("place", {"ratio": 3}), ("country", {}), ("latitude", _COUNT), ("longitude", _COUNT), ("id", {"ratio": 1}), ("statements", _COUNT)]
    )  # fmt: skip
    for line in lines:
        degrees = ("" if value is None else f"{value:.3f}" for value in (line.latitude, line.longitude))
        made.add_row(layout.plain(line.name), line.country, *degrees, layout.plain(line.id), f"{line.statements:,}")
    out.print(made)


def hits(lines: Sequence[Hit], out: Console) -> None:
    """Articles that were found, with the sentences that have the words."""
    for line in lines:
        about = (line.outlet or "", (line.published or "")[:10], line.article, line.url or "")
        out.print(text((line.title or "(no headline)", "bold")))
        out.print(joined([(part, "dim") for part in about]))
        for sentence in line.sentences:
            layout.indented(text(f"“{sentence.quote}”"), out)
        out.print()


# ---- CSV: the columns, and a row of each line

Row = Callable[[Any], Sequence[Any]]
_EVENT = ["id", "label", "type", "mode", "first", "last", "reported"]
_SUPPORT = [
    "certainty",
    "disputed",
    "articles",
    "outlets",
    "origins",
    "credibility",
    "airwars",
    "killed_low",
    "killed_best",
    "killed_high",
]


def _event(line: EventLine) -> list[Any]:
    place = line.place
    located = (place.name, place.country, place.latitude, place.longitude, place.precision) if place else (None,) * 5
    own = [getattr(line, name) for name in (*_EVENT, *_SUPPORT, "judgement", "says")]
    keys = [one.statement for one in line.support]
    return [*own, *located, keys, [one.quote for one in line.support], list(line.urls.values())]


def _series(line: SeriesLine) -> list[Any]:
    latest, known = line.latest, line.latest.evidence
    own = (line.id, latest.measure, latest.of, latest.unit, latest.actor, latest.place, latest.low, latest.high)
    dated = (
        latest.first,
        latest.last,
        known.published,
        known.certainty,
        known.hedged,
        latest.counting,
        known.judgement,
    )
    series = (line.points, line.articles, line.low, line.high, line.since, line.until)
    return [*own, *dated, *series, list(known.speakers), known.outlet, known.quote, known.url]


def _held(line: IntervalLine) -> list[Any]:
    own = (line.id, line.place, line.country, line.latitude, line.longitude, line.actor, line.actor_id, line.first)
    said = (list(dict.fromkeys(one.says for one in line.evidence)), [one.statement for one in line.evidence])
    quotes = [one.quote for one in line.evidence]
    urls = list(dict.fromkeys(one.url for one in line.evidence if one.url))
    behind = (line.last, line.contested, line.certainty, line.because)
    return [*own, *behind, *said, quotes, urls, [one.statement for one in line.against]]


def _plain(names: Sequence[str]) -> Row:
    return lambda line: [getattr(line, name) for name in names]


_SOURCE = [
    "id",
    "kind",
    "name",
    "organisation",
    "registry_id",
    "party",
    "statements",
    "told",
    "hedged",
    "corroborated",
    "contradicted",
    "revised",
    "proposed",
    "because",
    "reliability",
]
_ACTOR = ["id", "name", "registry_id", "country", "sector", "statements"]
_PLACE = ["id", "name", "geonameid", "latitude", "longitude", "country", "statements"]
CSV: dict[type[Struct], tuple[Sequence[str], Row]] = {
    EventLine: (
        [*_EVENT, *_SUPPORT, "judgement", "says", "place", "country", "latitude", "longitude", "precision", "statements", "quotes", "urls"],
        _event,
    ),
    SeriesLine: (
        ["id", "measure", "of", "unit", "actor", "place", "low", "high", "first", "last", "published", "certainty", "hedged", "counting", "judgement", "points", "articles", "series_low", "series_high", "series_from", "series_to", "speakers", "outlet", "quote", "url"],
        _series,
    ),
    IntervalLine: (
        ["id", "place", "country", "latitude", "longitude", "actor", "actor_id", "first", "last", "contested", "certainty", "because", "says", "statements", "quotes", "urls", "against"],
        _held,
    ),
    SourceLine: ([*_SOURCE, "set_by"], lambda line: [*_plain(_SOURCE)(line), line.set_by.user if line.set_by else None]),
    ActorLine: (_ACTOR, _plain(_ACTOR)),
    PlaceLine: (_PLACE, _plain(_PLACE)),
}  # fmt: skip
#: A row of CSV a claim of a disagreement: they differ in number.
CLAIM = [
    "dispute",
    "kind",
    "about",
    "event",
    "place",
    "first",
    "last",
    "claim",
    "stance",
    "origins",
    "speakers",
    "outlet",
    "published",
    "statement",
    "quote",
    "url",
]


def claims(lines: Sequence[Dispute]) -> list[list[Any]]:
    """A row for every statement of every claim."""
    return [
        [number, line.kind, line.about, line.event, line.place, line.first, line.last, position.label, position.stance,
         position.origins, list(one.speakers), one.outlet, one.published, one.statement, one.quote,
         line.urls.get(one.article)]
        for number, line in enumerate(lines, 1)
        for position in line.positions
        for one in position.supporters
    ]  # fmt: skip


def rows(lines: Sequence[Any], of: type[Struct]) -> tuple[Sequence[str], list[Sequence[Any]]]:
    """The columns of a list and its rows."""
    if of is Dispute:
        return CLAIM, list(claims(lines))
    columns, row = CSV[of]
    return columns, [row(line) for line in lines]


TABLES: dict[type[Struct], Callable[[Any, Console], None]] = {
    EventLine: events,
    SeriesLine: figures,
    IntervalLine: control,
    Dispute: disputes,
    SourceLine: sources,
    ActorLine: actors,
    PlaceLine: places,
}
