"""Responses of readers: taken in, moderated, and tied to the decision that followed.

A response waits until somebody of the staff has looked at it. The reader's email is for the moderators; nothing that
is given to readers (`Shown`) has it.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from msgspec import Struct

from reportedly.errors import DecisionError, QueryError
from reportedly.record import decisions_standing, history, setup
from reportedly.record.decisions_standing import Decided
from reportedly.record.models import Article, Decision, Event, OutletSetting, Response, Statement
from reportedly.record.prepared import Prepared

KINDS = ("statement", "event", "article")
#: Days after which it is forgotten from where a response was sent.
REMEMBERED = datetime.timedelta(days=3)
#: Responses from one address, and to one target, within a time.
FROM_ADDRESS = ((5, datetime.timedelta(hours=1)), (20, datetime.timedelta(days=1)))
TO_TARGET = ((20, datetime.timedelta(hours=1)),)
#: Control characters but tabs and line ends, and the marks that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

_shown_of = Prepared(
    lambda kind, target: Response.objects.filter(kind=kind, target=target, state="shown").values_list("pk")
)
_shown_of_article = Prepared(
    lambda kind, target, article: Response.objects.filter(
        Q(kind=kind, target=target) | Q(article=article), state="shown"
    ).values_list("pk")
)
_open_outlets = Prepared(
    lambda article: OutletSetting.objects.filter(outlet__articles__public_id=article, whole_text=True).values_list(
        "pk"
    )[:1]
)


class About(Struct, frozen=True):
    """What a response is about, with words for its readers; `article` is that of a statement."""

    kind: str
    target: str
    title: str
    article: str = ""


class Shown(Struct, frozen=True, kw_only=True):
    """A response as the public sees it. `decided` says what followed from it, in a few words; `undone` is true where
    that does not stand any more."""

    id: int
    kind: str
    target: str
    name: str
    text: str
    made: str
    note: str
    decided: str = ""
    undone: bool = False


def about(kind: str, target: str) -> About:
    """What can be responded to.

    Raises:
        QueryError: the record has no such thing.
    """
    if kind == "event":
        event = Event.objects.filter(public_id=target).first()
        if event is not None:
            return About(kind, target, event.label)
    elif kind == "article":
        article = Article.objects.filter(public_id=target).first()
        if article is not None:
            return About(kind, target, article.title or target)
    elif kind == "statement":
        row = Statement.objects.select_related("article").filter(key=target, current=True).first()
        if row is not None:
            return About(kind, target, row.quote, row.article.public_id)
    raise QueryError(f"{target}: no such {kind} in the record")


def clean(text: str) -> str:
    """A text without control characters and marks of direction."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def hashed(address: str, key: str) -> str:
    """An internet address so that it can be known again and not be read."""
    return hmac.new(key.encode(), b"responses " + address.encode(), hashlib.sha256).hexdigest()


def too_many(target: str, address: str) -> bool:
    """True if as many responses came from an address or to a target as are taken in a while."""
    now = timezone.now()
    limits = [(Q(address=address), one) for one in FROM_ADDRESS] + [(Q(target=target), one) for one in TO_TARGET]
    return any(
        Response.objects.filter(same, made__gt=now - within).count() >= number for same, (number, within) in limits
    )


def submit(to: About, name: str, email: str, text: str, address: str) -> Response:
    """Take a response in; it waits for a moderator. What is older is forgotten by the way."""
    forget()
    return Response.objects.create(
        kind=to.kind,
        target=to.target,
        article=to.article or (to.target if to.kind == "article" else ""),
        name=clean(" ".join(name.split())),
        email=email,
        text=clean(text),
        address=address,
    )


def forget() -> int:
    """Forget from where older responses were sent; how many they were."""
    old = Response.objects.filter(made__lt=timezone.now() - REMEMBERED).exclude(address="")
    return old.update(address="")


def waiting() -> QuerySet[Response]:
    """The responses that nobody has moderated yet, the oldest first."""
    return Response.objects.filter(state="waiting").order_by("pk")


def moderate(number: int, state: str, user: str, note: str = "") -> Response:
    """Show or decline a response, whatever it was before.

    Raises:
        QueryError: there is no such response.
        DecisionError: the state is none of a moderator's.
    """
    if state not in ("shown", "declined"):
        raise DecisionError(f"{state}: a response is shown or declined")
    with setup.told(), transaction.atomic():
        row = _row(number)
        row.state, row.moderator, row.moderated, row.note = state, user, timezone.now(), clean(note)
        row.save()
    return row


def accept(number: int, decision: int, user: str) -> Response:
    """Show a response together with the decision that followed from it.

    Raises:
        QueryError: there is no such response.
    """
    with setup.told(), transaction.atomic():
        row = moderate(number, "shown", user, _row(number).note)
        row.decision = Decision.objects.get(pk=decision)
        row.save()
    return row


def _row(number: int) -> Response:
    row = Response.objects.filter(pk=number).first()
    if row is None:
        raise QueryError(f"{number}: no such response")
    return row


def shown(kind: str, target: str) -> list[Shown]:
    """What readers responded to an event or an article (its statements included), the oldest first; nothing but what
    moderators let through. One query, one more where there is one, two more where something was decided."""
    same = _shown_of_article(kind, target, target) if kind == "article" else _shown_of(kind, target)
    rows = list(Response.objects.filter(pk__in=[pk for (pk,) in same]).order_by("pk")) if same else []
    decided = _decided(row.decision_id for row in rows)
    return [_shown(row, decided.get(row.decision_id or 0)) for row in rows]


def _decided(ids: Iterable[int | None]) -> dict[int, Decided]:
    wanted = {number for number in ids if number is not None}
    if not wanted:
        return {}
    targets = set(Decision.objects.filter(pk__in=wanted).values_list("target", flat=True))
    every = decisions_standing.all_of(Decision.objects.filter(target__in=targets))
    return {one.id: one for one in every if one.id in wanted}


def _shown(row: Response, decided: Decided | None) -> Shown:
    return Shown(
        id=row.pk,
        kind=row.kind,
        target=row.target,
        name=row.name,
        text=row.text,
        made=row.made.isoformat(timespec="seconds"),
        note=row.note,
        decided=history.told(decided) if decided else "",
        undone=decided is not None and not decided.stands,
    )


def whole_text(article: str) -> bool:
    """True if an article's outlet allows that the public reads it whole. One query."""
    return bool(_open_outlets(article))
