"""Where a figure is of, when its sentence names the place by a noun alone: "the camp", "the village".

Such a noun stands for a name only if the article has used it of one name before ("the al-Hol camp", "the village
of Baghuz") and of no other; a nearest place is never taken instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Figure, Place
from reportedly.statements import columns, spans
from reportedly.statements.control_clause import prepositions, word_set
from reportedly.statements.control_names import kinds
from reportedly.statements.control_places import Gazette

#: Kinds of control_place_nouns.tsv whose nouns are of one place.
ONE = frozenset({"settlement", "quarter", "area", "holdout"})
LOOSE = word_set("loose_modifiers")
TOWARDS = frozenset({"to", "into", "toward", "towards", "for"})
#: Words before a number that set it against another number of the sentence.
AGAINST = frozenset({"than", "from"})
#: How many words before a number such a word may stand ("than the few hundred").
BEFORE = 3


def described(doc: Doc) -> list[tuple[Place, int]]:
    """Nouns that stand for a place of the article: each as a place where the noun stands, and the place's number."""
    read, of_one = columns.of(doc), {noun for noun, kind in kinds().items() if kind in ONE}
    nouns = [doc[i] for i, tag in enumerate(read.tag) if tag == "NN" and read.lemma[i] in of_one]
    if not nouns:
        return []
    gazette, found = Gazette(doc), []
    numbers = {t.i: n for n, place in enumerate(doc._.places) for t in spans.tokens_at(doc, place.start, place.end)}
    named: dict[str, dict[str, int]] = {}
    for noun in nouns:
        names = named.setdefault(noun.lemma_.lower(), {})
        own = _named(gazette, noun, numbers)
        if own is not None:
            names[doc._.places[own].name or doc._.places[own].text] = own
        elif _refers(noun) and len(names) == 1 and _alone(noun, set(names), numbers):
            number = next(iter(names.values()))
            found.append((_at(noun, doc._.places[number]), number))
    return found


def _named(gazette: Gazette, noun: Token, numbers: dict[int, int]) -> int | None:
    """The place that a noun is used of: "the village of Baghuz", "the camp at al-Hol", "Baghuz, a village"."""
    for token in _beside(noun):
        if token.i in numbers and gazette.named(token):
            return numbers[token.i]
    return None


def _beside(noun: Token) -> Iterator[Token]:
    yield from (child for child in noun.children if child.dep_ in ("compound", "nmod", "appos"))
    yield from (filler for name, filler in prepositions(noun) if name in ("of", "at"))
    if noun.dep_ == "appos":
        yield noun.head


def _refers(noun: Token) -> bool:
    """True for "the camp": definite, and not told from others by a modifier of its own."""
    words = list(noun.children)
    definite = any(child.lower_ in ("the", "this", "that") for child in words)
    return definite and all(
        child.lower_ in LOOSE for child in words if child.dep_ in ("amod", "compound", "nmod", "nummod", "poss")
    )


def _alone(noun: Token, names: set[str], numbers: dict[int, int]) -> bool:
    """True if nothing else can be meant: no other place in the sentence, and not on the way to it ("to the camp")."""
    places = noun.doc._.places
    others = (places[numbers[token.i]] for token in noun.sent if token.i in numbers)
    if any(place.precision != "country" and (place.name or place.text) not in names for place in others):
        return False
    return noun.dep_ != "pobj" or noun.head.lower_ not in TOWARDS


def _at(noun: Token, place: Place) -> Place:
    end = noun.idx + len(noun)
    return Place(start=noun.idx, end=end, text=noun.text, name=place.name, precision=place.precision)


def compared(doc: Doc, figures: list[Figure]) -> None:
    """Bind numbers that are set against the number before them in their sentence.

    "3,000 gave up in Baghuz, far more than the few hundred that had been expected": both are of Baghuz. "Grown from
    9,000 in December to 73,000": December is of the first alone."""
    for before, figure in pairwise(figures):
        first, second = (spans.tokens_at(doc, one.start, one.end) for one in (before, figure))
        if before.measure != figure.measure or first.sent != second.sent:
            continue
        words = {token.lower_ for token in doc[max(first.end, second.start - BEFORE) : second.start]}
        if figure.place is None and words & AGAINST:
            figure.place = before.place
        if _rises(doc, first, second) and figure.date is not None:
            date = doc._.dates[figure.date]
            if before.end <= date.start and date.end <= figure.start:
                figure.date = None


def _rises(doc: Doc, first: Tokens, second: Tokens) -> bool:
    """True for "from A … to B"."""
    return first.start > 0 and doc[first.start - 1].lower_ == "from" and doc[second.start - 1].lower_ == "to"
