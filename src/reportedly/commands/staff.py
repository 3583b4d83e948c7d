"""The commands for the staff of a site: accounts, and the work that the site leaves to a process of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.common import complaints
from reportedly.errors import InputError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

app = typer.Typer()


@app.command()
def account(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")],
    role: Annotated[str, typer.Option("--role", help="reader, coder, editor, administrator, or none.")],
) -> None:
    """Make an account for the staff of the site, or give one another role; asks for a password if it is new.

    A role may do what those before it may; `none` closes an account and keeps its decisions. The password is read from
    REPORTEDLY_PASSWORD where it is set.
    """
    from reportedly.commands.site import open_site

    open_site()
    from django.contrib.auth.models import User

    from reportedly.pages import roles

    if role not in (*roles.ROLES, "none"):
        raise InputError(f"--role: {role!r} is none of {', '.join(roles.ROLES)}, none")
    user = User.objects.filter(username=name).first()
    if user is None and role == "none":
        raise InputError(f"{name}: there is no such account")
    user = user or _new(name)
    user.is_active = role != "none"
    roles.give(user, role)
    complaints.print(f"{name} is {'closed' if role == 'none' else f'{_article(role)} {role}'}")


def _article(role: str) -> str:
    return "an" if role[0] in "ae" else "a"


def _new(name: str) -> User:
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    user = User(username=name)
    password = os.environ.get("REPORTEDLY_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    try:
        user.full_clean(exclude=["password"])
        validate_password(password, user)
    except ValidationError as error:
        raise InputError(f"{name}: {' '.join(error.messages)}") from None
    user.set_password(password)
    return user


@app.command()
def work(
    stay: Annotated[
        bool, typer.Option("--stay", help="Go on and wait for more, as a service beside the site.")
    ] = False,
) -> None:
    """Add what the staff of the site gave to be added, until nothing waits (the site starts this by itself)."""
    from reportedly import settings as settings_module
    from reportedly.record import opening

    opening.existing()
    from reportedly.record import jobs

    if stay:
        complaints.print("reportedly: waiting for what the staff gives")
        jobs.stay(settings_module.load())
    done = jobs.work(settings_module.load())
    complaints.print(f"{done} job{'' if done == 1 else 's'} done")
