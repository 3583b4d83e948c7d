"""What people decide, and releases. Rows are only ever added; to undo a decision is a decision too."""

from __future__ import annotations

from django.db import models


class Decision(models.Model):
    """One decision of one person, with the reason.

    `target` names what it is about for good: a statement's key, an event's or article's public id, a source's key.
    A statement's decision holds for the same span after the article was coded anew: it is found again by `article`
    (the public id), and `context` has the statement as it stood. `field` and `value` are what is corrected or graded,
    `was` is what stood there; `undoes` is the decision that this one takes back.
    """

    KINDS = ("confirm", "correct", "merge", "split", "reject", "grade", "undo")

    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    target_kind = models.CharField(max_length=10)
    target = models.CharField(max_length=320, db_index=True)
    article = models.CharField(max_length=64, blank=True, db_index=True)
    context = models.JSONField(null=True)
    field = models.CharField(max_length=40, blank=True)
    value = models.JSONField(null=True)
    was = models.JSONField(null=True)
    reason = models.TextField()
    user = models.CharField(max_length=150)
    made = models.DateTimeField(auto_now_add=True, db_index=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    def __str__(self) -> str:
        return f"{self.kind} {self.target} by {self.user}"


class Release(models.Model):
    """A frozen export: its manifest holds counts, hashes and versions, and what changed since the last one."""

    name = models.CharField(max_length=80, unique=True)
    made = models.DateTimeField(auto_now_add=True)
    folder = models.TextField()
    manifest = models.JSONField()

    @classmethod
    def public(cls) -> models.QuerySet[Release]:
        """Those that are not for the team's own use; of old ones the manifest does not say."""
        told = models.Q(manifest__names=False) | models.Q(manifest__names__isnull=True)
        return cls._default_manager.filter(told)

    def __str__(self) -> str:
        return self.name
