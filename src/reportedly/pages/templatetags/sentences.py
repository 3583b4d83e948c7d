"""Events and sentences with who says them, of which a page has dozens: written here, where a template would take most of
the page's time. Whatever comes from outside is escaped.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from functools import lru_cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reportedly.events.findings import Support
from reportedly.pages.templatetags import linking, reading
from reportedly.record.queries.events import EventLine
from reportedly.record.queries.evidence import UNNAMED, Evidence

register = template.Library()


@register.filter
def sentence(one: Evidence) -> SafeString:
    """A statement's sentence, who says it, and the way to it in its article."""
    said = f"{escape(one.says)}{' [party to the conflict]' if one.party else ''}, "
    who = said if one.speakers and one.says != one.outlet else ""
    where = f"{escape(one.outlet or UNNAMED)}{_on(one.published)}"
    address = escape(linking.at(one.article, one.statement))
    return mark_safe(f'{_quoted(one.quote)} <span class="small">{who}<a href="{address}">{where}</a></span>')


@register.filter
def supporters(found: Iterable[Support], known: Collection[str] | None) -> SafeString:
    """The sentences that a position rests on as items of a list, with who says them; those that are known from above are
    not said again."""
    return mark_safe("".join(f"<li>{_supporting(one, known)}</li>" for one in linking.distinct(found)))


@register.filter
def summary(event: EventLine) -> SafeString:
    """An event as an item of a list: what, when, where, how certain, how widely reported, and the first sentence."""
    title = f'<a class="title" href="{escape(_event(event.id))}">{escape(reading.headline(event.label))}</a>'
    where = f" · {escape(reading.where(event.place))}" if event.place else ""
    meta = f"{escape(reading.when(event))}{where} · {escape(reading.certain(event.certainty))}"
    told = f"{tags(event)} {escape(reading.origins(event))}"
    return mark_safe(f'<li>{title}<p class="meta">{meta}</p><p class="meta">{told}</p>{_first(event.support)}</li>')


@register.filter
def tags(event: EventLine) -> SafeString:
    """What people and sources have to say against an event or for it, and that a machine coded it."""
    disputed = '<span class="tag dispute">≠ disputed</span> ' if event.disputed else ""
    if event.verified:
        return mark_safe(f'{disputed}<span class="tag person">✓ confirmed by a person</span>')
    if event.judgement == "rejected":
        return mark_safe(f'{disputed}<span class="tag dispute">✗ rejected by a person</span>')
    return mark_safe(f'{disputed}<span class="tag machine">machine coding, not verified</span>')


@lru_cache(maxsize=10_000)
def _event(public_id: str) -> str:
    return reverse("event", args=[public_id])


def _first(support: tuple[Support, ...]) -> str:
    if not support:
        return ""
    said = f"{escape(reading.says(support[0]))}{_on(support[0].published)}"
    return f'<blockquote><p>{escape(support[0].quote)}</p><footer class="small">{said}</footer></blockquote>'


def _supporting(one: Support, known: Collection[str] | None) -> str:
    again = one.quote in (known or ())
    quote = "" if again else f"{_quoted(one.quote)}<br>"
    hedged = " · said with reservation" if one.hedged else ""
    address = escape(linking.at(one.article, one.statement))
    link = f"{'the same sentence' if again else 'in the article'}{_of(one.outlet)}"
    said = f"{escape(reading.says(one))}{_on(one.published)}{hedged}"
    return f'{quote}<span class="small">{said} · <a href="{address}">{link}</a></span>'


def _quoted(quote: str) -> str:
    bare = ' class="bare"' if reading.quotes(quote) else ""
    return f"<q{bare}>{escape(quote)}</q>"


def _on(published: datetime.date | str | None) -> str:
    return f", {escape(reading.day(published))}" if published else ""


def _of(outlet: str | None) -> str:
    return f'<span class="sr"> of {escape(outlet or UNNAMED)}</span>'
