"""How often names are named: counts on actors, places and sources, kept up to date by what comes and goes."""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, QuerySet
from msgspec import Struct, field

from reportedly.record.models import Actor, Participation, Place, Source, Statement, Voice

Counts = Counter[int]


class Tally(Struct, frozen=True):
    """How many of some statements name each actor and place, and are said by each source, by primary key.

    What an outlet said is all that its articles state; what a speaker said only what he or she says first-hand."""

    actors: Counts = field(default_factory=Counter)
    places: Counts = field(default_factory=Counter)
    sources: Counts = field(default_factory=Counter)


def tally(statements: QuerySet[Statement]) -> Tally:
    """Count the names of statements; those that count no more or were rejected name nobody."""
    kept = statements.filter(current=True).exclude(judgement="rejected").order_by()
    inside = kept.values("pk")
    actors = Participation.objects.filter(statement__in=inside).values_list("actor")
    voices = Voice.objects.filter(statement__in=inside, number=0).values_list("source")
    outlets = kept.exclude(article__outlet=None).values_list("article__outlet")
    places = kept.exclude(place=None).values_list("place")
    return Tally(
        actors=Counter(dict(actors.annotate(n=Count("statement", distinct=True)))),
        places=Counter(dict(places.annotate(n=Count("pk")))),
        sources=Counter(dict(voices.annotate(n=Count("pk")))) + Counter(dict(outlets.annotate(n=Count("pk")))),
    )


def change(before: Tally, after: Tally) -> None:
    """Put what is named now in the place of what was before."""
    _change(Actor, "named", before.actors, after.actors)
    _change(Place, "named", before.places, after.places)
    _change(Source, "said", before.sources, after.sources)


def _change(kind: type[Actor] | type[Place] | type[Source], column: str, before: Counts, after: Counts) -> None:
    by = Counter(after)
    by.subtract(before)
    wanted = [pk for pk, number in by.items() if number]
    rows = list(kind._default_manager.filter(pk__in=wanted).order_by("pk"))
    for row in rows:
        setattr(row, column, getattr(row, column) + by[row.pk])
    kind._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=[column])  # type: ignore[arg-type]
