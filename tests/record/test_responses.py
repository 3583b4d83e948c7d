"""Responses, the review queue and jobs, on every database."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from reportedly import settings
from reportedly.errors import DecisionError, QueryError
from reportedly.record import decisions_making, jobs, responses
from reportedly.record.decisions_making import By
from reportedly.record.models import Job, Response
from reportedly.record.queries import events, review
from reportedly.record.queries.filters import Filter

ADA = By("ada", "read the article")


def test_a_response_is_moderated_accepted_and_says_what_followed(war_record: str) -> None:
    line = events.listed(Filter())[0]
    row = responses.submit(
        responses.about("event", line.id), " Nadia\u202e  R. ", "n@reader.example", "a\r\nb\x07", "h"
    )
    assert (row.name, row.text) == ("Nadia R.", "a\nb")
    assert responses.shown("event", line.id) == [] and list(responses.waiting()) == [row]
    made = decisions_making.confirm(line.id, ADA)
    responses.accept(row.pk, made.id, "ada")
    (shown,) = responses.shown("event", line.id)
    assert (shown.text, shown.decided, shown.undone) == ("a\nb", "confirmed", False)
    assert "n@reader.example" not in repr(shown) and "ada" not in repr(shown)
    decisions_making.undo(made.id, ADA)
    assert responses.shown("event", line.id)[0].undone
    responses.moderate(row.pk, "declined", "ada")
    assert responses.shown("event", line.id) == []


def test_what_is_wrong_with_a_response_is_told(war_record: str) -> None:
    with pytest.raises(QueryError, match="no such event"):
        responses.about("event", "e-none")
    with pytest.raises(QueryError, match="no such response"):
        responses.moderate(7, "shown", "ada")
    with pytest.raises(DecisionError, match="shown or declined"):
        responses.moderate(7, "burnt", "ada")


def test_the_queue_leaves_out_what_was_judged_and_tells_why_the_rest_waits(war_record: str) -> None:
    queue = review.queue(100)
    assert queue and [one.score for one in queue] == sorted((one.score for one in queue), reverse=True)
    assert any("disputed" in reason for one in queue for reason in one.reasons)
    first = queue[0].evidence.statement
    following = review.following(first)
    assert following == queue[1].evidence.statement
    decisions_making.confirm(first, ADA)
    assert first not in [one.evidence.statement for one in review.queue(100)]
    assert review.following(first) == following


def test_no_job_is_done_twice(record: str) -> None:
    """Two workers at once share the jobs; each is of an address that nobody answers at."""
    for number in range(4):
        jobs.give(f"http://127.0.0.1:9/{number}", "ada")
    chosen, done = settings.load({"REPORTEDLY_RETRIES": "0", "REPORTEDLY_WORKERS": "1"}), list[int]()

    def work() -> None:
        done.append(jobs.work(chosen))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 4
    assert set(Job.objects.values_list("state", "tries", "failed")) == {("failed", 1, 1)}


def test_old_traces_are_forgotten_by_the_next_response(war_record: str) -> None:
    about = responses.about("event", events.listed(Filter())[0].id)
    old = responses.submit(about, "A", "a@reader.example", "a", "hash")
    Response.objects.filter(pk=old.pk).update(made=timezone.now() - datetime.timedelta(days=4))
    new = responses.submit(about, "B", "b@reader.example", "b", "hash")
    assert dict(Response.objects.values_list("pk", "address")) == {old.pk: "", new.pk: "hash"}
