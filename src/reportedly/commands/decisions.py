"""The commands by which people decide: confirm, correct, merge, split, reject, grade, undo; and what they decided."""

from __future__ import annotations

import getpass
import subprocess
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from reportedly.commands import layout

if TYPE_CHECKING:
    from reportedly.record.decisions import Decided
    from reportedly.record.decisions_making import By

app = typer.Typer()
decide = typer.Typer(no_args_is_help=True, help="Decide on what the machine coded: nothing is overwritten.")
app.add_typer(decide, name="decide")

Target = Annotated[str, typer.Argument(metavar="TARGET", help="A statement's or an event's id.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")]
User = Annotated[str | None, typer.Option("--user", metavar="NAME", help="Who decides (git's or the system's name).")]
Json = Annotated[bool, typer.Option("--json", help="Print the decision as JSON.")]


def _by(user: str | None, reason: str, *others: str) -> By:
    """Who decides and why, with the record open; all that is written has to be text."""
    from reportedly.record import opening
    from reportedly.record.queries import filters

    for given in (user, reason, *others):
        filters.text("decide", given)
    opening.existing()
    from reportedly.record.decisions_making import By

    return By(user if user is not None else whoami(), reason)


def whoami() -> str:
    """The user's name as git has it, else the system's; empty if neither knows."""
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return _system()
    return asked.stdout.strip() or _system()


def _system() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _show(made: Sequence[Decided], json: bool) -> None:
    from reportedly.record import history

    if json:
        layout.as_json(made)
        return
    for one in made:
        about = f"decision {one.id}: {one.target} {history.told(one)}, by {one.user}"
        layout.console().print(Text(layout.plain(about)), soft_wrap=True)


@decide.command()
def confirm(target: Target, reason: Reason = "", user: User = None, json: Json = False) -> None:
    """Vouch for an event, or for a statement as it is coded now."""
    by = _by(user, reason, target)
    from reportedly.record import decisions_making

    _show([decisions_making.confirm(target, by)], json)


@decide.command()
def reject(target: Target, reason: Reason = "", user: User = None, json: Json = False) -> None:
    """Reject an event that is none, or a statement that its text does not make."""
    by = _by(user, reason, target)
    from reportedly.record import decisions_making

    _show([decisions_making.reject(target, by)], json)


@decide.command()
def correct(
    target: Target,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="type, place, date, actor, low, measure …")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The right value; none empties the field.")],
    reason: Reason = "",
    user: User = None,
    json: Json = False,
) -> None:
    """Set a field of a statement or an event."""
    by = _by(user, reason, target, field, value)
    from reportedly.record import decisions_making

    _show([decisions_making.correct(target, field, value, by)], json)


@decide.command()
def merge(
    keep: Annotated[str, typer.Argument(metavar="EVENT", help="The event that stays.")],
    others: Annotated[list[str], typer.Argument(metavar="OTHER…", help="Events that are the same.")],
    reason: Reason = "",
    user: User = None,
    json: Json = False,
) -> None:
    """Make one of events that are one; what is added to any of them later counts for it too."""
    by = _by(user, reason, keep, *others)
    from reportedly.record import decisions_making

    _show(decisions_making.merge(keep, others, by), json)


@decide.command()
def split(
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event.")],
    statements: Annotated[list[str], typer.Argument(metavar="STATEMENT…", help="Statements that are of another.")],
    reason: Reason = "",
    user: User = None,
    json: Json = False,
) -> None:
    """Take statements out of an event; they become an event of their own."""
    by = _by(user, reason, event, *statements)
    from reportedly.record import decisions_making

    _show([decisions_making.split(event, statements, by)], json)


@decide.command()
def grade(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="A source or an event.")],
    value: Annotated[
        str, typer.Argument(metavar="GRADE", help="A–F; 1–6, confirmed, fair, weak, contested, discounted.")
    ],
    reason: Reason = "",
    user: User = None,
    json: Json = False,
) -> None:
    """Grade a source's reliability (A–F), an event's credibility (1–6), or its harm as Airwars does."""
    by = _by(user, reason, target, value)
    from reportedly.record import decisions_making

    _show([decisions_making.grade(target, value, by)], json)


@app.command()
def undo(
    decision: Annotated[int, typer.Argument(metavar="DECISION", help="The decision's number.")],
    reason: Reason = "",
    user: User = None,
    json: Json = False,
) -> None:
    """Take a decision back, or an undoing; both stay in the history."""
    by = _by(user, reason)
    from reportedly.record import decisions_making

    _show([decisions_making.undo(decision, by)], json)


@app.command()
def history(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An article, statement, event or source.", show_default=False)
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Decisions at most, without an ID.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Decisions to pass over, without an ID.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Everything that happened to an article, statement, event or source; without an ID, the latest decisions."""
    from reportedly.record import opening, setup
    from reportedly.record.queries import filters

    filters.text("ID", id)
    opening.existing()
    from reportedly.commands import queries_pages
    from reportedly.record import history as asked

    with setup.told():
        entries = asked.of(id) if id is not None else asked.latest(limit, offset)
    out = layout.console()
    if json:
        layout.as_json(entries)
    elif not entries:
        out.print("Nobody has decided anything yet.")
    else:
        queries_pages.entries(entries, out)
