"""The whole flow on one page.

    source ──reader──▶ Article ──stages──▶ CodedArticle ──▶ account (terminal, HTML, JSON)

Before the stages the language model parses the article and the text encoder reads it once (`statements.reading`): names,
and the logits from which attributions are decoded.

An Article comes from `articles.reader`: a page, text, feed, WARC file or folder. The stages of
`statements.layers.ORDER` run on it as one spaCy pipeline, each filling a layer of the coded article:

    entities      persons, organisations, places, weapons … (re3d's schema)
    actors        which known actor a mention is; acronyms, short forms, pronouns
    places        toponyms with coordinates and the precision that the text supports
    dates         date expressions as intervals, read against the publication date
    attributions  who said what: source, cue, content; speaker, organisation, channel
    figures       quantities with range, bound, approximation, measure and what is counted
    events        PLOVER events with actors and recipients
    control       who holds, captures, loses, besieges or contests a place
    incidents     instruments, targets, and MUC's incident types
    binding       what belongs together: place, date, figures and source of each statement
    certainty     fact, reported, possible, forecast, denied
    disputes      statements of the article that contradict or qualify each other

Many articles are coded by `engines.local`, on all cores. What many reports tell together is worked out from coded
articles, without this module:

    CodedArticle ──events.flatten──▶ statements, each with its place, days and chain of sources
                 ──events.linking──▶ which of them are of one event
                 ──events.reconcile──▶ origins, positions, tolls, grades (`events.findings`)

`record.adding` does that for the stored record, one article a transaction, and `record.deriving` makes anew what an
article touches; `record.queries` is what commands, pages, API and exports ask.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language

from reportedly.articles.archive import Archive
from reportedly.articles.reader import Reader
from reportedly.data import Article, CodedArticle
from reportedly.errors import ReadError
from reportedly.settings import Settings
from reportedly.statements import language


class Pipeline:
    """Reads and codes sources; the language model is loaded at the first article."""

    def __init__(self, settings: Settings, archive: Archive | None = None) -> None:
        self.settings = settings
        self.reader = Reader(settings, archive)
        self._nlp: Language | None = None

    def account(self, source: str) -> Iterator[CodedArticle | ReadError]:
        """The coded articles of a source, and an error for each article that cannot be read."""
        for article in self.reader.read(source):
            if isinstance(article, ReadError):
                yield article
                continue
            yield self._coded(source, article)

    def _coded(self, source: str, article: Article) -> CodedArticle | ReadError:
        if self._nlp is None:
            self._nlp = language.load(self.settings)
        try:
            return next(language.code(self._nlp, [article]))
        except Exception as error:  # noqa: BLE001 - a stage may be anybody's: whatever it raises, the other articles go on
            return ReadError(
                article.url or source, f"could not be coded ({type(error).__name__}: {error})".splitlines()[0]
            )
