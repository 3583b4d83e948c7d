"""Who speaks: the person or group behind a source's words, the body spoken for, and its coding.

A source is a name, a pronoun, or an office ("a spokesman for the coalition"). Offices tie persons to
bodies wherever the article says so, also for later mentions that give the name alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Participant, Span
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors import affiliation, participant
from reportedly.statements.attributions_offices import Office, full_names, name_tokens, names_state, offices, untitled
from reportedly.statements.attributions_raw import RawAttribution

_STATES = frozenset(("GOV", "MIL", "COP", "SPY"))
_HE = frozenset(("he", "she", "him", "her", "his"))
_IT = frozenset(("it", "its", "them"))
_THEY = frozenset(("they", "their"))
_OWN = frozenset(("i", "we", "me", "us", "my", "our"))
_RELATIVE = frozenset(("who", "which", "that"))


@dataclass(frozen=True)
class Speaker:
    """Who said something: names, the registry's id, and the coded participants behind it."""

    name: str | None = None
    organisation: str | None = None
    actor: str | None = None
    coded: tuple[Participant, ...] = ()
    person: bool = False


NOBODY = Speaker()


class Speakers:
    """The speakers of one article, asked in text order: a pronoun is whoever spoke before it."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        held = list(offices(doc))
        self._offices = {office.noun.i: office for office in held}
        self._persons = full_names(doc, held)
        self._known = frozenset(self._persons.values())
        self._held: dict[str, Office] = {}
        for office in sorted(held, key=lambda office: office.body is None):
            if office.person is not None:
                self._held.setdefault(self._name(office.person), office)
        self._last: dict[str, Speaker] = {}

    def speaker(self, raw: RawAttribution, outer: Speaker | None) -> Speaker:
        """Who the source of an attribution is.

        Args:
            raw: the attribution.
            outer: the speaker of the attribution that this one stands in ("we", "I").
        """
        found = self._found(raw, outer)
        if found.name or found.organisation:
            self._last["he" if found.person else "it"] = found
            self._last["they"] = found
        elif raw.source and self._is_nominal(raw):
            self._last["he"] = NOBODY  # somebody unknown has spoken since
        return found

    def _is_nominal(self, raw: RawAttribution) -> bool:
        tokens = _tokens(self._doc, raw.source)
        return tokens is not None and _head(tokens).tag_ == "NN"

    def _found(self, raw: RawAttribution, outer: Speaker | None) -> Speaker:
        tokens = _tokens(self._doc, raw.source)
        if tokens is None:
            return NOBODY
        head = _head(tokens)
        word = head.lower_
        if word in _OWN and head.tag_ in ("PRP", "PRP$"):  # "US" is a name
            return outer or NOBODY
        if word in _RELATIVE and head.head.dep_ == "relcl":
            found = self._phrase(head.head.head)
            return NOBODY if word == "which" and found.person else found
        if head.tag_ in ("PRP", "PRP$"):
            return self._pronoun(head)
        return self._phrase(head)

    def _pronoun(self, head: Token) -> Speaker:
        word = head.lower_
        coded = participant(self._doc, self._doc[head.i : head.i + 1])
        if coded.name and coded.name.lower() != word:
            office = self._held.get(coded.name)
            return self._holder(office) if office is not None else self._of(coded, None, coded.name)
        subject = _subject_before(head) if word in _IT | _THEY else None
        if subject is not None:
            coded = participant(self._doc, name_tokens(subject))
            return self._of(coded, None, coded.name) if coded.kind == "organisation" and coded.id else NOBODY
        return self._last.get(
            "he" if word in _HE else "they" if word == "they" else "it" if word in _IT else "", NOBODY
        )

    def _phrase(self, head: Token) -> Speaker:
        """The speaker that a noun with its modifiers is."""
        own = self._offices.get(head.i) or self._titled(head)
        if own is not None and not (own.noun.text[:1].isupper() and self._is_name_of_body(head)):
            return self._holder(own)
        phrase = name_tokens(head)
        name = self._name(phrase) if head.tag_ in ("NNP", "NNPS") else None
        office = self._held.get(name) if name else None
        if office is not None:
            return self._holder(office)
        coded = participant(self._doc, phrase)
        holder = next((child for child in head.children if child.dep_ == "appos" and child.tag_ == "NNP"), None)
        if holder is not None and coded.kind == "person" and not coded.name:
            called = name_tokens(holder)
            return self._of(_merged(participant(self._doc, called), coded), None, self._name(called), person=True)
        author = None if coded.name or coded.sector or coded.kind == "person" else _author(head)
        if author is not None:
            return self._pronoun(author) if author.tag_ == "PRP$" else self._phrase(author)
        return self._of(coded, affiliation(self._doc, phrase), coded.name or name)

    def _is_name_of_body(self, head: Token) -> bool:
        """Whether an office's noun is part of a body's own name ("the High Commissioner for Refugees")."""
        coded = participant(self._doc, name_tokens(head))
        return coded.kind == "organisation" and coded.id is not None

    def _titled(self, head: Token) -> Office | None:
        """The office that a name stands with ("spokesman X", "X, a spokesman")."""
        for child in head.children:
            if child.dep_ in ("compound", "appos", "nmod") and child.i in self._offices:
                return self._offices[child.i]
        return None

    def _holder(self, office: Office) -> Speaker:
        noun = office.noun.lower_
        if office.person is None and office.body is None and noun in self._last:
            return self._last[noun]
        held = _told(participant(self._doc, _office_tokens(office)), office)
        if office.person is None:
            found = self._of(held, self._body(held, office), None, person=True)
        else:
            coded = _merged(participant(self._doc, office.person), held)
            found = self._of(coded, self._body(coded, office), self._fullest(coded.name, office.person), person=True)
        self._last[noun] = found
        return found

    def _fullest(self, coded: str | None, person: Tokens) -> str:
        spelt = self._name(person)
        return coded if coded and len(coded) >= len(spelt) else spelt

    def _of(self, coded: Participant, body: Participant | None, name: str | None, person: bool = False) -> Speaker:
        """A speaker from what is coded of its phrase and of the body that it speaks for."""
        person = person or coded.kind == "person" or (name in self._known and coded.id is None)
        organisation = (body.name or body.text) if body is not None else None if person else name
        known = (coded,) if body is None else (coded, body)
        actor = coded.id or (body.id if body is not None else None)
        return Speaker(untitled(name) if person else name, organisation, actor, known, person)

    def _body(self, coded: Participant, office: Office) -> Participant | None:
        """The body of an office: the one named, or the government or force of its holder's state."""
        inside = participant(self._doc, office.body) if office.body is not None else None
        if inside is not None and inside.id and inside.id != coded.country and inside.sector not in _STATES:
            return inside
        stately = inside is None or inside.id == coded.country or (inside.id is None and names_state(office.body))
        if coded.sector in _STATES and coded.country and stately:
            state = registry.find(f"{coded.country}-{coded.sector}") or registry.find(f"{coded.country}-GOV")
            if state is not None:
                return _as_participant(coded, state)
        if inside is None:  # "its spokesman"
            return affiliation(self._doc, _office_tokens(office))
        return inside if inside.name or _is_nominal(office.body) else None

    def _name(self, tokens: Tokens) -> str:
        """A name as the article spells it in full somewhere; without the common words before it."""
        known = self._persons.get(tokens[-1].lower_)
        if known is not None:
            return known
        common = [token.i for token in tokens if token.tag_ in ("NN", "NNS") and token.i < tokens.end - 1]
        return tokens.doc[common[-1] + 1 : tokens.end].text if common else tokens.text


