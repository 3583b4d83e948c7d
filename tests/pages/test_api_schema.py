"""The API keeps to its own description: Schemathesis asks every operation, rightly and wrongly, in this process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance

from reportedly.pages import roles
from reportedly.pages.api.urls import api
from reportedly.record import tokens

OPERATIONS = [(method.upper(), path) for path, known in api.get_openapi_schema()["paths"].items() for method in known]
#: Requests of each kind to one operation.
EXAMPLES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 5}
#: Values may each be right and not go together (an end before its beginning, a radius around nothing).
NOT_ASKED = [positive_data_acceptance]


@pytest.fixture
def described(record: str, handler: WSGIHandler) -> Any:
    """The description of the API, as the API gives it."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", handler)


@pytest.fixture
def token(record: str) -> str:
    """A token of somebody who may decide."""
    roles.give(User.objects.create(username="tester"), "editor")
    return tokens.make("tester")


def operations(described: Any) -> Iterator[Any]:
    """The operations of a description."""
    return (found.ok() for found in described.get_all_operations())


def test_every_operation_is_described(described: Any) -> None:
    assert len(OPERATIONS) > 20
    assert {(one.method.upper(), one.path) for one in operations(described)} == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_an_operation_keeps_to_its_description(described: Any, token: str, method: str, path: str) -> None:
    operation = next(one for one in operations(described) if (one.method.upper(), one.path) == (method, path))
    headers = {"Authorization": f"Bearer {token}"} if method == "POST" else {}
    for mode, number in EXAMPLES.items():
        if mode == GenerationMode.NEGATIVE and not (operation.query or operation.body):
            continue  # any text is a name, be there such a thing or not
        asked: list[int] = []

        @settings(
            max_examples=number, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            response = case.call_and_validate(headers=headers, excluded_checks=NOT_ASKED)
            asked.append(response.status_code)  # noqa: B023

        ask()
        assert asked and all(status < 500 for status in asked)
