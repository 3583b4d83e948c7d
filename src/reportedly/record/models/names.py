"""What statements name: places, actors, and the sources that make them. One row a name, shared by all statements.

The counts (`named`, `said` …) are of the statements that count now, kept up to date with them, so that no list has to count the record.
"""

from __future__ import annotations

from django.db import models


class Place(models.Model):
    """A place. `key` is "g" and GeoNames' id, else "n" and the folded name; degrees are WGS 84."""

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=200, db_index=True)
    geonameid = models.PositiveIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    country = models.CharField(max_length=2, blank=True, db_index=True)
    named = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="place_degrees")]

    def __str__(self) -> str:
        return self.name


class Actor(models.Model):
    """An actor. `key` is "r" and the registry's id, else "n" and the folded name."""

    key = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=300, db_index=True)
    registry_id = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=3, blank=True)
    sector = models.CharField(max_length=10, blank=True)
    named = models.PositiveIntegerField(default=0, db_index=True)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Somebody who says things: an outlet or a speaker. `key` is the kind and the folded name.

    `said` counts statements of every kind. The other counts are of what a source is answerable for in events
    (`events.sources.Entry`), the sums of its `SourceEvent` rows: `told` of them all, `borne` and `failed` of those by
    which it can be judged, `judged` of the events that these are of."""

    key = models.CharField(max_length=320, unique=True)
    kind = models.CharField(max_length=8, choices=[("outlet", "outlet"), ("speaker", "speaker")])
    name = models.CharField(max_length=300, db_index=True)
    organisation = models.CharField(max_length=300, blank=True)
    registry_id = models.CharField(max_length=60, blank=True)
    party = models.BooleanField(null=True)
    said = models.PositiveIntegerField(default=0, db_index=True)
    told = models.PositiveIntegerField(default=0)
    hedged = models.PositiveIntegerField(default=0)
    corroborated = models.PositiveIntegerField(default=0)
    contradicted = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    borne = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class SourceEvent(models.Model):
    """What one source says of one event, counted (`deriving_sources`)."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="of_events")
    event = models.ForeignKey("Event", on_delete=models.CASCADE, related_name="of_sources")
    told = models.PositiveIntegerField(default=0)
    hedged = models.PositiveIntegerField(default=0)
    corroborated = models.PositiveIntegerField(default=0)
    contradicted = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    borne = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "source"], name="one_row_a_source_and_event")]

    def __str__(self) -> str:
        return f"{self.source_id} of {self.event_id}"
