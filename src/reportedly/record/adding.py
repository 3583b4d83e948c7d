"""Adding articles to the record, each in one transaction: whole or not at all.

What an article brings is looked up before it is coded, so that a repeat is quick, and again when it is stored, since
another process may have been quicker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from django.db import transaction
from msgspec import Struct

from reportedly.data import Article, CodedArticle, Versions
from reportedly.errors import ReadError, RecordError
from reportedly.events import flatten
from reportedly.events.linking import Linker
from reportedly.events.mentions import LinkMention
from reportedly.events.reports import EventReport, Reports
from reportedly.record import (
    coding,
    copying,
    decisions,
    deriving,
    identity,
    linking,
    models,
    naming,
    setup,
    tallies,
    writing,
)
from reportedly.record.identity import Fate, Found
from reportedly.record.incoming import Incoming, Known, storable
from reportedly.record.linking_kept import Earlier
from reportedly.settings import Settings

_encode = msgspec.json.Encoder().encode


class Prepared(Struct, frozen=True):
    """A coded article under its id in the record, with its statements and mentions: all that needs no database."""

    article: CodedArticle
    reports: Reports
    mentions: list[LinkMention]


class Adder:
    """Adds articles to the record; the linker and its models are kept from one to the next.

    Args:
        recode: articles that another coder has coded are coded again.
    """

    def __init__(self, settings: Settings, linker: Linker | None = None, *, recode: bool = False) -> None:
        self.linker = linker or Linker(settings, joined=linking.JOINED, told=linking.JOINED)
        self.recode = recode

    def wanted(self, article: Article, coder: Versions | None) -> bool:
        """True if the record wants a coding of the article; if not, a new address of it is kept and that is all."""
        found = identity.find(article)
        if self._fate(found, coder) != "known":
            return True
        if found.moved:
            with transaction.atomic():
                _keep_address(found.known, article)
        return False

    def add(self, article: CodedArticle) -> Fate:
        """Store a coded article, link its mentions and derive what hangs on them.

        Returns:
            Whether it was new, a new revision or coding of a known one, or known.
        """
        prepared = self._prepared(article, _id(identity.find(article), article))
        with transaction.atomic():
            setup.lock()
            touched = deriving.Touched()
            fate, stored = self._store(article, prepared, touched)
            deriving.derive(touched, *stored)
        return fate

    def add_together(self, articles: Iterable[CodedArticle]) -> list[Fate]:
        """Add several coded articles, all or none: what hangs on them is derived once, which is quicker by far where
        they tell of the same."""
        fates, touched, stored = [], deriving.Touched(), []
        with transaction.atomic():
            setup.lock()
            for article in articles:
                prepared = self._prepared(article, _id(identity.find(article), article))
                fate, more = self._store(article, prepared, touched)
                fates.append(fate)
                stored += more
            deriving.derive(touched, *stored)
        return fates

    def _store(
        self, article: CodedArticle, prepared: Prepared, touched: deriving.Touched
    ) -> tuple[Fate, list[tuple[models.Article, Reports]]]:
        """Store an article if it is wanted, inside a transaction."""
        found = identity.find(article)
        fate = self._fate(found, article.coder)
        if fate == "known":
            _keep_address(found.known, article)
            return fate, []
        if _id(found, article) != prepared.article.id:  # another process has just taken the id
            prepared = self._prepared(article, _id(found, article))
        return fate, [(_Storing(self.linker, found, prepared, touched).run(), prepared.reports)]

    def _fate(self, found: Found, coder: Versions | None) -> Fate:
        if found.fate == "known" and self.recode and found.recodable(coder):
            return "revised"
        return found.fate

    def _prepared(self, article: CodedArticle, public_id: str) -> Prepared:
        kept = msgspec.structs.replace(article, id=public_id)
        mentions = self.linker.mentions(kept)
        return Prepared(kept, _with_added(kept, flatten.reports(kept), mentions), mentions)


def _id(found: Found, article: Article) -> str:
    return found.known.public_id if found.known else identity.public_id(article, found.content)


def _with_added(article: CodedArticle, reports: Reports, mentions: Sequence[LinkMention]) -> Reports:
    """The reports with a bare one for each mention that the coding has not and linking has found."""
    starts = [span.start for span in article.sentences]
    added = [_bare(article, starts, mention) for mention in mentions if mention.coded is None]
    return msgspec.structs.replace(reports, events=(*reports.events, *added))


def _bare(article: CodedArticle, starts: Sequence[int], mention: LinkMention) -> EventReport:
    sentence = flatten.sentence(article, starts, mention.start)
    return EventReport(
        key=mention.key,
        article=mention.article,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        quote=" ".join(article.text[sentence.start : sentence.end].split()),
        sentence=sentence,
        outlet=article.publisher,
        published=article.published,
        type=mention.type,
        aside=mention.aside or "mentioned",
    )


def _keep_address(row: models.Article | None, article: Article) -> None:
    if row is not None and article.url:
        key = identity.address(article.url)
        models.Address.objects.get_or_create(key=key, defaults={"url": article.url, "article": row})


class _Storing:
    """One article on its way into the tables, inside its transaction."""

    def __init__(self, linker: Linker, found: Found, prepared: Prepared, touched: deriving.Touched) -> None:
        self.linker, self.found, self.touched = linker, found, touched
        self.article, self.reports, self.mentions = prepared.article, prepared.reports, prepared.mentions

    def run(self) -> models.Article:
        """Store it, and note what it touches."""
        row = self.found.known or self._new()
        _keep_address(row, self.article)
        revision = self.found.revision or self._revision(row)
        before = tallies.tally(models.Statement.objects.filter(article=row))
        earlier = self._retire(row, revision)
        coding_ = self._coding(revision)
        self._renew(row, revision, coding_)
        resting = copying.renew(row, revision)
        self._write(row, coding_, earlier)
        tallies.change(before, tallies.tally(models.Statement.objects.filter(article=row)))
        self.touched.statements(models.Statement.objects.filter(article__in=resting, current=True))
        return row

    def _write(self, row: models.Article, coding_: models.Coding, earlier: Earlier) -> None:
        reports = writing.listed(self.reports)
        standing = decisions.of_articles([self.article.id or ""])
        rows = writing.rows(coding_, reports, standing)
        linked = linking.link(self.linker, rows, self.mentions, earlier)
        both = zip(rows, standing.corrected(reports), strict=True)
        kept = [(row, report) for row, report in both if row.key not in linked.untold]
        rows = [row for row, _ in kept]
        writing.store(rows, [report for _, report in kept])
        linked.keep_keys(row)
        self.touched.rows(rows)

    def _new(self) -> models.Article:
        assert self.article.id is not None
        return models.Article.objects.create(public_id=self.article.id)

    def _revision(self, row: models.Article) -> models.Revision:
        article = self.article
        return models.Revision.objects.create(
            article=row,
            number=row.revisions.count() + 1,
            content=self.found.content,
            title=article.title or "",
            text=article.text,
            published=article.published or "",
            modified=article.modified or "",
            publisher=article.publisher or "",
            author=article.author or "",
            language=article.language or "",
            fetched=article.fetched or "",
            archive=article.archive or "",
        )

    def _coding(self, revision: models.Revision) -> models.Coding:
        by = self.article.coder or Versions(program="", model="", lexicons="")
        return models.Coding.objects.create(
            revision=revision,
            program=by.program,
            model=by.model,
            lexicons=by.lexicons,
            coded=_encode(self.article),
        )

    def _retire(self, row: models.Article, revision: models.Revision) -> Earlier:
        """What an earlier revision or coding gave counts no more; it stays to be read."""
        old = models.Statement.objects.filter(article=row, current=True)
        earlier = Earlier(list(old.exclude(linked="").order_by("pk")), row.revision_id == revision.pk)
        if row.coding_id is not None:
            self.touched.statements(old)
            models.LinkKey.objects.filter(statement__in=[one.pk for one in earlier.rows]).delete()
            old.update(current=False)
        return earlier

    def _renew(self, row: models.Article, revision: models.Revision, coding: models.Coding) -> None:
        """The article's own columns are those of its latest revision."""
        outlet = self.article.publisher
        sources = naming.stored([naming.outlet(outlet)] if outlet else [])
        row.outlet = next(iter(sources.values()), None)
        row.title = self.article.title or ""
        row.published = self.article.published or ""
        row.day = writing.day(self.article.published)
        row.revision, row.coding = revision, coding
        row.save()


