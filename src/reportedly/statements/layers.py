"""What the coding stages share on a spaCy Doc: the article that it is of, and a list a layer.

`doc._.article` is the Article; `doc._.entities`, `doc._.attributions`, … are the lists of
`data.CodedArticle`, filled by the stages in the order of `ORDER`. `doc._.mentions` maps the (start,
end) character offsets of a name, nominal or pronoun to the actor that it stands for (`actors`).
`doc._.asides` are (Event, reason) pairs that the events stage found but does not report as new events:
conditions, purposes, contents of a demand or charge, background (`events_filter`). `doc._.reading` is
what the text encoder reads in the article (`reading`), None before and after it is needed.
"""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from reportedly.data import LAYERS, Article

#: The slots of the stages, in the order in which they run.
ORDER = (
    "entities",
    "actors",
    "places",
    "dates",
    "attributions",
    "figures",
    "events",
    "control",
    "incidents",
    "binding",
    "certainty",
    "disputes",
)


def stored(doc: Doc) -> dict[tuple[str, str], Any]:
    """What is kept on a Doc; spaCy's own type of it is narrower than what it takes."""
    kept: dict[Any, Any] = doc.user_data
    return kept


def _stored(name: str, make: Any) -> None:
    """Declare `doc._.name`, made with `make()` at first use and kept in `doc.user_data`."""

    key = ("reportedly", name)

    def get(doc: Doc) -> Any:
        return stored(doc).setdefault(key, make())

    def set_(doc: Doc, value: Any) -> None:
        stored(doc)[key] = value

    if not Doc.has_extension(name):
        Doc.set_extension(name, getter=get, setter=set_)


def declare() -> None:
    """Declare the extensions; may be called again. Every stage's module calls it on import."""
    for name in LAYERS:
        _stored(name, list)
    _stored("mentions", dict)
    _stored("asides", list)
    _stored("reading", lambda: None)
    if not Doc.has_extension("article"):
        Doc.set_extension(
            "article",
            getter=lambda doc: stored(doc).get(("reportedly", "article")) or Article(text=doc.text),
            setter=lambda doc, value: stored(doc).__setitem__(("reportedly", "article"), value),
        )


declare()
