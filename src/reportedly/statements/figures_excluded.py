"""Numbers that are no figures, by the conventions of docs/stages/figures.md: names, ages, clock times,
time windows, "one", "the two"."""

from __future__ import annotations

from spacy.tokens import Span, Token

from reportedly.statements.figures_counted import Counted
from reportedly.statements.figures_lexicon import CONTEXT, is_person
from reportedly.statements.figures_numbers import Piece
from reportedly.statements.figures_quantities import Quantity

_POINTING = frozenset(("these", "those"))
_DEFINITE = frozenset(("the", "these", "those", "other", "all"))
_TELLING = frozenset(("amod", "relcl", "acl", "prep", "compound", "appos", "nmod"))
_RESTRICTING = frozenset(("of", "in", "from", "with", "on", "between", "without", "outside"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "ROOT"))
_AGED = (
    "aged",
    "age",
    "age of",
    "ages",
    "turned",
    "young as",
    "old as",
    "older than",
    "younger than",
    "aged between",
    "now",
)
_LIMITS = ("under", "over")
_SINGLE = frozenset(("i", "he", "she", "who"))
_OLDEST = 110
_GROWN = 30
_LARGEST = 1e13


def is_figure(quantity: Quantity, listed: list[Piece], tokens: Span, what: Counted) -> bool:
    """False for a number that states no quantity."""
    before = listed[quantity.first - 1].word if quantity.first else ""
    after = listed[quantity.last].word
    value = quantity.high if quantity.high is not None else quantity.low
    if value is None or value == 0 or value > _LARGEST:
        return False
    if quantity.measure == "duration" and not quantity.attributive and _window(quantity, listed):
        return False
    if _is_one(quantity, listed):
        return False
    if not quantity.unit:
        if _fixed_word(quantity, listed) or after in CONTEXT["after", "clock"]:
            return False
        if _is_year(quantity, what, tokens) or _is_clock(quantity, what, tokens):
            return False
        if _numbering(quantity, listed, tokens):
            return False
        if _already_named(quantity, tokens, what):
            return False
    return not _is_name(quantity, before, tokens, what)


def _window(quantity: Quantity, listed: list[Piece]) -> bool:
    """A time fixed by another one: "within six months", "two days later", "24 hours after", "five years on"."""
    first, last = quantity.first, quantity.last
    before = listed[first - 1].word if first else ""
    if before == "for" and listed[last].word in ("after", "before", "since"):
        return False  # "held for seven years after a raid"
    if before == "the" and first > 1:
        before = listed[first - 2].word
    after, more = listed[last].word, listed[last + 1].word
    if before in CONTEXT["before", "window"] or after in CONTEXT["after", "window"]:
        return True
    return (
        (after == "on" and more in (",", "."))
        or (after in ("’", "'") and more == "time")
        or (after == "from" and more == "now")
    )


def _fixed_word(quantity: Quantity, listed: list[Piece]) -> bool:
    """ "two-way", "three-fold": a hyphen glued to the number and no unit after it."""
    hyphen, word = listed[quantity.last], listed[quantity.last + 1]
    return hyphen.word == "-" and hyphen.start == quantity.end and word.start == hyphen.end and word.word[:1].isalpha()


def _is_one(quantity: Quantity, listed: list[Piece]) -> bool:
    """ "one" as pronoun or determiner, also "one day", "at least one"; "one or two" and "less than one km"
    are quantities."""
    ones = [value for value in (quantity.low, quantity.high) if value is not None]
    if set(ones) != {1.0} or not quantity.words:
        return False
    measured = quantity.measure not in ("duration", "members", "strength", "")
    return not (measured and quantity.start != quantity.number)


def _is_year(quantity: Quantity, what: Counted, tokens: Span) -> bool:
    """Digits in the range of years that modify no plural noun."""
    text = tokens.text
    if not (len(text) == 4 and text.isdigit() and 1900 <= int(text) < 2100):
        return False
    return what.noun is None or what.noun.tag_ not in ("NNS", "NNPS")


def _numbering(quantity: Quantity, listed: list[Piece], tokens: Span) -> bool:
    """The number of a list item: "2." or "3)" at the start of a line, or after a colon or full stop."""
    if quantity.words:
        return listed[quantity.last].word == ":" and tokens.root.dep_ not in ("nsubj", "nsubjpass", "dobj")
    before = listed[quantity.first - 1].word if quantity.first else "\n"
    opens = before[:1] in "\n:." or (tokens.start > 0 and tokens[0].nbor(-1).is_space)
    return opens and len(tokens.text) < 3 and listed[quantity.last].word in (".", ")")


def _is_clock(quantity: Quantity, what: Counted, tokens: Span) -> bool:
    """Hours and minutes as agencies write them: "at 0815", "from 2300 to 0500"."""
    for text in (tokens[0].text, tokens[-1].text):
        if len(text) == 4 and text.isdigit():
            counts = what.noun is not None and what.noun.i >= tokens.end
            if text[0] == "0" or (int(text[:2]) < 24 and int(text[2:]) < 60 and not counts):
                return True
    return False


def _already_named(quantity: Quantity, tokens: Span, what: Counted) -> bool:
    """ "the two", "the two men": those of before. "the three camps, which …" says more and counts."""
    value = quantity.low
    if not quantity.words or value is None or value > 10 or quantity.start != quantity.number:
        return False
    before = tokens[0].nbor(-1) if tokens.start else None
    if before is not None and before.lower_ in ("first", "last", "latter") and what.noun is None:
        return True
    if before is None or before.lower_ not in _DEFINITE:
        return False
    head = what.noun
    if head is None or before.lower_ in _POINTING:
        return True
    return not any(
        child.dep_ in _TELLING and (child.dep_ != "prep" or child.lower_ in _RESTRICTING) for child in head.children
    )


