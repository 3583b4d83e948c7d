"""The stages fit together, and any of them can be replaced by another package's."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reportedly import registry
from reportedly.data import DateExpression
from reportedly.errors import ComponentError
from reportedly.settings import Settings
from reportedly.statements import language, layers


def test_every_stage_gets_what_it_requires(nlp: Language) -> None:
    """`doc._.article` is there from the start: the Doc is made with it."""
    problems = nlp.analyze_pipes()["problems"]
    assert {name: missing for name, missing in problems.items() if set(missing) - {"doc._.article"}} == {}


def test_every_layer_is_declared_by_a_stage(nlp: Language) -> None:
    assigned = {attribute for meta in nlp.analyze_pipes()["summary"].values() for attribute in meta["assigns"]}
    for layer in ("entities", "attributions", "places", "dates", "figures", "events", "disputes"):
        assert f"doc._.{layer}" in assigned


def test_there_is_one_stage_for_every_slot() -> None:
    assert [stage.slot for stage in registry.choose(layers.ORDER, "")] == list(layers.ORDER)


def test_a_stage_that_is_not_installed_is_one_line() -> None:
    with pytest.raises(ComponentError, match="my_dates: not installed") as caught:
        registry.choose(layers.ORDER, "my_dates")
    assert "\n" not in str(caught.value)


@Language.component("test_dates", assigns=["doc._.dates"])
def other_dates(doc: Doc) -> Doc:
    doc._.dates = [DateExpression(start=0, end=len(doc.text), text=doc.text)]
    return doc


def test_another_packages_stage_takes_the_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = {**registry.installed(), "test_dates": registry.Stage("dates", "test_dates")}
    monkeypatch.setattr(registry, "installed", lambda: stages)
    replaced = language.load(Settings(components="test_dates"))
    assert "test_dates" in replaced.pipe_names and "reportedly_dates" not in replaced.pipe_names


def test_a_model_that_is_not_installed_is_one_line() -> None:
    with pytest.raises(ComponentError, match="no_such_model: not installed"):
        language.parser(Settings(model="no_such_model"))
