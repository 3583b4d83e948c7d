"""Exports as downloads: the formats of the record, each file at an address of its own, with the filters of the lists.

What goes out has no name of the staff, and no format that holds whole articles is offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Field, Query, Router

from reportedly.errors import RecordError
from reportedly.pages import limits
from reportedly.pages.api import describing, filtering, problems, reading, streaming
from reportedly.pages.api.filtering import Matter
from reportedly.pages.views import citing
from reportedly.record import exports
from reportedly.record.exports.formats import File
from reportedly.record.exports.selection import Selection
from reportedly.record.exports.shapes import EventRecord, StatementRecord
from reportedly.record.exports.source import Record
from reportedly.record.queries import filters

router = Router()
#: Exports that one visitor may begin in a minute.
RATE = 10
MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class Public:
    """The record as anybody may have it."""

    def __init__(self, selection: Selection) -> None:
        self.record = Record(None if selection.everything else selection.narrow)

    def events(self) -> Iterator[EventRecord]:
        """The events."""
        return self.record.events()

    def statements(self) -> Iterator[StatementRecord]:
        """The statements."""
        return self.record.statements()

    def articles(self) -> Iterator[bytes]:
        """Whole articles are for nobody here.

        Raises:
            RecordError: always.
        """
        raise RecordError("whole articles are no download")


class Chosen(Matter):
    """What a download holds."""

    confirmed: bool = Field(False, description="only events that people have confirmed")


@router.get(
    "/exports", url_name="formats", **describing.read("Downloads", "The files that the record can be downloaded as.")
)
def formats(request: HttpRequest) -> HttpResponse:
    return reading.given(tuple(_downloads(request)), "Downloads")


def _downloads(request: HttpRequest) -> Iterator[dict[str, str]]:
    for name in exports.names():
        if name in exports.PRIVATE:
            continue
        form = exports.named(name)
        for file in form.files:
            path = reverse("api:download", args=[name, file.name])
            yield {
                "format": name,
                "about": form.about,
                "file": file.name,
                "media_type": media_type(file.name),
                "url": citing.absolute(request, path),
            }


def media_type(name: str) -> str:
    """The media type of a file by its name."""
    return MEDIA_TYPES.get(PurePath(name).suffix, "application/octet-stream")


@router.get(
    "/exports/{form}/{file}", url_name="download", **describing.download("One file of one format, as it is written.")
)
def download(request: HttpRequest, form: str, file: str, filters: Query[Chosen]) -> HttpResponseBase:
    wait = limits.wait(request, "export", RATE)
    if wait:
        raise problems.TooMany(wait)
    wanted = _file(form, file)
    found = streaming.pieces(wanted, Public(_selection(filters)))
    first = next(found, b"")  # what cannot be read at all is told before anything is sent
    response = StreamingHttpResponse(chain([first], found), content_type=media_type(wanted.name))
    response["Content-Disposition"] = f'attachment; filename="{wanted.name}"'
    return response


def _selection(given: Chosen) -> Selection:
    asked = filtering.fields(given)
    confirmed = bool(asked.pop("confirmed", False))
    return Selection(filters.read(**asked, background=True), confirmed)


def _file(form: str, name: str) -> File:
    """A file of a format.

    Raises:
        NotThere: there is none.
    """
    if form not in exports.PRIVATE and form in exports.names():
        for file in exports.named(form).files:
            if file.name == name:
                return file
    raise problems.NotThere(f"{form}/{name}: no such export; /api/v1/exports lists them")
