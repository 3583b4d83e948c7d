"""Events across articles, who holds what over time, and disagreements: derived rows, made anew from statements.

Only `Event.public_id` is for good. All else is worked out from the statements and the decisions of people whenever
one of them changes, in the same transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from reportedly.record.models.statements import Statement


class Event(models.Model):
    """One event, as all its reports give it together. `findings` is `events.findings.EventFindings` as JSON; the
    columns are those by which people filter and sort, with what people decided already applied.

    `judgement` is what people said of it ("confirmed", "rejected", or empty: machine coding, not verified).
    `merged_into` is set where people found two events to be one; its address stays good. `since` and `until` are
    the days by which it is looked up: its own, else that of the first report."""

    public_id = models.CharField(max_length=40, unique=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")
    judgement = models.CharField(max_length=10, blank=True)
    background = models.BooleanField(default=False)
    label = models.TextField(blank=True)
    type = models.CharField(max_length=20, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey("Place", null=True, on_delete=models.PROTECT, related_name="events")
    precision = models.CharField(max_length=8, blank=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    reported = models.DateField(null=True)
    since = models.GeneratedField(
        expression=Coalesce("first", "last", "reported"), output_field=models.DateField(null=True), db_persist=True
    )
    until = models.GeneratedField(
        expression=Coalesce("last", "first", "reported"), output_field=models.DateField(null=True), db_persist=True
    )
    certainty = models.CharField(max_length=10, blank=True)
    disputed = models.BooleanField(default=False)
    articles = models.PositiveIntegerField(default=0)
    outlets = models.PositiveIntegerField(default=0)
    origins = models.PositiveIntegerField(default=0)
    credibility = models.PositiveSmallIntegerField(default=6)
    airwars = models.CharField(max_length=10, blank=True)
    killed_low = models.FloatField(null=True)
    killed_best = models.FloatField(null=True)
    killed_high = models.FloatField(null=True)
    findings = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["background", "since", "until"], name="events_by_days"),
            models.Index(fields=["since", "until"], condition=models.Q(background=False), name="events_shown"),
            models.Index(fields=["type", "background", "since", "until"], name="events_by_type"),
            models.Index(fields=["-reported"], name="events_by_report"),
        ]

    def __str__(self) -> str:
        return self.label or self.public_id


class ControlInterval(models.Model):
    """Who holds a place, from when to when (`events.findings.ControlInterval`, whole in `finding`). `statements` are
    its evidence and what stands against it."""

    held = models.CharField(max_length=200, db_index=True)
    place = models.ForeignKey("Place", null=True, on_delete=models.PROTECT, related_name="control")
    place_name = models.CharField(max_length=200)
    precision = models.CharField(max_length=8, blank=True)
    actor = models.ForeignKey("Actor", on_delete=models.PROTECT, related_name="control")
    first = models.DateField(null=True, db_index=True)
    last = models.DateField(null=True)
    contested = models.BooleanField(default=False)
    certainty = models.CharField(max_length=12, blank=True)
    statements: models.ManyToManyField[Statement, models.Model] = models.ManyToManyField(
        "Statement", related_name="control_intervals"
    )
    finding = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["place_name", "held", "first"], name="control_by_place")]

    def __str__(self) -> str:
        return f"{self.place_name}: {self.actor_id}"


class Disagreement(models.Model):
    """A matter on which statements disagree (`events.findings.Disagreement`, whole in `finding`).

    `scope` says what it was worked out from, so that it is made anew with it: an event's public id, a series, a
    held place, or an article (of which two statements contradict or qualify each other)."""

    scope = models.CharField(max_length=220, db_index=True)
    kind = models.CharField(max_length=20, db_index=True)
    about = models.TextField()
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="disagreements")
    article = models.ForeignKey("Article", null=True, on_delete=models.CASCADE, related_name="disagreements")
    place = models.ForeignKey("Place", null=True, on_delete=models.PROTECT, related_name="disagreements")
    precision = models.CharField(max_length=8, blank=True)
    first = models.DateField(null=True, db_index=True)
    last = models.DateField(null=True)
    statements: models.ManyToManyField[Statement, models.Model] = models.ManyToManyField(
        "Statement", related_name="disagreements"
    )
    finding = models.BinaryField()

    def __str__(self) -> str:
        return self.about
