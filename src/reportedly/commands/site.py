"""The commands of the site: serve the record as pages and API."""

from __future__ import annotations

import errno
import importlib
import os
import socket
from pathlib import Path
from typing import Annotated, Any

import typer

from reportedly.commands.common import complaints
from reportedly.errors import ReportedlyError

app = typer.Typer()

CONFIGURATION = "reportedly.pages.configuration"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
#: Workers that are started if nobody says how many, at most; and requests that each answers at a time.
WORKERS, THREADS = 4, 4


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=0, help="Processes that answer; 0 is one a core, four at most.")] = 0,
) -> None:
    """Show the record as a site, on this machine; Ctrl-C ends it."""
    open_site()
    _warn(host)
    number = _free(host, port)
    server = _server(host, number, workers or min(WORKERS, os.cpu_count() or 1))
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"The record is at http://{shown}:{number}/ (Ctrl-C ends it)")
    server.serve()
    complaints.print("reportedly: the site has stopped")


def open_site() -> None:
    """Set Django up for the whole site, and open the record; an empty one is made where there is none.

    Raises:
        ReportedlyError: a setting cannot be used, or the record cannot be opened.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", CONFIGURATION)
    from django.core.exceptions import ImproperlyConfigured

    from reportedly.record import setup

    try:
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
        setup.open_record()
    except OSError as error:
        raise ReportedlyError(f"{error.filename or 'settings'}: {error.strerror or error}") from None
    except (ImproperlyConfigured, ValueError) as error:
        raise ReportedlyError(f"settings: {str(error).splitlines()[0]}") from None


def _warn(host: str) -> None:
    """One line on each thing that people would miss."""
    import reportedly.pages
    from reportedly.record import setup
    from reportedly.record.models import Article
    from reportedly.settings import Settings, load

    assets = Path(reportedly.pages.__file__).parent / "static" / "vendor" / "VERSIONS.txt"
    if not assets.is_file():
        complaints.print("reportedly: no maps, charts and fonts: build them with `make assets` (needs Node.js)")
    if not Article.objects.exists():
        complaints.print(f"reportedly: {setup.name()} is empty; add to it with: reportedly add SOURCE…")
    if host not in LOOPBACK and load().site_hosts == Settings().site_hosts:
        complaints.print("reportedly: name the hosts that the site answers to in REPORTEDLY_SITE_HOSTS")
    setup.close()  # the workers have connections of their own


def _free(host: str, port: int) -> int:
    """The port, or a free one for 0.

    Raises:
        ReportedlyError: it cannot be listened on.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
            found: int = tried.getsockname()[1]
            return found
    except OSError as error:
        hint = "; choose another with --port" if error.errno == errno.EADDRINUSE else ""
        raise ReportedlyError(f"{host}:{port}: {error.strerror or error}{hint}") from None


def _server(host: str, port: int, workers: int) -> Any:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        "reportedly.pages.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    )


@app.command()
def token(
    user: Annotated[str, typer.Argument(metavar="USER", help="The user in whose name it writes.")],
    note: Annotated[str, typer.Option(metavar="TEXT", help="What it is for.")] = "",
    days: Annotated[
        int | None, typer.Option(min=1, help="How long it is good; until it is revoked, if not given.")
    ] = None,
    show: Annotated[bool, typer.Option("--list", help="List the user's tokens instead.")] = False,
    revoke: Annotated[int | None, typer.Option(metavar="NUMBER", help="Take a token back instead.")] = None,
) -> None:
    """Make a token by which a program decides through the API in a user's name; it is shown once."""
    open_site()
    from django.contrib.auth.models import User

    from reportedly.record import tokens

    if revoke is not None:
        tokens.revoke(user, revoke)
        typer.echo(f"token {revoke} of {user} is revoked")
    elif show:
        for row in tokens.of(user):
            used = f"last used {row.used:%Y-%m-%d}" if row.used else "never used"
            ends = f", ends {row.ends:%Y-%m-%d}" if row.ends else ""
            typer.echo(f"{row.pk}: made {row.made:%Y-%m-%d}, {used}{ends}{f' ({row.note})' if row.note else ''}")
    elif not User.objects.filter(username=user, is_active=True).exists():
        raise ReportedlyError(f"{user}: no such user who may sign in")
    else:
        typer.echo(tokens.make(user, note, days))
