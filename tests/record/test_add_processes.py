"""Adding in several processes at once, and killed at any moment: nothing lost, nothing doubled, on both databases."""

from __future__ import annotations

import random
import time
from pathlib import Path

from reportedly.record import checking, models, setup
from tests.record import working

STORIES = 16
KILLS = 20
#: Seconds that adding a story takes, and somewhat more.
A_STORY = 0.1


def test_two_processes_add_the_same_at_once(database: str, tmp_path: Path) -> None:
    """Each article once, whoever is first; what is derived is what comes out anew."""
    files = [
        working.write(tmp_path / "forwards.jsonl", range(STORIES)),
        working.write(tmp_path / "backwards.jsonl", range(STORIES - 1, -1, -1)),
    ]
    processes = [working.Running(database, path) for path in files]
    assert [process.ends() for process in processes] == [0, 0]
    setup.open_record(database)
    assert models.Article.objects.count() == STORIES
    assert checking.check() == []


def test_a_first_use_by_two_processes_at_once(tmp_path: Path) -> None:
    """Both find no tables; one makes them."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    files = [working.write(tmp_path / f"{n}.jsonl", range(n * 3, n * 3 + 3)) for n in range(2)]
    processes = [working.Running(url, path) for path in files]
    assert [process.ends() for process in processes] == [0, 0]
    setup.open_record(url)
    assert models.Article.objects.count() == 6
    setup.close()


def test_killed_at_random_points_nothing_is_lost_or_doubled(database: str, tmp_path: Path) -> None:
    """SIGKILL twenty times; after each the record is sound, and in the end it holds what it would have held."""
    path = working.write(tmp_path / "stories.jsonl", range(STORIES))
    chance, counts = random.Random(3), [0]
    for number in range(KILLS):
        process = working.Running(database, path)
        process.wait_for(chance.randrange(2))
        time.sleep(chance.uniform(0, A_STORY))
        process.kill()
        setup.open_record(database)
        counts.append(models.Article.objects.count())
        assert checking.check(derived=number % 5 == 4) == []
        setup.close()
    assert counts == sorted(counts)
    assert len(set(counts)) > KILLS / 4, "the kills were not spread over the work"
    working.add(database, path)
    assert models.Article.objects.count() == STORIES
    assert checking.check() == []
    found = working.content()
    setup.open_record(f"sqlite:///{tmp_path / 'undisturbed.db'}")
    working.add(f"sqlite:///{tmp_path / 'undisturbed.db'}", path)
    for name, rows in working.content().items():
        assert found[name] == rows, name
    setup.close()
