"""What other programs read of the pages: feeds, sitemap, JSON-LD, pictures, citations."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from reportedly.pages import configuration
from reportedly.pages.views import pictures
from reportedly.record import decisions_making
from reportedly.record.adding import Adder
from reportedly.record.decisions_making import By
from reportedly.record.models import Event
from reportedly.settings import Settings
from tests.pages import addresses
from tests.record.factories import SDF, Draft, StemLinker

HOSTILE = "Shells hit </script><script>alert(1)</script> Hajin & <b>killed</b> 12 people."


@pytest.mark.parametrize("name", ["front", "figures", "control", "disputes", "sources", "actors", "places"])
def test_each_list_has_a_feed_with_its_filters(client: Client, name: str) -> None:
    page = client.get(reverse(name) + "?place=Baghuz").content.decode()
    found = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page)
    assert found is not None
    feed = feedparser.parse(client.get(found.group(1)).content)
    assert not feed.bozo and feed.version == "atom10" and "place: Baghuz" in feed.feed.title
    everything = feedparser.parse(client.get(reverse(f"feed-{name}")).content)
    assert len(everything.entries) >= len(feed.entries) > 0
    assert len({one.id for one in everything.entries}) == len(everything.entries)
    assert all("Machine coding, not verified." in one.summary for one in feed.entries)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+00:00", one.updated) for one in feed.entries)
    assert client.get(reverse(f"feed-{name}") + "?since=x").status_code == 400
    again = feedparser.parse(client.get(reverse(f"feed-{name}")).content)
    assert [(one.id, one.updated) for one in again.entries] == [(one.id, one.updated) for one in everything.entries]
    assert f'<a href="{found.group(1)}">Feed of this list</a>' in page


@pytest.mark.parametrize("name", ["sources", "actors", "places"])
def test_a_feed_of_names_begins_with_what_was_reported_last(client: Client, record: str, name: str) -> None:
    draft = Draft("late", "Late Gazette", "2019-12-24", title="Shells at Christmas")
    draft.sentence("Shells hit Hajin, the mayor of Hajin said.").place("Hajin", 34.69, 40.83)
    draft.said("the mayor of Hajin", "said", speaker="The Mayor").event("hit", actor=[{**SDF, "text": "Shells"}])
    assert Adder(Settings(), StemLinker()).add(draft.article()) == "new"
    feed = feedparser.parse(client.get(reverse(f"feed-{name}")).content)
    new = {"sources": "The Mayor", "actors": "Syrian Democratic Forces", "places": "Hajin"}[name]
    entry = next(one for one in feed.entries if one.title == new)
    assert entry.updated.startswith("2019-12-24") and "Shells hit Hajin" in entry.summary
    assert entry in feed.entries[:2] and client.get(entry.id).status_code == 200
    days = [one.updated for one in feed.entries]
    assert days == sorted(days, reverse=True)
    only = feedparser.parse(client.get(reverse(f"feed-{name}") + "?since=2019-12-24&search=hajin").content).entries
    assert new in {one.title for one in only} and {one.updated[:10] for one in only} == {"2019-12-24"}


def test_a_source_an_actor_a_place_and_a_search_have_feeds(client: Client) -> None:
    said = feedparser.parse(client.get("/sources/outlet:northern wire.atom").content)
    assert "Northern Wire" in said.feed.title and "“" in said.entries[0].summary
    for page in ("/actors/Turkey", "/places/Baghuz"):
        assert 'href="http://localhost/events.atom?' in client.get(page).content.decode()
    found = feedparser.parse(client.get("/search.atom?q=baghuz").content)
    assert len(found.entries) > 2
    assert client.get("/search.atom?q=").status_code == 400


def hostile(record: str) -> str:
    """An article that would like to be markup; the address of its event."""
    draft = Draft("hostile", "<i>Paper</i>", "2019-03-02", title="</title><script>alert(2)</script>\x0b")
    draft.sentence(HOSTILE).place("Hajin", 34.69, 40.83).figure("12").event("hit", figures=("12",))
    assert Adder(Settings(), StemLinker()).add(draft.article()) == "new"
    return reverse("event", args=[Event.objects.get(label__contains="Hajin").public_id])


def test_nothing_in_an_article_is_markup(client: Client, record: str) -> None:
    address = hostile(record)
    for page in (address, "/articles/hostile", "/", "/search?q=hajin", "/figures", "/sources"):
        shown = client.get(page).content.decode()
        assert "<script>alert" not in shown and "<b>killed" not in shown and "<i>Paper" not in shown, page
    for name in ("front", "figures"):
        feed = feedparser.parse(client.get(reverse(f"feed-{name}") + "?place=Hajin").content)
        (entry,) = feed.entries
        assert not feed.bozo and "&lt;script&gt;alert(1)" in entry.summary


def linked(client: Client, address: str) -> dict[str, Any]:
    """A page's JSON-LD."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).content.decode())
    assert found is not None
    parsed: dict[str, Any] = json.loads(found.group(1))
    return parsed


