"""What readers answer, what an outlet allows to be shown, and sources that staff gave to be added.

None of this is derived and none of it is exported: a release and every format hold the record alone.
"""

from __future__ import annotations

from django.db import models


class Response(models.Model):
    """A reader's answer to a statement, an event or an article.

    `target` is the statement's key, else the event's or article's public id; `article` the public id of the article
    that a statement is of. `email` is for the moderators: it is in no page, feed, export or API. `address` is a keyed
    hash of where it was sent from, for rate limits; it is emptied after some days (`responses.forget`). `note` is what
    the moderator says of it to readers, `decision` the one that followed from it.
    """

    STATES = ("waiting", "shown", "declined")

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in ("statement", "event", "article")])
    target = models.CharField(max_length=320, db_index=True)
    article = models.CharField(max_length=64, blank=True, db_index=True)
    name = models.CharField(max_length=100)
    email = models.EmailField()
    text = models.TextField()
    made = models.DateTimeField(auto_now_add=True, db_index=True)
    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES], default="waiting")
    moderator = models.CharField(max_length=150, blank=True)
    moderated = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    decision = models.ForeignKey("Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="responses")
    address = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["state", "made"], name="responses_by_state")]

    def __str__(self) -> str:
        return f"response {self.pk} to {self.target}"


class OutletSetting(models.Model):
    """What an outlet allows. `whole_text` is whether the public may read its texts whole here; by default not."""

    outlet = models.OneToOneField("Source", on_delete=models.CASCADE, related_name="setting")
    whole_text = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    user = models.CharField(max_length=150)
    changed = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.outlet}: {'whole texts' if self.whole_text else 'sentences only'}"


class Job(models.Model):
    """An address or a file that staff gave to be added, and how far it is.

    `source` is the address, or the name that the file had; `path` where the uploaded bytes wait until the job is done.
    `beat` is the last sign of whoever works on it: a job without one is taken up again. `messages` are the complaints,
    one a line.
    """

    STATES = ("waiting", "running", "done", "failed")

    source = models.TextField()
    path = models.TextField(blank=True)
    user = models.CharField(max_length=150)
    made = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES], default="waiting")
    beat = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    messages = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "made"], name="jobs_by_state")]

    def __str__(self) -> str:
        return self.source