def _is_name(quantity: Quantity, before: str, tokens: Span, what: Counted) -> bool:
    """A number in a name: "resolution 2254", "Channel 4", "the Group of Seven"."""
    first = tokens[0]
    if any(token.like_url for token in tokens):
        return True
    if quantity.unit or quantity.start != quantity.number:
        return False
    counts = what.noun is not None and what.noun.i > first.i
    if first.text[0] == "0" or (first.i and first.nbor(-1).is_digit) or _followed_by_digits(tokens):
        return not quantity.words and "." not in first.text  # a telephone number
    if quantity.words and counts and what.noun is not None and what.noun.tag_ == "NNS":
        return False  # "December Three agencies warned"
    if quantity.words:
        return first.text.istitle() and not _opens(first) and first.pos_ in ("PROPN", "NUM")
    previous = first.nbor(-1) if first.i else None
    if previous is None:
        return False
    if before in CONTEXT["before", "name"] and (not counts or (previous.text.istitle() and not _opens(previous))):
        return True
    if counts:
        return False
    if previous.pos_ == "PROPN":
        return tokens.root.head is previous or tokens.root.dep_ not in _ARGUMENTS
    return previous.tag_ == "NN" and first.head is previous and first.dep_ in ("nummod", "appos")


def _followed_by_digits(tokens: Span) -> bool:
    return tokens.end < len(tokens.doc) and tokens.doc[tokens.end].is_digit


def _opens(token: Token) -> bool:
    """True for the first word of a sentence, of a quotation or after a colon."""
    return bool(token.is_sent_start) or token.i == 0 or token.nbor(-1).is_punct or token.nbor(-1).is_space


def is_age(quantity: Quantity, tokens: Span, what: Counted) -> bool:
    """Ages of people: "aged 19", "a 15-year-old", ", 42,". An "eight-year-old war" has a duration."""
    doc = tokens.doc
    after = doc[tokens.end : tokens.end + 2].text.lower()
    first = _approximators(quantity, tokens)
    before = doc[max(0, first - 2) : first].text.lower()
    if quantity.measure == "duration":
        return _is_age_in_years(quantity, what, before, after, doc[min(tokens.end + 2, len(doc) - 1)])
    if quantity.unit or (quantity.high or quantity.low or 0) > _OLDEST:
        return False
    if _before_age(tokens):
        return True
    if what.noun is not None:
        return False
    if before.endswith(_AGED) or _after_age(tokens):
        return True
    if quantity.start != quantity.number:  # children under five; most are under 18
        if before.endswith(_LIMITS) and tokens.start > 1 and doc[tokens.start - 2].lemma_ == "be":
            return (quantity.high or quantity.low or 0) <= _GROWN
        return before.endswith(_LIMITS) and tokens.start > 1 and is_person(doc[tokens.start - 2].lemma_.lower(), False)
    return _is_attribute(tokens.root) or _in_commas(tokens, after)


def _after_age(tokens: Span) -> bool:
    """ "aged 11 and seven": the second of two ages."""
    doc, i = tokens.doc, tokens.start
    return i > 2 and doc[i - 1].lower_ in ("and", ",", "to") and doc[i - 2].like_num and doc[i - 3].lower_ == "aged"


def _before_age(tokens: Span) -> bool:
    """ "her eight and nine-year-old sons": the first of two ages."""
    following = tokens.doc[tokens.end : tokens.end + 6].text.lower()
    return following.startswith(("and ", "- and ")) and "-year-old" in following


def _is_age_in_years(quantity: Quantity, what: Counted, before: str, after: str, following: Token) -> bool:
    if before.endswith(_AGED) or (after.startswith("old") and not quantity.attributive):
        return True
    if not after.startswith("-old"):
        return False
    named = (
        following.text.istitle()
        or following.pos_ in ("PROPN", "ADP", "PUNCT")
        or is_person(following.lemma_.lower(), False)
    )
    return named or what.noun is None or what.lemma == "old" or is_person(what.lemma, what.noun.pos_ == "PROPN")


def _approximators(quantity: Quantity, tokens: Span) -> int:
    """The index of the first token of a quantity, "between" in it, bounds of age ("under five") not."""
    first = tokens.start
    while first and tokens.doc[first - 1].idx >= quantity.start and tokens.doc[first - 1].lower_ not in _LIMITS:
        first -= 1
    return first


def _is_attribute(number: Token) -> bool:
    """ "she was 11 when": said of one person."""
    if number.dep_ != "attr" or number.head.lemma_ != "be":
        return False
    subjects = [child for child in number.head.children if child.dep_ == "nsubj"]
    return any(child.lower_ in _SINGLE or child.pos_ == "PROPN" for child in subjects)


def _in_commas(tokens: Span, after: str) -> bool:
    """ "Anna, 24, said"; "Anna, also 24, said"; "at 28 the eldest"."""
    doc, i = tokens.doc, tokens.start
    if i and doc[i - 1].lower_ == "at":
        return tokens.root.head.pos_ != "VERB" or after[:1] in ",;.)"
    while i and doc[i - 1].lower_ in ("also", "then", "now", "just", "only", "still", "both"):
        i -= 1
    named = i > 1 and doc[i - 1].text in (",", "(") and doc[i - 2].pos_ in ("PROPN", "NOUN")
    return named and after[:1] in (",", ".", ";", ")", "–", "—", "")
