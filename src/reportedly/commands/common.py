"""What the commands share: settings from the command line, complaints on standard error, progress bars."""

from __future__ import annotations

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from reportedly import settings as settings_module

complaints = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


def settings_of(**given: object) -> settings_module.Settings:
    """The settings of the environment, with what the command line gives instead."""
    return msgspec.structs.replace(settings_module.load(), **{k: v for k, v in given.items() if v is not None})


def have_gazetteer(settings: settings_module.Settings) -> None:
    """Have the gazetteer's index, so that its making is announced and not done by several workers."""
    from reportedly.statements import gazetteer, gazetteer_build

    folder = settings_module.data_folder(settings)
    if not (folder / gazetteer_build.file_name()).exists():
        complaints.print("reportedly: building the index of places, once (some seconds) …")
        gazetteer.build(folder)


def progress_bar() -> Progress:
    """A bar on standard error that counts articles."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate())
    return Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=complaints)


class _Rate(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f} articles/s" if speed else "–")
