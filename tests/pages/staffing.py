"""Accounts of the staff, and what there is to decide on in the example record."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from reportedly.pages import roles
from reportedly.record import responses
from reportedly.record.models import Event, Response, Statement
from reportedly.record.queries import review

PASSWORD = "a long one for the tests"
#: A quick hash: what is tested is not how slow a good one is.
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def account(role: str, name: str = "", password: str = "") -> User:
    """An account with a role; "" is one that has none."""
    user = User(username=name or f"{role or 'nobody'}-of-the-staff", email=f"{role or 'nobody'}@staff.example")
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    roles.give(user, role)
    return user


def signed_in(role: str, name: str = "") -> Client:
    """A client of somebody with a role."""
    wanted = name or f"{role or 'nobody'}-of-the-staff"
    user = User.objects.filter(username=wanted).first() or account(role, wanted)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def pressing() -> Statement:
    """The statement that the queue puts first."""
    return Statement.objects.get(key=review.queue(1)[0].evidence.statement, current=True)


def event() -> Event:
    """An event with several reports that is like another one."""
    rows = Event.objects.filter(articles__gt=1, merged_into=None).order_by("-articles", "pk")
    return next(row for row in rows if review.alike(row.public_id))


def response(to: str, target: str, text: str = "The place is wrong.", state: str = "waiting") -> Response:
    """A response of a reader."""
    about = responses.about(to, target)
    made = responses.submit(about, "Nadia Reader", "nadia.private@reader.example", text, "")
    return made if state == "waiting" else responses.moderate(made.pk, state, "editor-of-the-staff")