def _subject_before(pronoun: Token) -> Token | None:
    """The noun that was the subject before a pronoun in its sentence ("the army holds the town, and it says")."""
    for i in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
        token = pronoun.doc[i]
        if token.dep_ in ("nsubj", "nsubjpass") and token.tag_[:2] == "NN":
            return token
    return None


def _author(head: Token) -> Token | None:
    """Whose a paper or word is that is named as the source: "the ministry's report"."""
    return next((child for child in head.children if child.dep_ == "poss"), None)


def _office_tokens(office: Office) -> Tokens:
    """The office with the body before it ("Syria's foreign minister"), without its holder's name."""
    start, noun = office.noun.i, office.noun
    if office.body is not None and office.body.start < start:
        start = office.body.start
    whole = name_tokens(noun) if office.person is None else noun.doc[start : noun.i + 1]
    return noun.doc[min(start, whole.start) : whole.end]


def _told(held: Participant, office: Office) -> Participant:
    """An office as coded, but of a state only if it says so: "a western diplomat" may be any state's."""
    if held.id is None and not names_state(office.body):
        held.country = None
    return held


def _is_nominal(tokens: Tokens | None) -> bool:
    return tokens is not None and any(token.tag_[:2] == "NN" for token in tokens)


def _merged(person: Participant, office: Participant) -> Participant:
    """A named person with what is known of the office that the article gives them."""
    country, sector = person.country or office.country, person.sector or office.sector
    return replace(person, kind="person", country=country, sector=sector)


def _as_participant(person: Participant, body: registry.Actor) -> Participant:
    return replace(person, name=body.name, id=body.id, kind="organisation", country=body.country, sector=body.sector)


def _tokens(doc: Doc, source: list[Span]) -> Tokens | None:
    if not source:
        return None
    return doc.char_span(source[0].start, source[0].end, alignment_mode="expand")


def _head(tokens: Tokens) -> Token:
    """The noun of a source, past the preposition that some sources begin with ("by police")."""
    root = tokens.root
    for _ in range(2):
        if root.dep_ not in ("prep", "agent") and root.tag_ not in ("IN", "TO"):
            break
        below = [child for child in root.children if child.dep_ in ("pobj", "pcomp")]
        root = below[0] if below else root
    return root
