"""The page that describes the API to people: from its OpenAPI description, without scripts and without other hosts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reportedly.pages.api.urls import api


def page(request: HttpRequest) -> HttpResponse:
    """All operations with their parameters, and all shapes with their fields."""
    schema = api.get_openapi_schema()
    content = {
        "about": schema["info"]["description"],
        "operations": list(_operations(schema)),
        "shapes": sorted(_shapes(schema)),
    }
    return render(request, "pages/api.html", content)


def _operations(schema: Any) -> Any:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            yield {
                "method": method.upper(),
                "path": path,
                "summary": operation["summary"],
                "parameters": operation["parameters"],
                "token": bool(operation.get("security")),
                "body": schema["components"]["schemas"].get(_name(body), {}).get("properties", {}),
                "gives": _gives(operation["responses"]),
            }


def _gives(responses: Any) -> str:
    for status in (200, 201):
        content = responses.get(status, {}).get("content", {}).get("application/json", {})
        if content:
            return _name(content["schema"])
    return ""


def _name(schema: Any) -> str:
    """The shape that a schema refers to, or is a list of."""
    reference = schema.get("$ref") or (schema.get("items") or {}).get("$ref", "")
    return str(reference).rpartition("/")[2]


def _shapes(schema: Any) -> Any:
    for name, shape in schema["components"]["schemas"].items():
        fields = [(field, about.get("description", "")) for field, about in shape.get("properties", {}).items()]
        yield name, shape.get("description", ""), fields
