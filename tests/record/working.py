"""Adding in a process of its own, to be run beside others or to be killed; and all that a record holds, to compare."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from reportedly.data import CodedArticle
from reportedly.record import setup
from tests.record.factories import Draft, StemLinker

#: A clean server process that has everything loaded; each process forked from it starts at once.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.record.preloaded"])

PLACES = {"Hajin": (34.69, 40.83), "Shafa": (34.57, 40.91), "Baghuz": (34.45, 40.95)}
OUTLETS = ("Harbour Times", "Ridge Post", "Northern Wire", "Eastgate")


def story(number: int) -> CodedArticle:
    """One of any number of short reports on strikes and takings at three places: some tell of the same, with other
    tolls, some deny it."""
    place = list(PLACES)[number % 3]
    day = f"2019-03-{1 + number % 7:02}"
    draft = Draft(f"s{number}", OUTLETS[number % 4], f"2019-03-{2 + number % 7:02}")
    killed = str(10 + number % 5)
    draft.sentence(f"Shells hit {place} on {day}, killing {killed} people, rescuers said in report {number}.")
    draft.place(place, *PLACES[place]).date(day, day).said("rescuers", "said")
    draft.figure(killed, measure="killed").event("hit", figures=(killed,))
    holder = ("Syrian Democratic Forces", "Islamic State")[number % 2]
    draft.sentence(f"{holder} took {place} on {day}, and of {number} families many fled.")
    draft.place(place, *PLACES[place]).date(day, day).control("took", "captures", holder, place)
    return draft.article()


def write(path: Path, numbers: Sequence[int]) -> Path:
    """A file of coded articles."""
    path.write_bytes(b"".join(msgspec.json.encode(story(number)) + b"\n" for number in numbers))
    return path


class Running:
    """A process that adds files of coded articles, and tells of each that is added."""

    def __init__(self, url: str, *paths: Path) -> None:
        self.told, telling = _context.Pipe(duplex=False)
        self.process = _context.Process(target=add, args=(url, *paths), kwargs={"telling": telling})
        self.process.start()
        telling.close()

    def wait_for(self, number: int) -> None:
        """Wait until so many articles are done, counting from 0 for the record being open."""
        for _ in range(number + 1):
            try:
                self.told.recv()
            except EOFError:
                return

    def kill(self) -> None:
        """SIGKILL, wherever it is."""
        self.process.kill()
        self.process.join(60)

    def ends(self) -> int | None:
        """Wait for its end; 0 is a good one."""
        while True:
            try:
                self.told.recv()
            except EOFError:
                break
        self.process.join(120)
        return self.process.exitcode


def add(url: str, *paths: Path, telling: Connection | None = None) -> None:
    """Add files of coded articles, as `reportedly add` does; any that fails ends the process with an error."""
    from reportedly.record import adding, incoming
    from reportedly.settings import Settings

    setup.open_record(url)
    adder = adding.Adder(Settings(), StemLinker())  # type: ignore[arg-type]
    done = telling.send if telling else lambda fate: None
    done("open")
    for path in paths:
        for fate in adding.add_all(adder, incoming.lines(path, 100_000), Settings()):
            if isinstance(fate, Exception):
                raise fate
            if fate != "known":
                done(fate)


def content() -> dict[str, list[Any]]:
    """All that the record holds but the numbers of rows and the times of writing."""
    from reportedly.record import models

    statements = models.Statement.objects.order_by("key", "coding")
    columns = ("key", "current", "linked", "event__public_id", "series", "revises", "held", "matter", "place__key")
    flags = ("corroborated", "contradicted", "revised")
    return {
        "articles": list(models.Article.objects.order_by("public_id").values_list("public_id", "outlet__key", "title")),
        "revisions": list(models.Revision.objects.order_by("content").values_list("article__public_id", "number")),
        "statements": list(statements.values_list(*columns, *flags)),
        "parts": sorted(models.Participation.objects.values_list("statement__key", "actor__key", "role")),
        "voices": sorted(models.Voice.objects.values_list("statement__key", "source__key", "number")),
        "keys": sorted(models.LinkKey.objects.values_list("key", "statement__key")),
        "events": [
            (
                event.public_id,
                event.label,
                event.articles,
                event.disputed,
                event.killed_low,
                bytes(event.findings or b""),
            )
            for event in models.Event.objects.order_by("public_id")
        ],
        "control": sorted((row.held, bytes(row.finding)) for row in models.ControlInterval.objects.all()),
        "disputes": sorted((row.scope, bytes(row.finding)) for row in models.Disagreement.objects.all()),
        "named": sorted(models.Actor.objects.values_list("key", "named")),
        "said": sorted(models.Source.objects.values_list("key", "said", "told", "corroborated", "contradicted")),
        "copies": sorted(models.Dependency.objects.values_list("article__public_id", "on__public_id")),
    }
