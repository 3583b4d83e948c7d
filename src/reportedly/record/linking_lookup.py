"""The old mentions that those of a new article are compared with.

All of the articles that are nearest by their rarest terms (the same story), and some more that share a place or an
actor in the same weeks, from the rarest key on. Both are bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from django.db.models import Count, Q

from reportedly.events import linking
from reportedly.events.mentions import LinkMention
from reportedly.record.decisions import Constraints
from reportedly.record.models import Article, LinkKey, Statement, StoryTerm

#: A term that more articles share than these tells no story.
COMMON = 5000
#: Old mentions to which the keys of one new mention lead, at most.
CANDIDATES = 60
_decode = msgspec.msgpack.Decoder(LinkMention).decode
_encode = msgspec.msgpack.Encoder().encode


class Old(msgspec.Struct, frozen=True):
    """A mention of the record and the event that linking is given for it."""

    mention: LinkMention
    event: str


def old(story: Sequence[int], keys: Mapping[str, Sequence[int]], constraints: Constraints) -> dict[str, Old]:
    """Old mentions by key, in the order in which they were stored.

    Args:
        story: the new article's terms.
        keys: those of each of its mentions.
    """
    found: dict[int, Statement] = {}
    for wanted in (Q(article__in=_articles(story)), Q(pk__in=_sharing(keys))):
        rows = Statement.objects.filter(wanted, current=True, features__isnull=False)
        found |= {row.pk: row for row in rows.only("key", "features", "linked", "article")}
    profiles = _profiles({row.article_id for row in found.values()})
    return {
        row.key: Old(decode(row, profiles[row.article_id]), constraints.given(row.key, row.linked))
        for _, row in sorted(found.items())
    }


def _profiles(articles: Iterable[int]) -> dict[int, bytes]:
    rows = Article.objects.filter(pk__in=list(articles)).values_list("pk", "profile")
    return {pk: bytes(profile) for pk, profile in rows}


def encode(mention: LinkMention) -> bytes:
    """A mention as it is kept with its statement: without the profile, which the article has."""
    return _encode(msgspec.structs.replace(mention, profile=b""))


def decode(row: Statement, profile: bytes) -> LinkMention:
    """The mention of a statement, with the profile of its article."""
    return msgspec.structs.replace(_decode(bytes(row.features or b"")), profile=profile)


def _articles(story: Sequence[int]) -> list[int]:
    """The articles that share most terms with a new one, of equals those that were added last."""
    counts = StoryTerm.objects.filter(term__in=story).values_list("term").annotate(n=Count("pk"))
    telling = [term for term, count in counts if count <= COMMON]
    shared = StoryTerm.objects.filter(term__in=telling).values_list("article").annotate(n=Count("pk"))
    return [article for article, _ in shared.order_by("-n", "-article")[: linking.ARTICLES]]


def _sharing(keys: Mapping[str, Sequence[int]]) -> set[int]:
    """Statements that share a key, from the rarest key on; of a key with very many those that were added last."""
    counts = _counts({key for listed in keys.values() for key in listed})
    wanted = sorted({key for listed in keys.values() for key in _telling(listed, counts)}, key=lambda k: (counts[k], k))
    few = _statements([key for key in wanted if counts[key] <= CANDIDATES])
    found: dict[int, None] = {}
    for key in wanted:
        found.update(dict.fromkeys(few[key] if key in few else _newest(key)))
        if len(found) >= linking.MENTIONS:
            break
    return set(list(found)[: linking.MENTIONS])


def _statements(keys: Sequence[int]) -> dict[int, list[int]]:
    """The statements of rare keys, all at once."""
    found: dict[int, list[int]] = {key: [] for key in keys}
    for key, statement in LinkKey.objects.filter(key__in=keys).order_by("-statement").values_list("key", "statement"):
        found[key].append(statement)
    return found


def _newest(key: int) -> list[int]:
    rows = LinkKey.objects.filter(key=key).order_by("-statement").values_list("statement", flat=True)
    return list(rows[:CANDIDATES])


def _counts(keys: Iterable[int]) -> dict[int, int]:
    rows = LinkKey.objects.filter(key__in=sorted(keys)).values_list("key")
    return dict(rows.annotate(n=Count("pk")))


def _telling(keys: Iterable[int], counts: Mapping[int, int]) -> list[int]:
    """The rarest keys, until they lead to as many old mentions as a new one is compared with."""
    chosen: list[int] = []
    reached = 0
    for key in sorted((key for key in keys if counts.get(key)), key=lambda key: (counts[key], key)):
        if reached >= CANDIDATES:
            break
        chosen.append(key)
        reached += counts[key]
    return chosen
