"""What one worker process does: it keeps a loaded pipeline and codes batches of rows."""

from __future__ import annotations

import json
import signal
from typing import Any

import msgspec
from spacy.language import Language

from reportedly.articles import jsonlines
from reportedly.articles.language import check_english
from reportedly.data import Article, CodedArticle, to_dict
from reportedly.errors import ReadError, ReportedlyError
from reportedly.settings import Settings
from reportedly.statements import language


class Row(msgspec.Struct, frozen=True):
    """One line of input: where it stands, and its object."""

    where: str
    content: dict[str, Any]


class Done(msgspec.Struct, frozen=True):
    """The fate of one line of input: the coded line, or the reason why there is none."""

    where: str
    id: str | None
    line: bytes | None = None
    reason: str | None = None


#: What only coding sets: never taken from the input.
CODED = tuple(name for name in CodedArticle.__struct_fields__ if name not in Article.__struct_fields__)

_nlp: Language | None = None
_settings = Settings()


def start(settings: Settings) -> None:
    """Load the pipeline, once a process. Ctrl-C is the parent's to handle."""
    global _nlp, _settings
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _settings = settings
    _nlp = language.load(settings)


def code(rows: list[Row]) -> list[Done]:
    """Code a batch. If anything in it fails, its articles are coded one by one, so that only
    those that fail themselves are lost."""
    checked = [_checked(row) for row in rows]
    good = [article for article in checked if isinstance(article, Article)]
    try:
        coded = iter(_coded(good))
        return [_done(row, next(coded)) if isinstance(a, Article) else a for row, a in zip(rows, checked, strict=True)]
    except Exception:  # noqa: BLE001 - a stage may be anybody's: whatever it raises, the other articles go on
        return [_alone(row, a) if isinstance(a, Article) else a for row, a in zip(rows, checked, strict=True)]


def _checked(row: Row) -> Article | Done:
    try:
        article = jsonlines.article(row.where, row.content)
        if len(article.text) > _settings.max_text:
            raise ReadError(row.where, f"its text is longer than {_settings.max_text:,} characters")
        article.text.encode()
        check_english(row.where, article.text)
    except ReadError as error:
        return _failed(row, error.reason)
    except UnicodeEncodeError:
        return _failed(row, "its text holds half a surrogate pair, which is no character")
    return article


def _coded(articles: list[Article]) -> list[CodedArticle]:
    if _nlp is None:
        raise ReportedlyError("the worker was not started")
    return list(language.code(_nlp, articles, _settings.batch_size))


def _alone(row: Row, article: Article) -> Done:
    try:
        return _done(row, _coded([article])[0])
    except Exception as error:  # noqa: BLE001 - as above; the reason goes into the file of failures
        return _failed(row, f"{type(error).__name__}: {error}".splitlines()[0])


def _done(row: Row, coded: CodedArticle) -> Done:
    """The row with what was coded added; fields of the row that we do not know are kept."""
    built = to_dict(coded)
    merged = {**built, **row.content, **{name: built[name] for name in CODED}}
    return Done(row.where, coded.id, line=json.dumps(merged, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _failed(row: Row, reason: str) -> Done:
    found = row.content.get("id")
    return Done(row.where, None if found is None else str(found), reason=reason)
