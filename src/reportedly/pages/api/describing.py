"""The API's own description (OpenAPI 3.1): what each operation gives, with the meaning of every field."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from reportedly.pages.api import problems, shapes

ETAG = {"ETag": {"description": "state of the record; give it back in If-None-Match", "schema": {"type": "string"}}}
ABOUT = (
    "The record as JSON: who reported what, according to whom, how certain. What no person has confirmed is machine "
    'coding and says so. Reading needs no token; a list gives the address of its next page as "next". Decisions need '
    "a token of somebody whose role allows them."
)
#: What each status means, beside what an operation gives.
WRONG = {
    400: "A parameter or the body cannot be used.",
    401: "There is no token, or it is not valid (any more).",
    403: "The role of the token's user does not allow it.",
    404: "The record has nothing of this name.",
    405: "The method is not one of this address.",
    409: "The decision cannot be made on the record as it is: no such target, another grade, an end before its beginning.",
    429: "Too many requests from one address; Retry-After says when to go on.",
    503: "The record cannot be read or written now.",
}


def read(kind: str, summary: str, *, one: bool = False) -> dict[str, Any]:
    """The description of a reading operation, for its decorator.

    Args:
        kind: what it gives, one of `shapes.KINDS`.
        one: it gives one of something, which may not be there.
    """
    wrong = (400, 404, 405, 429, 503) if one else (400, 405, 429, 503)
    found = {200: {**_body(kind, "What was asked for."), "headers": ETAG}, 304: {"description": "As it was."}}
    return {"summary": summary, "openapi_extra": {"responses": found | _wrong(*wrong)}}


def write(summary: str) -> dict[str, Any]:
    """The description of an operation by which people decide."""
    found = {201: _body("Made", "The decisions that were made.")}
    return {
        "summary": summary,
        "response": {201: None},
        "openapi_extra": {"responses": found | _wrong(400, 401, 403, 404, 405, 409, 429, 503)},
    }


def download(summary: str) -> dict[str, Any]:
    """The description of an operation that gives a file."""
    content = {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}
    found = {200: {"description": "The file.", "content": content, "headers": ETAG}, 304: {"description": "As it was."}}
    return {"summary": summary, "openapi_extra": {"responses": found | _wrong(400, 404, 405, 429, 503)}}


def _body(kind: str, description: str) -> dict[str, Any]:
    schema, _ = shapes.schemas()
    return {"description": description, "content": {"application/json": {"schema": schema[kind]}}}


def _wrong(*statuses: int) -> dict[int, Any]:
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


class Api(NinjaAPI):
    """An API whose schema has the shapes that it gives, and whose errors are problems."""

    def __init__(self) -> None:
        super().__init__(
            title="Reportedly", version="1", description=ABOUT, docs_url=None, urls_namespace="api", servers=[]
        )
        problems.register(self)

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The schema of ninja with our components."""
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        schemas, components = shapes.schemas()
        content = {problems.MEDIA_TYPE: {"schema": schemas["Problem"]}}
        found["components"]["schemas"].update(components)
        found["components"]["responses"] = {
            str(status): {"description": about, "content": content} for status, about in WRONG.items()
        }
        return found
