"""Statements: every event, figure, statement of control and attribution of an article's coding, one row each.

`report` is the whole statement as `events.reports` has it (JSON); the columns beside it are those by which people
filter and sort, with what people decided laid over. Machine coding is never altered: `report` stays as it is, and
what people decide is kept in `Decision`.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce


class Statement(models.Model):
    """One statement. `key` is `reports.Statement.key`; `current` is true for the coding that counts now; `judgement`
    is "confirmed" or "rejected" where people said so. `since` and `until` are the days by which it is looked up:
    those that are meant, else that of publication."""

    key = models.CharField(max_length=120, db_index=True)
    layer = models.CharField(max_length=8)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="statements")
    coding = models.ForeignKey("Coding", on_delete=models.CASCADE, related_name="statements")
    current = models.BooleanField(default=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    quote = models.TextField()
    published = models.DateField(null=True)
    certainty = models.CharField(max_length=10, blank=True)
    hedged = models.BooleanField(default=False)
    party = models.BooleanField(null=True)
    judgement = models.CharField(max_length=10, blank=True)
    report = models.BinaryField()

    # Where and when; `first` and `last` are the days that are meant, not those of publication.
    place = models.ForeignKey("Place", null=True, on_delete=models.PROTECT, related_name="statements")
    precision = models.CharField(max_length=8, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    since = models.GeneratedField(
        expression=Coalesce("first", "last", "published"), output_field=models.DateField(null=True), db_persist=True
    )
    until = models.GeneratedField(
        expression=Coalesce("last", "first", "published"), output_field=models.DateField(null=True), db_persist=True
    )

    # Of events; `linked` is the event that linking gave it, `event` the one that counts after merges and splits.
    type = models.CharField(max_length=20, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    polarity = models.CharField(max_length=8, blank=True)
    aside = models.CharField(max_length=20, blank=True)
    linked = models.CharField(max_length=40, blank=True)
    event = models.ForeignKey("Event", null=True, on_delete=models.SET_NULL, related_name="statements")
    probability = models.FloatField(null=True)
    because = models.JSONField(null=True)
    features = models.BinaryField(null=True)

    # Of figures; `series` is `matters.series`, `matter` the key of what it can be held against (`matters.matter`).
    measure = models.CharField(max_length=12, blank=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    of = models.TextField(blank=True)
    counting = models.CharField(max_length=10, blank=True)
    series = models.CharField(max_length=200, blank=True)
    matter = models.CharField(max_length=60, blank=True)
    revises = models.CharField(max_length=120, blank=True)
    revises_because = models.TextField(blank=True)

    # Of control; `held` is `events.holding.place_key`.
    relation = models.CharField(max_length=10, blank=True)
    held = models.CharField(max_length=200, blank=True)

    # What other statements make of it.
    corroborated = models.BooleanField(default=False)
    contradicted = models.BooleanField(default=False)
    revised = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["coding", "key"], name="one_statement_a_key")]
        indexes = [
            models.Index(fields=["event", "published"], name="statements_of_event", condition=models.Q(current=True)),
            models.Index(fields=["series", "since"], name="statements_of_series", condition=models.Q(current=True)),
            models.Index(fields=["held", "since"], name="statements_of_held", condition=models.Q(current=True)),
            models.Index(fields=["matter"], name="statements_of_matter", condition=models.Q(current=True)),
            models.Index(fields=["layer", "published"], name="statements_by_day", condition=models.Q(current=True)),
            models.Index(
                fields=["layer", "since", "until"], name="statements_by_time", condition=models.Q(current=True)
            ),
            models.Index(
                fields=["measure", "since", "until"], name="statements_by_measure", condition=models.Q(current=True)
            ),
            models.Index(fields=["place", "since"], name="statements_of_place", condition=models.Q(current=True)),
            # What the review queue asks for: the highest figures, closed and open ("at least"), and the least certain.
            models.Index(fields=["high"], name="figures_by_high", condition=models.Q(current=True, high__isnull=False)),
            models.Index(fields=["low"], name="figures_by_low", condition=models.Q(current=True, high__isnull=True)),
            models.Index(
                fields=["certainty", "published"], name="statements_by_certainty", condition=models.Q(current=True)
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Participation(models.Model):
    """An actor's part in a statement: actor or recipient of an event, holder of a place, whom a figure counts."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="participations")
    actor = models.ForeignKey("Actor", on_delete=models.PROTECT, related_name="participations", db_index=False)
    role = models.CharField(max_length=10)
    text = models.TextField()
    number = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["actor", "statement"], name="parts_of_actor")]

    def __str__(self) -> str:
        return f"{self.role}: {self.text}"


class Voice(models.Model):
    """One link of a statement's chain of sources, 0 for whoever says it, 1 for whoever quotes that …"""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="voices")
    source = models.ForeignKey("Source", on_delete=models.PROTECT, related_name="voices", db_index=False)
    number = models.PositiveSmallIntegerField()
    channel = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "statement"], name="voices_of_source")]

    def __str__(self) -> str:
        return f"{self.number}: {self.source_id}"


class EventFigure(models.Model):
    """A figure that reports of an event give, and what the others make of it there."""

    event = models.ForeignKey("Event", on_delete=models.CASCADE, related_name="figures")
    figure = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="in_events")
    corroborated = models.BooleanField(default=False)
    contradicted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.figure_id}"


class LinkKey(models.Model):
    """A blocking key under which linking looks a mention up (`events.linking.Linker.keys`), as a number
    (`hashing.number`), since a mention has ten and more of them."""

    key = models.BigIntegerField(db_index=True)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="link_keys")

    def __str__(self) -> str:
        return str(self.key)