def test_json_ld_reviews_only_what_a_person_judged(client: Client, record: str) -> None:
    address = hostile(record)
    graph = linked(client, address)["@graph"]
    assert {one["@type"] for one in graph} == {"Claim", "NewsArticle"}
    (article,) = [one for one in graph if one["@type"] == "NewsArticle"]
    assert article["@id"] == "http://localhost/articles/hostile" and article["publisher"]["name"] == "<i>Paper</i>"
    decisions_making.confirm(address.rsplit("/", 1)[1], By("Somebody Private", "seen"))
    reviews = [one for one in linked(client, address)["@graph"] if one["@type"] == "ClaimReview"]
    assert [one["reviewRating"]["alternateName"] for one in reviews] == ["confirmed by a person"]
    assert "Somebody Private" not in json.dumps(reviews)
    assert linked(client, "/articles/hostile")["@type"] == "NewsArticle"
    assert linked(client, "/")["@type"] == "WebSite"


def test_the_sitemap_has_every_event_and_article_once(client: Client) -> None:
    index = client.get("/sitemap.xml").content.decode()
    pages = re.findall(r"<loc>http://localhost(/sitemap-\w+\.xml)</loc>", index)
    listed = [path for page in pages for path in re.findall(r"<loc>([^<]+)</loc>", client.get(page).content.decode())]
    assert len(set(listed)) == len(listed) and f"http://localhost{addresses.article()}" in listed
    assert f"http://localhost{addresses.placed_event()}" in listed
    ElementTree.fromstring(client.get(pages[0]).content)
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost/sitemap.xml" in robots and "Disallow: /staff" in robots


def test_the_public_address_is_the_one_of_the_settings(client: Client) -> None:
    public = type(configuration.REPORTEDLY)(site_address="https://record.example", site_name="The Record")
    with override_settings(REPORTEDLY=public):
        page = client.get(addresses.placed_event()).content.decode()
        assert f'<link rel="canonical" href="https://record.example{addresses.placed_event()}">' in page
        assert "The Record: “" in page and "howpublished = {\\url{https://record.example/events/e-" in page
        assert "<loc>https://record.example/sitemap-events.xml</loc>" in client.get("/sitemap.xml").content.decode()
        assert "https://record.example/events/e-" in client.get("/sitemap-events.xml").content.decode()


def test_an_event_has_a_picture(client: Client) -> None:
    page = client.get(addresses.placed_event()).content.decode()
    found = re.search(r'<meta property="og:image" content="http://localhost([^"]+)">', page)
    assert found is not None
    answer = client.get(found.group(1))
    image = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], image.format, image.size) == ("image/png", "PNG", (1200, 630))
    assert client.get("/events/e-nothing.png").status_code == 404


def test_a_picture_holds_any_headline() -> None:
    with override_settings(REPORTEDLY=configuration.REPORTEDLY):
        long = pictures.draw("Ankara’dan Erdoğan → 阿勒颇 " * 30, "Machine coding, not verified", ["x" * 400, ""], True)
    image = Image.open(io.BytesIO(long)).convert("RGB")
    assert image.size == (1200, 630)
    assert {image.getpixel((1190, y)) for y in range(20, 630)} == {image.getpixel((1190, 20))}  # nothing runs out
    assert [image.getpixel(at) for at in ((5, 5), (1190, 20))] == [(138, 43, 14), (251, 250, 246)]  # no colour is lost


def test_icon_and_csp(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("/favicon.svg")
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe-inline" not in policy and "unsafe-eval" not in policy