def add_all(adder: Adder, incoming: Iterator[Incoming], settings: Settings) -> Iterator[Fate | ReadError]:
    """Add all that comes in, in its order; one that fails is told and does not stop the others.

    Raises:
        RecordError: the record itself fails (a full disk, a lost connection). What was added before stays.
    """
    for item in coding.code(_wanted(adder, incoming, settings), settings):
        if isinstance(item, Known):
            yield "known"
        else:
            yield item if isinstance(item, ReadError) else _add(adder, item)


def _wanted(adder: Adder, incoming: Iterator[Incoming], settings: Settings) -> Iterator[Incoming]:
    now = coding.coder(settings) if adder.recode else None
    for item in incoming:
        if isinstance(item, ReadError | Known):
            yield item
            continue
        coder = item.coder if isinstance(item, CodedArticle) else now
        yield _checked(adder, item, coder)


def _checked(adder: Adder, article: Article, coder: Versions | None) -> Incoming:
    try:
        with setup.told():
            return storable(article) if adder.wanted(article, coder) else Known()
    except ReadError as error:
        return error


def _add(adder: Adder, article: CodedArticle) -> Fate | ReadError:
    try:
        with setup.told():
            return adder.add(article)
    except RecordError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one article brings up, the others go on
        return ReadError(coding.where(article), f"could not be added ({type(error).__name__}: {error})".splitlines()[0])
