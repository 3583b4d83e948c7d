"""Releases on the site: listed, each with what it holds and how to cite it, its files as they were or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import feedparser
import pytest
from django.test import Client
from django.urls import reverse

from reportedly.record import decisions_making as making
from reportedly.record import releases
from reportedly.record.decisions_making import By
from reportedly.record.models import Release
from tests.pages import staffing

FEW = ("ucdp", "parquet")


@pytest.fixture
def released(record: str, tmp_path: Path) -> Path:
    """A record with two releases, "first" and "second"; their folder."""
    folder = tmp_path / "releases"
    releases.make("first", folder, formats=FEW)
    making.confirm(staffing.event().public_id, By("Editor-Esposito", "I called the hospital"))
    releases.make("second", folder, formats=(*FEW, "articles"))
    return folder


def test_an_empty_list_says_so_and_every_page_leads_to_it(client: Client) -> None:
    assert '<a href="/releases">Releases</a>' in client.get("/").content.decode()
    assert "Nothing has been released yet" in client.get("/releases").content.decode()


def test_the_list_and_its_feed_have_the_latest_first(client: Client, released: Path) -> None:
    page = client.get("/releases").content.decode()
    assert re.findall(r'href="/releases/(\w+)"', page) == ["second", "first"]
    found = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page)
    assert found is not None
    feed = feedparser.parse(client.get(found.group(1)).content)
    assert not feed.bozo and [one.title for one in feed.entries] == ["Release second", "Release first"]
    assert feed.entries[0].id == "http://localhost/releases/second"
    assert "1 confirmed by people, the others machine coding, not verified" in feed.entries[0].summary
    assert "http://localhost/releases/second" in client.get("/sitemap-releases.xml").content.decode()


def test_a_page_says_what_a_release_is_and_how_to_cite_it(client: Client, released: Path) -> None:
    page = client.get("/releases/second").content.decode()
    manifest = Release.objects.get(name="second").manifest
    digest = manifest["files"]["events.jsonl"]["sha256"]
    assert f"{manifest['counts']['events']} events, 1 of them confirmed by people" in page
    assert 'Since <a href="/releases/first">first</a>: 0 added, 0 removed, 0 merged, 1 changed' in page
    assert '<a href="/releases/second">second</a>' in client.get("/releases/first").content.decode()
    assert re.search(rf"Reportedly: release second of .*http://localhost/releases/second \(SHA-256 .*{digest}", page)
    assert "@misc{reportedly-release-second," in page and r"\url{http://localhost/releases/second}" in page
    for entry in manifest["files"].values():
        assert entry["sha256"] in page
    assert client.get("/releases/third").status_code == 404


def test_json_ld_is_a_dataset_with_its_downloads(client: Client, released: Path) -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', client.get("/releases/second").content.decode()
    )
    assert found is not None
    dataset = json.loads(found.group(1))
    assert (dataset["@type"], dataset["version"]) == ("Dataset", "second")
    assert dataset["isBasedOn"] == "http://localhost/releases/first"
    assert {one["name"] for one in dataset["distribution"]} == {
        *("changes.json", "changes.md", "events.jsonl", "events.parquet", "statements.parquet", "ucdp-ged.csv")
    }
    for one in dataset["distribution"]:
        answer = client.get(one["contentUrl"])
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert hashlib.sha256(content).hexdigest() == one["sha256"] and one["contentSize"] == f"{len(content)} B"
        assert answer["Content-Type"].startswith(one["encodingFormat"])
        assert answer["Content-Disposition"].startswith("attachment")


def test_whole_articles_and_other_files_are_not_handed_out(client: Client, released: Path) -> None:
    (released / "second" / "notes.txt").write_text("mine")
    assert (released / "second" / "articles.jsonl").is_file()
    for name in ("articles.jsonl", "notes.txt", "..", "../first/manifest.json", "%2e%2e%2ffirst%2fmanifest.json"):
        assert client.get(f"/releases/second/{name}").status_code == 404, name
    page = client.get("/releases/second").content.decode()
    assert "articles.jsonl" in page and 'href="/releases/second/articles.jsonl"' not in page


def test_a_file_that_was_altered_is_not_handed_out(client: Client, released: Path) -> None:
    address = "/releases/first/ucdp-ged.csv"
    assert client.get(address).status_code == 200
    (released / "first" / "ucdp-ged.csv").write_text("altered\n")
    assert client.get(address).status_code == 404


def test_files_that_are_elsewhere_are_told_by_their_hashes(client: Client, released: Path) -> None:
    (released / "first").rename(released.parent / "elsewhere")
    page = client.get("/releases/first").content.decode()
    assert "The files are not kept by this site" in page and 'href="/releases/first/' not in page
    assert Release.objects.get(name="first").manifest["files"]["events.jsonl"]["sha256"] in page
    assert str(released) not in page
    assert client.get("/releases/first/events.jsonl").status_code == 404


def test_a_release_with_names_is_the_teams_own(client: Client, record: str, tmp_path: Path) -> None:
    releases.make("ours", tmp_path / "releases", formats=FEW, names=True)
    assert "ours" not in client.get("/releases").content.decode() and client.get("/releases/ours").status_code == 404
    assert client.get("/releases/ours/events.jsonl").status_code == 404
    assert "ours" not in client.get("/sitemap-releases.xml").content.decode()


def test_of_a_release_that_may_have_names_no_file_is_handed_out(client: Client, released: Path) -> None:
    row = Release.objects.get(name="first")  # as one was kept before manifests said whether names are in it
    del row.manifest["names"]
    row.save()
    assert "The files are not kept" in client.get("/releases/first").content.decode()
    assert client.get("/releases/first/events.jsonl").status_code == 404
    assert client.get("/releases/first/manifest.json").status_code == 404


def test_filters_of_a_release_are_told(client: Client, record: str, tmp_path: Path) -> None:
    from reportedly.record.exports.selection import Selection
    from reportedly.record.queries import filters

    chosen = Selection(filters.read(place="Baghuz", background=True))
    releases.make("baghuz", tmp_path / "releases", formats=FEW, selection=chosen)
    for page in ("/releases", reverse("release", args=["baghuz"])):
        assert "place: Baghuz" in client.get(page).content.decode()
