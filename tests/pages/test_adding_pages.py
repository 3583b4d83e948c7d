"""Adding an address or a file: what is refused, what comes into the record, what a killed worker leaves."""

from __future__ import annotations

import datetime
import stat
import time
from pathlib import Path

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from reportedly import settings
from reportedly.data import CodedArticle
from reportedly.pages import working
from reportedly.record import jobs
from reportedly.record.models import Article, Job
from tests.pages import staffing


@pytest.fixture
def given(tmp_path: Path) -> settings.Settings:
    """Settings with a data folder of the test's own."""
    return msgspec.structs.replace(settings.load(), data_folder=str(tmp_path / "data"), max_download=200_000, retries=0)


@pytest.fixture
def editor(record: str, given: settings.Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An editor, signed in, on a site whose jobs wait until the test works on them."""
    monkeypatch.setattr(working, "_start", lambda: pytest.fail("the site has started a process"))
    monkeypatch.setattr(working, "wake", lambda: None)
    with override_settings(REPORTEDLY=given):
        yield staffing.signed_in("editor")


def coded(examples: list[CodedArticle], words: str) -> bytes:
    """An example page, coded, under another address and headline."""
    one = msgspec.structs.replace(
        examples[0],
        id=None,
        url=f"https://courier.example/{words}",
        title=words,
        text=examples[0].text.replace("Baghuz", "Baghouz"),
    )
    return msgspec.json.encode(one) + b"\n"


def send(client: Client, name: str, raw: bytes) -> int | str:
    """The job of an uploaded file, else what is wrong with it."""
    answer = client.post(reverse("staff-add"), {"file": SimpleUploadedFile(name, raw)})
    return int(answer.headers["Location"].rpartition("/")[2]) if answer.status_code == 302 else answer.content.decode()


def test_a_file_is_added_and_its_progress_told(
    editor: Client, given: settings.Settings, examples: list[CodedArticle]
) -> None:
    before = Article.objects.count()
    number = send(editor, "to add.jsonl", coded(examples, "A new report"))
    job = Job.objects.get(pk=number)
    assert (job.state, job.user, job.source) == ("waiting", "editor-of-the-staff", "to add.jsonl")
    kept = Path(job.path)
    assert kept.parent == jobs.uploads(given) and "to add" not in kept.name
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    page = reverse("staff-job", args=[number])
    assert "Waiting for its turn" in editor.get(page).content.decode()
    assert jobs.work(given) == 1
    told = editor.get(page, headers={"HX-Target": "job"}).content.decode()
    assert "Done" in told and "1 new" in told and "hx-get" not in told and "<html" not in told
    assert Article.objects.count() == before + 1
    assert not kept.exists()


def test_a_service_does_jobs_as_they_come(
    editor: Client, given: settings.Settings, examples: list[CodedArticle], monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [coded(examples, "The second"), coded(examples, "The third")]

    def wait(seconds: float) -> None:
        assert seconds == jobs.PAUSE
        if not left:
            raise KeyboardInterrupt
        send(editor, "more.jsonl", left.pop())

    monkeypatch.setattr(time, "sleep", wait)
    send(editor, "one.jsonl", coded(examples, "The first"))
    with pytest.raises(KeyboardInterrupt):
        jobs.stay(given)
    assert list(Job.objects.order_by("pk").values_list("state", "new")) == [("done", 1)] * 3


def test_the_site_starts_no_process_beside_a_service(
    record: str, given: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr(working, "_start", lambda: started.append("one"))
    monkeypatch.setattr(working, "_running", [])
    jobs.give("https://news.example/", "editor-of-the-staff")
    with override_settings(REPORTEDLY=msgspec.structs.replace(given, site_works=False)):
        working.wake()
    assert started == []


def test_what_is_there_already_is_not_added_twice(
    editor: Client, given: settings.Settings, examples: list[CodedArticle]
) -> None:
    number = send(editor, "known.jsonl", msgspec.json.encode(examples[0]) + b"\n{broken\n")
    jobs.work(given)
    job = Job.objects.get(pk=number)
    assert (job.state, job.new, job.known, job.failed) == ("done", 0, 1, 1)
    page = editor.get(reverse("staff-job", args=[number])).content.decode()
    assert "known.jsonl:2" in page and str(jobs.uploads(given)) not in page


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("page.php", b"<?php system('id'); ?>", "not one of .html"),
        ("page.html.exe", b"MZ", "not one of .html"),
        ("page.html", b"x" * 200_001, "larger than 200,000 bytes"),
        ("page.html", b"", "empty"),
    ],
)
def test_files_are_limited_in_type_and_size(
    editor: Client, given: settings.Settings, name: str, raw: bytes, told: str
) -> None:
    assert told in str(send(editor, name, raw))
    assert Job.objects.count() == 0
    assert not jobs.uploads(given).exists() or list(jobs.uploads(given).iterdir()) == []


def test_an_uploaded_name_leads_nowhere_else(editor: Client, given: settings.Settings) -> None:
    number = send(editor, "../../../../etc/cron.d/evil.txt", b"Some text.")
    assert Path(Job.objects.get(pk=number).path).parent == jobs.uploads(given)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:8000/staff", "private or loopback"),
        ("http://localhost/", "private or loopback"),
        ("http://[::1]/", "private or loopback"),
        ("http://169.254.169.254/latest/meta-data/", "private or loopback"),
        ("http://10.1.2.3/", "private or loopback"),
        ("http://2130706433/", "private or loopback"),
        ("file:///etc/passwd", "not an http or https address"),
        ("/etc/passwd", "not an http or https address"),
        ("-", "not an http or https address"),
        ("", "Give an address or a file"),
    ],
)
def test_addresses_that_are_not_public_are_refused(editor: Client, address: str, told: str) -> None:
    answer = editor.post(reverse("staff-add"), {"address": address})
    page = answer.content.decode()
    assert (answer.status_code, Job.objects.count()) == (400, 0)
    assert told in page and f'value="{address}"' in page if address else told in page


def test_an_address_that_turns_private_later_is_not_fetched(editor: Client, given: settings.Settings) -> None:
    job = jobs.give("http://127.0.0.1:9/page", "editor-of-the-staff")
    jobs.work(given)
    job.refresh_from_db()
    assert (job.state, job.failed) == ("failed", 1)
    assert "private or loopback address; not fetched" in job.messages
    page = reverse("staff-job", args=[job.pk])
    assert "Try again" in editor.get(page).content.decode()
    assert editor.post(reverse("staff-again", args=[job.pk])).status_code == 302
    assert Job.objects.filter(state="waiting").count() == 1


def test_a_job_whose_worker_was_killed_is_taken_up_again_three_times(
    editor: Client, given: settings.Settings, examples: list[CodedArticle]
) -> None:
    number = send(editor, "page.jsonl", coded(examples, "After the crash"))
    Job.objects.filter(pk=number).update(state="running", tries=1, beat=timezone.now(), new=7)
    assert jobs.work(given) == 0  # somebody is at it
    dead = timezone.now() - datetime.timedelta(minutes=5)
    Job.objects.filter(pk=number).update(beat=dead)
    assert jobs.waiting() and jobs.work(given) == 1
    job = Job.objects.get(pk=number)
    assert (job.state, job.new, job.tries) == ("done", 1, 2)
    Job.objects.filter(pk=number).update(state="running", tries=3, beat=dead)
    assert jobs.work(given) == 0
    job.refresh_from_db()
    assert job.state == "failed" and "given up" in job.messages


def test_a_process_is_started_once_and_only_for_waiting_jobs(record: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Started:
        def __init__(self) -> None:
            self.ended: int | None = None

        def poll(self) -> int | None:
            return self.ended

    started: list[Started] = []
    monkeypatch.setattr(working, "_running", [])
    monkeypatch.setattr(working, "_start", lambda: started.append(Started()) or started[-1])
    working.wake()
    assert started == []
    jobs.give("https://news.example/1", "somebody")
    working.wake()
    working.wake()
    assert len(started) == 1
    started[0].ended = 1
    working.wake()
    assert len(started) == 2
