"""Atom feeds of the lists, with the filters of the list that they belong to.

Every entry has an address that stays good as its id, the day by which the list is ordered, and the same words as the
page: a machine coding says that it is one. Only sentences of statements are quoted.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from msgspec import Struct

from reportedly.account import words
from reportedly.errors import QueryError
from reportedly.pages.templatetags import linking, reading
from reportedly.pages.views import citing, filtering
from reportedly.record import search as text_search
from reportedly.record.queries import articles, control, disputes, events, figures, newest, releases, sources
from reportedly.record.queries.control import IntervalLine
from reportedly.record.queries.disputes import Dispute
from reportedly.record.queries.events import EventLine
from reportedly.record.queries.evidence import Evidence
from reportedly.record.queries.figures import SeriesLine
from reportedly.record.queries.filters import Filter
from reportedly.record.queries.newest import Newest
from reportedly.record.queries.releases import ReleaseLine
from reportedly.record.search import Hit

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
UNVERIFIED = "Machine coding, not verified."
Day = datetime.date | str | None


class Feed(Struct, frozen=True):
    """A feed as a page names it."""

    title: str
    address: str


class Entry(Struct, frozen=True, kw_only=True):
    """One entry: `path` is its page on the site; `key` tells it from others of the same page."""

    title: str
    path: str
    day: Day
    text: str
    key: str = ""


def of_list(request: HttpRequest, name: str, title: str, query: str) -> Feed:
    """The feed of a list with the filters in `query` ("?place=…" or "")."""
    return Feed(f"{title} · {settings.REPORTEDLY.site_name}", citing.absolute(request, reverse(f"feed-{name}") + query))


def event_feed(request: HttpRequest) -> HttpResponse:
    """The latest events."""
    return _listed(request, "front", "Events", events.listed, _event)


def figure_feed(request: HttpRequest) -> HttpResponse:
    """Series of figures, by their latest figure."""
    return _listed(request, "figures", "Figures", figures.listed, _series)


def control_feed(request: HttpRequest) -> HttpResponse:
    """Who holds what."""
    return _listed(request, "control", "Control", control.listed, _interval)


def dispute_feed(request: HttpRequest) -> HttpResponse:
    """What sources disagree on."""
    return _listed(request, "disputes", "Disputes", disputes.listed, _dispute)


def names_feed(request: HttpRequest, name: str) -> HttpResponse:
    """Sources, actors or places, those of whom something was reported last first, each with what that is."""
    queries = {"sources": newest.sources, "actors": newest.actors, "places": newest.places}
    return _listed(request, name, name.capitalize(), queries[name], partial(_newest, f"{name}-one"))


def release_feed(request: HttpRequest) -> HttpResponse:
    """The latest releases."""
    return _written(request, "Releases", reverse("releases"), map(_release, releases.listed(filtering.ROWS)))


def source_feed(request: HttpRequest, name: str) -> HttpResponse:
    """The latest of what one outlet or speaker said."""
    try:
        page = sources.page(name)
    except QueryError as error:
        return _refused(error)
    said = [_evidence(one) for one in page.latest]
    return _written(request, page.line.name, reverse("sources-one", args=[page.line.id]), said)


def search_feed(request: HttpRequest) -> HttpResponse:
    """Articles that have the words `q`."""
    query = request.GET.get("q", "").strip()
    try:
        text_search.phrases(query)
    except QueryError as error:
        return _refused(error)
    found = articles.hits(query, Filter(limit=filtering.ROWS))
    return _written(request, f"“{query}”", f"{reverse('search')}{filtering.encoded({'q': query})}", map(_hit, found))


def _listed(
    request: HttpRequest, page: str, title: str, query: Callable[[Filter], Sequence[Any]], entry: Callable[[Any], Entry]
) -> HttpResponse:
    asked = filtering.asked(request)
    if asked.error:
        return _refused(asked.error)
    found = query(asked.chosen)[: filtering.ROWS]
    about = f"{title} ({', '.join(chip.label for chip in asked.chips)})" if asked.active else title
    return _written(request, about, reverse(page) + asked.query, map(entry, found))


def _refused(error: object) -> HttpResponse:
    return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")


def _written(request: HttpRequest, title: str, path: str, entries: Iterable[Entry]) -> HttpResponse:
    site = settings.REPORTEDLY.site_name
    feed = Atom1Feed(
        title=_plain(f"{title} · {site}"),
        link=citing.absolute(request, path),
        feed_url=citing.absolute(request, request.get_full_path()),
        description="",
        subtitle=f"{UNVERIFIED} An entry that a person confirmed says so.",
        author_name=site,
        language="en",
    )
    for entry in entries:
        link = citing.absolute(request, entry.path)
        feed.add_item(
            title=_plain(entry.title),
            link=link,
            description=escape(_plain(entry.text)),  # Django declares it as HTML
            unique_id=f"{link.partition('?')[0].partition('#')[0]}#{entry.key}" if entry.key else link,
            updateddate=_time(entry.day),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _plain(text: str) -> str:
    """A text without the control characters that XML cannot have."""
    return _CONTROL.sub("", text)


def _time(day: Day) -> datetime.datetime:
    """Midnight (UTC) of a day, as feeds want a time; the year 1 where it is not known, so that it sorts last."""
    try:
        found = day if isinstance(day, datetime.date) else datetime.date.fromisoformat((day or "")[:10])
    except ValueError:
        found = datetime.date.min
    return datetime.datetime(found.year, found.month, found.day, tzinfo=datetime.UTC)


def _event(line: EventLine) -> Entry:
    state = "Confirmed by a person." if line.verified else UNVERIFIED
    where = f", {reading.where(line.place)}" if line.place else ""
    first = f" “{line.support[0].quote}” — {reading.says(line.support[0])}" if line.support else ""
    disputed = " Disputed." if line.disputed else ""
    said = f"{reading.when(line)}{where}: {reading.certain(line.certainty)}, {reading.origins(line)}."
    return Entry(
        title=f"{'≠ ' if line.disputed else ''}{reading.headline(line.label)}",
        path=reverse("event", args=[line.id]),
        day=line.first or line.last or line.reported,
        text=f"{state}{disputed} {said}{first}",
    )


def _series(line: SeriesLine) -> Entry:
    latest = line.latest
    of = ", ".join(filter(None, (latest.of, latest.place)))
    return Entry(
        title=f"{latest.measure.capitalize()}{f' ({of})' if of else ''}: {reading.range_of(latest)}",
        path=reverse("figures-series", args=[line.id]),
        day=latest.first or latest.last or latest.evidence.published,
        text=f"{UNVERIFIED} {_quoted(latest.evidence)}",
    )


def _interval(line: IntervalLine) -> Entry:
    contested = " Contested." if line.contested else ""
    return Entry(
        title=f"{line.place}: {line.actor}, {reading.held(line)}",
        path=reverse("places-one", args=[line.id]),
        day=line.first or line.seen_first or line.last,
        key=line.evidence[0].statement if line.evidence else f"{line.actor} {line.first}",
        text=" ".join([f"{UNVERIFIED}{contested}", *map(_quoted, line.evidence[:2])]),
    )


def _dispute(line: Dispute) -> Entry:
    said = "; ".join(f"{reading.answer(one)} ({reading.says(one.supporters[0])})" for one in line.positions)
    first = line.positions[0].supporters[0]
    path = reverse("event", args=[line.event]) if line.event else linking.at(first.article, first.statement)
    key = " ".join(f"{one.aspect} {one.supporters[0].statement}" for one in line.positions)
    return Entry(
        title=reading.matter(line), path=path, day=line.last or line.first, text=f"{UNVERIFIED} {said}", key=key
    )


def _evidence(one: Evidence) -> Entry:
    return Entry(
        title=one.title or one.text,
        path=linking.at(one.article, one.statement),
        key=one.statement,
        day=one.published,
        text=f"{UNVERIFIED} {_quoted(one)}",
    )


def _newest(page: str, one: Newest) -> Entry:
    said = one.evidence
    state = "Confirmed by a person." if said.judgement == "confirmed" else UNVERIFIED
    return Entry(title=one.name, path=reverse(page, args=[one.id]), day=said.published, text=f"{state} {_quoted(said)}")


def _release(line: ReleaseLine) -> Entry:
    path = reverse("release", args=[line.name])
    return Entry(title=f"Release {line.name}", path=path, day=line.made.date(), text=reading.released(line))


def _hit(hit: Hit) -> Entry:
    said = " ".join(f"“{one.quote}”" for one in hit.sentences)
    by = f"{hit.outlet or 'An unnamed outlet'}{f', {words.day(hit.published)}' if hit.published else ''}"
    path = reverse("article", args=[hit.article])
    return Entry(title=hit.title or hit.article, path=path, day=hit.published, text=f"{by}. {said}")


def _quoted(one: Evidence) -> str:
    outlet = f", in {one.outlet}" if one.speakers and one.outlet else ""
    return f"“{one.quote}” — {one.says}{outlet}"
