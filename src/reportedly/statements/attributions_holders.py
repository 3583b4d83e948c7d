"""Who holds an office that is named alone ("the Turkish president"), and for which state a leader named alone speaks.

The article's own words go first: whoever it names with the same office of the same state. What every reader is
expected to know is in the lexicon attributions_terms.tsv: who was president of what on the day of the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.data import Participant
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors import participant
from reportedly.statements.attributions_memory import alike
from reportedly.statements.attributions_offices import Office

#: How many characters back a leader may be whom "the president" means: some two sentences.
_NEAR = 400
_MODIFYING = frozenset(("compound", "amod", "nmod"))


@dataclass(frozen=True)
class _Term:
    offices: tuple[str, ...]
    since: str
    until: str


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[_Term, ...]]:
    found: dict[str, tuple[_Term, ...]] = {}
    for row in lexicons.rows("attributions_terms.tsv"):
        term = _Term(tuple(row["office"].split("|")), row["from"], row["to"] or "9999")
        found[row["name"]] = (*found.get(row["name"], ()), term)
    return found


def _term(name: str, day: str) -> _Term | None:
    return next((term for term in _terms().get(name, ()) if term.since <= day < term.until), None)


def serving(coded: Participant, name: str | None, published: str | None) -> Participant:
    """A well-known leader as coded, without the state if not known to be in office on the day of the report (ISO 8601)."""
    known = registry.leader(name or "")
    if known is None or (published and _term(known.name, published[:10])):
        return coded
    return replace(coded, sector=None)


class Holders:
    """The holders of the offices of one article.

    Args:
        doc: the article.
        held: its offices.
        name_of: the full name of a person's tokens.
    """

    def __init__(self, doc: Doc, held: Iterable[Office], name_of: Callable[[Tokens], str]) -> None:
        self._doc = doc
        self._name_of = name_of
        self._named = [office for office in held if office.person is not None]

    def holder(self, office: Office, country: str | None) -> Office | None:
        """The one whom the article names with the same office of the same state or body.

        Args:
            office: an office named without its holder.
            country: the state that it is of (ISO 3166-1 alpha-3), if known.
        """
        title = _title(office)
        same = [
            one
            for one in self._named
            if one.person is not None and _same(_title(one), title) and self._of_the_same(one, office, country)
        ]
        names = {self._name_of(one.person) for one in same if one.person is not None}
        return same[0] if len(names) == 1 else None

    def _of_the_same(self, one: Office, other: Office, country: str | None) -> bool:
        if one.body is not None and other.body is not None:
            some, others = participant(self._doc, one.body).id, participant(self._doc, other.body).id
            if one.body.text == other.body.text or (some is not None and some == others):
                return True
        if one.noun.lemma_ != other.noun.lemma_:
            return False
        return country is not None and participant(self._doc, _whole(one)).country == country

    def fits(self, office: Office, other: Office | None) -> bool:
        """Whether two offices can be the same one's: "the health minister" is not the foreign minister."""
        return other is None or not _title(office)[0] or not _title(other)[0] or _title(office) == _title(other)

    def leader(self, office: Office, country: str | None) -> registry.Leader | None:
        """The well-known leader whom the article names and who has that office of a state on its day.

        Where the state is not told ("the president"), it is whoever of such leaders was named last, not long before.
        """
        day = self._doc._.article.published
        if not day:
            return None
        title = " ".join([*sorted(_title(office)[0]), _title(office)[1]])
        fitting = [
            (start, known)
            for start, known in self._leaders()
            if (term := _term(known.name, str(day)[:10])) is not None and title in term.offices
        ]
        if country is not None:
            found = {known for _, known in fitting if known.country == country}
            return found.pop() if len(found) == 1 else None
        before = [(start, known) for start, known in fitting if 0 < office.noun.idx - start < _NEAR]
        return before[-1][1] if before else None

    def _leaders(self) -> Iterator[tuple[int, registry.Leader]]:
        """The well-known leaders that the article names, with where it names them."""
        for entity in self._doc._.entities:
            known = registry.leader(entity.name or entity.text) if entity.type == "Person" else None
            if known is not None:
                yield entity.start, known


def _same(some: tuple[frozenset[str], str], other: tuple[frozenset[str], str]) -> bool:
    """Whether two offices can be one: the same, or named by nouns that are alike ("president", then "chief")."""
    return some[0] == other[0] and (some[1] == other[1] or other[1] in alike().get(some[1], ()))


def _title(office: Office) -> tuple[frozenset[str], str]:
    """An office without its body: "foreign minister" of "Turkey's foreign minister"."""
    noun = office.noun
    body = range(office.body.start, office.body.end) if office.body is not None else range(0)
    before = (child for child in noun.children if child.i < noun.i and child.dep_ in _MODIFYING)
    return frozenset(t.lower_ for t in before if t.i not in body and t.text.islower()), noun.lemma_.lower()


def _whole(office: Office) -> Tokens:
    """An office's noun with its body before it."""
    start = office.noun.i
    if office.body is not None and office.body.start < start:
        start = office.body.start
    return office.noun.doc[start : office.noun.i + 1]
