"""Responses under a page, and the way to write one."""

from __future__ import annotations

from typing import Any

from django import template

from reportedly.pages import roles
from reportedly.record import responses

register = template.Library()


@register.inclusion_tag("pages/responses/_list.html", takes_context=True)
def responses_of(context: Any, kind: str, target: str) -> dict[str, Any]:
    """What readers responded to an event or an article, the form to respond, and for staff the way to review it."""
    user = getattr(context.get("request"), "user", None)
    return {
        "kind": kind,
        "target": target,
        "responses": responses.shown(kind, target),
        "reviews": user is not None and user.is_authenticated and roles.at_least(user, "coder"),
    }


@register.simple_tag(takes_context=True)
def allowed(context: Any, needed: str) -> bool:
    """True if the reader of the page has this role or a higher one."""
    user = getattr(context.get("request"), "user", None)
    return user is not None and user.is_authenticated and roles.at_least(user, needed)


@register.simple_tag(takes_context=True)
def whole_text(context: Any, article: str) -> bool:
    """True if the reader of the page may read this article whole. One query for those who are not signed in."""
    return allowed(context, "reader") or responses.whole_text(article)
