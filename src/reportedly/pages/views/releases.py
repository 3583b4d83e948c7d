"""Releases: the list, one at an address that stays good, and its files as they were released."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from reportedly.errors import QueryError
from reportedly.pages import limits
from reportedly.pages.api import downloads
from reportedly.pages.views import citing, feeds, filtering, metadata
from reportedly.record.models.articles import coder
from reportedly.record.queries import releases


def release_list(request: HttpRequest) -> HttpResponse:
    """Releases, the latest first."""
    asked = filtering.asked(request)
    found = releases.listed(filtering.ROWS + 1, asked.chosen.offset)
    content = {
        "asked": asked,
        "lines": found[: filtering.ROWS],
        "more": len(found) > filtering.ROWS,
        "feed": feeds.of_list(request, "releases", "Releases", ""),
    }
    return render(request, "pages/releases.html", content)


def release(request: HttpRequest, name: str) -> HttpResponse:
    """One release: what is in it, what changed, how to have and to cite it."""
    try:
        page = releases.page(name)
    except QueryError as error:
        raise Http404(str(error)) from None
    content = {
        "page": page,
        "coders": [_coder(one) for one in page.versions.get("coders", ())],
        "citation": citing.release(request, page.line),
        "metadata": metadata.release(request, page),
        "feed": feeds.of_list(request, "releases", "Releases", ""),
    }
    return render(request, "pages/release.html", content)


def _coder(versions: dict[str, str]) -> str:
    return coder(*(versions.get(what, "") for what in ("program", "model", "lexicons")))


def file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a release, whole and as it was released, or not at all."""
    wait = limits.wait(request, "export", downloads.RATE)
    if wait:
        refused = render(request, "429.html", {"seconds": wait}, status=429)
        refused["Retry-After"] = str(wait)
        return refused
    try:
        path, digest = releases.file(name, file)
    except QueryError as error:
        raise Http404(str(error)) from None
    content_type = downloads.media_type(file)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}-{file}", content_type=content_type)
    response["ETag"] = f'"{digest}"'
    return response
