"""What each page says, and that it asks the database no more where the record holds more."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reportedly.pages.views import articles as views
from reportedly.record import decisions_making, releases
from reportedly.record.adding import Adder
from reportedly.record.decisions_making import By
from reportedly.record.models import Article, Event, Statement
from reportedly.record.queries import articles
from reportedly.settings import Settings
from tests.pages import addresses
from tests.record.factories import ISIS, SDF, Draft, StemLinker

UNVERIFIED = "machine coding, not verified"


def text(client: Client, address: str, status: int = 200) -> str:
    """A page's words, without its markup."""
    answer = client.get(address)
    assert answer.status_code == status, address
    found = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found).replace("&#x27;", "'").split())


def test_every_page_answers(client: Client) -> None:
    *pages, missing = addresses.every()
    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
    assert "There is no such page" in text(client, missing, 404)
    assert "e-nothing: no such event in the record" in text(client, "/events/e-nothing", 404)


def test_an_event_lays_positions_side_by_side(client: Client) -> None:
    shown = text(client, addresses.fullest_event())
    assert UNVERIFIED in shown and "≠ disputed" in shown and "≠ contradicts" in shown
    assert "[party to the conflict]" in shown and "independent origin" in shown
    assert "How many were killed" in shown and "The reports, in order of publication" in shown
    assert "Cite this event" in shown and "@misc{reportedly-e-" in shown
    assert "Why it is held for the same event" in shown


def test_a_sentence_that_answers_several_questions_is_quoted_once(client: Client) -> None:
    shown = client.get(addresses.placed_event()).content.decode()
    answers = shown[shown.index('id="reported"') : shown.index('id="origins"')]
    quoted = re.findall(r"<q[^>]*>(.*?)</q>", answers)
    assert len(quoted) == len(set(quoted)) > 0
    assert answers.count("the same sentence") >= 1


def test_an_article_shows_its_sentences_and_never_its_whole_text(client: Client) -> None:
    row = Article.objects.get(title__contains="Kurdish-led forces open assault")
    address = reverse("article", args=[row.public_id])
    shown = text(client, address)
    assert "The Levant Courier" in shown and "10 February 2019" in shown and "read the original" in shown
    assert row.revision is not None
    page = articles.page(row.public_id)
    listed = views.sentences(page.statements, page.length, "")
    assert 0 < sum(len(one.quote) for one in listed if one.shown) <= 0.6 * len(row.revision.text)
    hidden = next(one for one in listed if not one.shown)
    assert f"{sum(not one.shown for one in listed)} of them are left out" in shown
    quoted = client.get(address).content.decode()
    assert html.escape(hidden.quote) not in quoted.replace("&quot;", '"')
    key = hidden.reports[0].evidence.statement
    assert html.escape(hidden.quote) in client.get(f"{address}?at={quote(key)}").content.decode()


def test_an_outlet_without_a_name_says_so(client: Client) -> None:
    row = Article.objects.get(outlet=None)
    assert "an unnamed outlet" in text(client, reverse("article", args=[row.public_id]))


def test_what_a_person_confirmed_or_rejected_says_so(client: Client) -> None:
    address = addresses.placed_event()
    name = address.rsplit("/", 1)[1]
    decisions_making.confirm(name, By("Somebody Private", "checked against both agencies"))
    shown = text(client, address)
    assert "✓ confirmed by a person" in shown and "checked against both agencies" in shown
    assert "Somebody Private" not in shown and UNVERIFIED not in shown
    decisions_making.reject(name, By("Somebody Private", "it is a film"))
    assert "✗ rejected by a person" in text(client, address)
    assert f'href="{address}"' not in client.get("/").content.decode()


