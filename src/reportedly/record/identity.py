"""When two reports are the same article: by address, or by outlet, headline and text."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Literal
from urllib.parse import urldefrag, urlsplit

import courlan
from django.db.models import QuerySet
from msgspec import Struct

from reportedly.articles.reader import identity
from reportedly.data import Article, Versions
from reportedly.record import models

#: Longer ids of an input are replaced by our own, so that a statement's key stays short.
LONGEST_ID = 64
Fate = Literal["new", "revised", "known"]


def fold(name: str) -> str:
    """A name as it is compared: no accents, no case, single spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def address(url: str) -> str:
    """The canonical form of an address: without scheme, "www.", fragment and the parameters by which visits are
    tracked; host in lower case, parameters in order."""
    plain = courlan.normalize_url(urldefrag(url.strip()).url, strict=False)
    return plain.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def outlet(article: Article) -> str:
    """The outlet as it is compared: the publisher, else the host of the address, else nothing."""
    host = urlsplit(article.url or "").hostname or ""
    return fold(article.publisher or "") or host.removeprefix("www.")


def content(article: Article) -> str:
    """The SHA-256 of outlet, headline and text, spaces apart: the same for the same report at any address."""
    parts = (outlet(article), *(" ".join((part or "").split()) for part in (article.title, article.text)))
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


class Found(Struct, frozen=True, kw_only=True):
    """What the record knows of an article that comes in.

    `known` is an article of the record or None; `revision` its revision with this very content or None.
    `moved` is true if the article is known, but not at this address.
    """

    content: str
    known: models.Article | None = None
    revision: models.Revision | None = None
    moved: bool = False

    @property
    def fate(self) -> Fate:
        """What becomes of it: a new article, a new revision, or nothing."""
        if self.known is None:
            return "new"
        return "known" if self.revision else "revised"

    def recodable(self, coder: Versions | None) -> bool:
        """True if it is known as it stands now, but no coding of it is by this coder."""
        if coder is None or self.known is None or self.revision is None or self.known.revision_id != self.revision.pk:
            return False
        by = {"program": coder.program, "model": coder.model, "lexicons": coder.lexicons}
        return not models.Coding.objects.filter(revision=self.revision, **by).exists()


def find(article: Article) -> Found:
    """Look an article up: by its address first, then by its content."""
    key = content(article)
    by_address = _at(article.url)
    known = by_address or _alike(key)
    if known is None:
        return Found(content=key)
    revision = models.Revision.objects.filter(article=known, content=key).order_by("-number").first()
    moved = bool(article.url) and by_address is None
    return Found(content=key, known=known, revision=revision, moved=moved)


def _articles() -> QuerySet[models.Article]:
    return models.Article.objects.select_related("coding", "revision").defer("coding__coded", "revision__text")


def _at(url: str | None) -> models.Article | None:
    if not url:
        return None
    return _articles().filter(addresses__key=address(url)).first()


def _alike(key: str) -> models.Article | None:
    found = models.Revision.objects.filter(content=key).order_by("article_id").values("article_id")[:1]
    return _articles().filter(pk__in=found).first()


def public_id(article: Article, key: str) -> str:
    """The id of a new article: its own if it is short and free, else that of its address or text."""
    wanted = [article.id, identity(article), key[:32]]
    names = [name for name in wanted if name and len(name) <= LONGEST_ID and "/" not in name]
    taken = set(models.Article.objects.filter(public_id__in=names).values_list("public_id", flat=True))
    return next((name for name in names if name not in taken), key)