def test_a_merged_event_leads_to_the_other(client: Client) -> None:
    keep, other = Event.objects.filter(articles__gt=0).order_by("pk")[:2]
    decisions_making.merge(keep.public_id, [other.public_id], By("Somebody", "one event"))
    answer = client.get(reverse("event", args=[other.public_id]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("event", args=[keep.public_id]))


@pytest.mark.parametrize("name", ["front", "figures", "control", "disputes", "sources", "actors", "places"])
def test_a_filter_is_told_and_can_be_taken_away(client: Client, name: str) -> None:
    address = f"{reverse(name)}?place=Baghuz&since=2019-01-01&box=30,30,45,40"
    shown = text(client, address)
    for chip in ("place: Baghuz", "from 1 January 2019", "area of the map"):
        assert f"{chip} × – remove this filter" in shown
    assert f"From 2019-13-45: {name}" not in shown
    assert "is no day" in text(client, f"{reverse(name)}?since=yesterday", 400)
    assert "is none of" in text(client, f"{reverse(name)}?type=PARTY", 400)


def test_htmx_gets_the_list_alone(client: Client) -> None:
    answer = client.get("/?place=Baghuz", headers={"HX-Target": "results"})
    part = answer.content.decode()
    assert (
        "HX-Target" in answer["Vary"] and "<html" not in part and 'class="events"' in part and "place: Baghuz" in part
    )


def test_maps_are_no_more_exact_than_the_text(client: Client) -> None:
    found = client.get(reverse("map-events")).json()["features"]
    kinds = {one["properties"]["km"] for one in found if one["geometry"]}
    assert 0 in kinds and all(one["properties"]["label"] for one in found)
    countries = [one for one in found if one["properties"]["country"]]
    assert countries and all(one["geometry"] is None for one in countries)
    assert {one["properties"]["country"] for one in countries} >= {"760"}
    held = client.get(reverse("map-control")).json()["features"]
    assert {"Baghuz", "Afrin"} <= {one["properties"]["place"] for one in held}
    assert client.get(reverse("map-events") + "?since=x").status_code == 400


def test_search(client: Client) -> None:
    assert "Kurdish-led forces open assault" in text(client, "/search?q=jets+dawn")
    assert "No article has these words" in text(client, "/search?q=zeppelin")
    assert "There is no word in this" in text(client, "/search?q=...", 400)
    assert "Type words" in text(client, "/search")


# ---- Queries do not grow with the record.


def strike(number: int) -> Draft:
    """A report of one of a few strikes on Hajin, by an outlet of its own."""
    draft = Draft(f"more-{number}", f"Paper {number}", f"2019-03-{2 + number % 3:02d}")
    day = f"2019-03-0{1 + number % 3}"
    draft.sentence(f"Shells hit the market in Hajin on Friday, killing {10 + number % 5} people, rescuers said.")
    draft.place("Hajin", 34.69, 40.83).date("Friday", day).said("rescuers", "said")
    draft.figure(str(10 + number % 5), measure="killed")
    draft.event("hit", figures=(str(10 + number % 5),), actor=[SDF], recipient=[ISIS])
    return draft.sentence("The SDF holds Hajin.").place("Hajin", 34.69, 40.83).control("holds", "holds", "SDF", "Hajin")


def grown(record: str) -> Iterator[None]:
    """The record with a few reports of strikes, then with many more of the same."""
    adder = Adder(Settings(), StemLinker())
    for count in (range(3), range(3, 12)):
        for number in count:
            assert adder.add(strike(number).article()) == "new"
        yield


def asked(client: Client, address: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


def test_queries_do_not_grow_with_the_record(client: Client, record: str, tmp_path: Path) -> None:
    sizes = grown(record)
    next(sizes)
    event = Event.objects.filter(label__contains="Hajin").order_by("-articles").first()
    figure = Statement.objects.filter(layer="figure", series__gt="", article__public_id="more-1").first()
    assert event is not None and figure is not None
    releases.make("first", tmp_path, formats=["jsonl"])
    sources = ["speaker:rescuers", "outlet:paper 1"]
    lists = ["front", "figures", "control", "disputes", "sources", "actors", "places", "releases"]
    pages = [*map(reverse, [*lists, "map-events", "map-control", "sitemap", "about", "api"])]
    pages += [*map(reverse, [f"feed-{name}" for name in lists])]
    pages += [reverse(page, args=[key]) for key in sources for page in ("sources-one", "feed-source")]
    pages += [reverse("places-one", args=["Hajin"]), reverse("actors-one", args=["SDF"])]
    pages += [f"{reverse('feed-front')}?{one}" for one in ("place=Hajin", "actor=SDF")]  # of one place, of one actor
    pages += [reverse("event", args=[event.public_id]), reverse("article", args=["more-1"])]
    pages += [reverse("figures-series", args=[figure.key]), reverse("event-picture", args=[event.public_id])]
    pages += [reverse("release", args=["first"]), reverse("sitemap-section", args=["events"])]
    pages += ["/search?q=hajin", "/search.atom?q=hajin", "/?place=Hajin&actor=SDF&source=rescuers&search=market"]
    few = {page: asked(client, page) for page in pages}
    next(sizes)
    for name in ("second", "third", "fourth"):
        releases.make(name, tmp_path, formats=["jsonl"])
    many = {page: asked(client, page) for page in pages}
    assert {page: (few[page], many[page]) for page in pages if many[page] > few[page]} == {}
    assert max(many.values()) <= 25
