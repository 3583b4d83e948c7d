"""Who speaks: the person or group behind a source's words, the body spoken for, and its coding.

A source is a name, a pronoun, or an office ("a spokesman for the coalition"). Offices tie persons to
bodies wherever the article says so ("SDF spokesman X", "X, who heads the Y"), also for later
mentions that give the name alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.data import Participant, Span
from reportedly.statements import actors_registry as registry
from reportedly.statements.actors import affiliation, participant
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.spans import tokens_at

_STATES = frozenset(("GOV", "MIL", "COP", "SPY"))
_HE = frozenset(("he", "she", "him", "her"))
_IT = frozenset(("it", "they", "them"))
_OWN = frozenset(("i", "we", "me", "us", "my", "our"))
_RELATIVE = frozenset(("who", "which", "that"))
_MODIFIERS = frozenset(("compound", "amod", "nmod", "poss", "case", "punct"))
_CLAUSES = frozenset(("relcl", "acl", "appos", "advcl", "parataxis", "prep", "conj", "cc", "punct"))
_OF = frozenset(("for", "of", "with", "at", "from", "in", "to"))


@dataclass(frozen=True)
class Speaker:
    """Who said something: names, the registry's id, and the coded participants behind it."""

    name: str | None = None
    organisation: str | None = None
    actor: str | None = None
    coded: tuple[Participant, ...] = ()
    person: bool = False


@dataclass(frozen=True)
class Office:
    """One mention of an office: the noun, the person who holds it and the body, as far as said."""

    noun: Token
    person: Tokens | None
    body: Tokens | None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in lexicons.words(name))


class Speakers:
    """The speakers of one article, asked in text order."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._offices = {office.noun.i: office for office in offices(doc)}
        self._persons = _full_names(doc)
        self._known = frozenset(self._persons.values())
        self._bodies: dict[str, Tokens] = {}
        for office in self._offices.values():
            if office.person is not None and office.body is not None:
                self._bodies.setdefault(self._name(office.person), office.body)
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
        return found

    def _found(self, raw: RawAttribution, outer: Speaker | None) -> Speaker:
        tokens = _tokens(self._doc, raw.source)
        if tokens is None:
            return Speaker()
        head = _head(tokens)
        word = head.lower_
        if word in _OWN:
            return outer or Speaker()
        if word in _RELATIVE and head.head.dep_ == "relcl":
            return self._phrase(head.head.head)
        if head.tag_ in ("PRP", "PRP$"):
            return self._pronoun(tokens, word)
        return self._phrase(head)

    def _pronoun(self, tokens: Tokens, word: str) -> Speaker:
        coded = participant(self._doc, tokens)
        if coded.name and coded.name.lower() != word:
            return self._of(coded, self._bodies.get(coded.name))
        return self._last.get("he" if word in _HE else "it" if word in _IT else "", Speaker())

    def _phrase(self, head: Token) -> Speaker:
        office = self._offices.get(head.i) or self._titled(head)
        if office is not None:
            return self._holder(office)
        name = _name_tokens(head)
        coded = participant(self._doc, name)
        return self._of(coded, self._bodies.get(self._name(name)), head)

    def _titled(self, head: Token) -> Office | None:
        """The office that a name stands with ("spokesman X", "X, a spokesman")."""
        for child in head.children:
            if child.dep_ in ("compound", "appos", "nmod") and child.i in self._offices:
                return self._offices[child.i]
        return None

    def _holder(self, office: Office) -> Speaker:
        if office.person is None and office.body is None and office.noun.lower_ in self._last:
            return self._last[office.noun.lower_]
        if office.person is not None:
            name = self._name(office.person)
            body = office.body or self._bodies.get(name)
            held = participant(self._doc, _office_tokens(office))
            found = self._of(_merged(participant(self._doc, office.person), held), body, office.person.root)
            found = _named(found, name)
        else:
            found = self._anonymous(office)
        self._last[office.noun.lower_] = found
        return found

    def _anonymous(self, office: Office) -> Speaker:
        """'A spokesman for the coalition': no name, the body that it speaks for."""
        return self._of(participant(self._doc, _name_tokens(office.noun)), office.body, office.noun, named=False)

    def _of(self, coded: Participant, body: Tokens | None, head: Token | None = None, named: bool = True) -> Speaker:
        """A speaker from what is coded of its phrase and of the body that it speaks for."""
        person = not named or coded.kind == "person" or coded.name in self._known
        inside = self._body(coded, body, head)
        name = (coded.name or self._spelt(head)) if named else None
        organisation = _body_name(body, inside) or (None if person else name)
        known = tuple(one for one in (coded, inside) if one is not None)
        return Speaker(_untitled(name), organisation, coded.id or (inside.id if inside else None), known, person)

    def _body(self, coded: Participant, body: Tokens | None, head: Token | None) -> Participant | None:
        """The body that somebody speaks for: the one named, or their state's government or force."""
        inside = participant(self._doc, body) if body is not None else None
        if inside is not None and inside.id and inside.id != coded.country and inside.sector not in _STATES:
            return inside
        if coded.kind == "person" and coded.sector in _STATES and coded.country:
            state = registry.find(f"{coded.country}-{coded.sector}")
            if state is not None and (inside is None or inside.id == coded.country or inside.id is None):
                return _as_participant(coded, state)
        return inside or (affiliation(self._doc, _name_tokens(head)) if head is not None else None)

    def _spelt(self, head: Token | None) -> str | None:
        """A proper name as the article spells it in full, for one that the actors layer left open."""
        if head is None or head.tag_ not in ("NNP", "NNPS"):
            return None
        return self._name(_name_tokens(head))

    def _name(self, tokens: Tokens) -> str:
        last = tokens[-1].lower_
        return _untitled(self._persons.get(last, tokens.text)) or tokens.text


def _office_tokens(office: Office) -> Tokens:
    """The office with the body before it ("Syria's foreign minister"), without its holder's name."""
    start = office.noun.i
    if office.body is not None and office.body.start < start:
        start = office.body.start
    return office.noun.doc[start : office.noun.i + 1]


def _merged(person: Participant, office: Participant) -> Participant:
    """A named person with what is known of the office that the article gives them."""
    return Participant(
        start=person.start,
        end=person.end,
        text=person.text,
        name=person.name,
        id=person.id,
        kind="person",
        country=person.country or office.country,
        sector=person.sector or office.sector,
    )


def _as_participant(person: Participant, body: registry.Actor) -> Participant:
    return Participant(
        start=person.start,
        end=person.end,
        text=person.text,
        name=body.name,
        id=body.id,
        kind="organisation",
        country=body.country,
        sector=body.sector,
    )


def _untitled(name: str | None) -> str | None:
    """A person's name without ranks and forms of address before it."""
    if name is None:
        return None
    words = name.split()
    titles = _words("attributions_titles.txt")
    while len(words) > 1 and words[0].lower() in titles:
        words = words[1:]
    return " ".join(words)


def _named(speaker: Speaker, name: str) -> Speaker:
    """The speaker with the fuller of two names."""
    if speaker.name and len(speaker.name) >= len(name):
        return speaker
    return Speaker(name, speaker.organisation, speaker.actor, speaker.coded, True)


def _full_names(doc: Doc) -> dict[str, str]:
    """Last word of a person's name, in lower case, to the fullest form in the article."""
    found: dict[str, str] = {}
    for entity in doc._.entities:
        if entity.type == "Person" and entity.end > entity.start:
            name = entity.name or _trailing_name(tokens_at(doc, entity.start, entity.end))
            if name:
                last = name.split()[-1].lower()
                found[last] = max(found.get(last, ""), name, key=len)
    return found


def _trailing_name(tokens: Tokens) -> str | None:
    """The proper name that an entity ends with: "Mustafa Bali" of "SDF spokesman Mustafa Bali"."""
    end = tokens.end - 1 if tokens[-1].tag_ == "POS" else tokens.end
    start = end
    while start > tokens.start and tokens.doc[start - 1].tag_ in ("NNP", "NNPS", "HYPH"):
        start -= 1
    return tokens.doc[start:end].text if start < end else None


def offices(doc: Doc) -> Iterator[Office]:
    """Every mention of an office in an article (lexicon attributions_offices.txt)."""
    nouns = _words("attributions_offices.txt")
    for token in doc:
        if token.lemma_.lower() in nouns and token.tag_[:2] == "NN":
            yield Office(token, _office_person(token), _office_body(token))


def _office_person(noun: Token) -> Tokens | None:
    if noun.dep_ in ("compound", "appos", "nmod") and noun.head.tag_ == "NNP":
        return _name_tokens(noun.head, after=noun)
    for child in noun.children:
        if child.dep_ == "appos" and child.tag_ == "NNP":
            return _name_tokens(child)
    if noun.dep_ == "attr":
        for child in noun.head.children:
            if child.dep_ == "nsubj" and child.tag_ == "NNP":
                return _name_tokens(child)
    return None


def _office_body(noun: Token) -> Tokens | None:
    """The body of an office: "spokesman for BODY", else what stands before it ("BODY spokesman")."""
    holder = noun.head if noun.dep_ in ("compound", "nmod") else noun
    for place in (noun, holder):
        for prep in place.children:
            if prep.dep_ == "prep" and prep.lower_ in _OF and prep.i > noun.i:
                for pobj in prep.children:
                    if pobj.dep_ == "pobj" and _is_body(_core(pobj)):
                        return _core(pobj)
    start = noun.i
    while start > noun.sent.start and _belongs(noun.doc[start - 1], noun):
        start -= 1
    return _stripped(noun.doc[start : noun.i])


def _belongs(token: Token, noun: Token) -> bool:
    if token.dep_ not in _MODIFIERS or token.text in (",", "“", '"', "”"):
        return False
    return token.head.i <= noun.i or token.head == noun.head


def _stripped(tokens: Tokens) -> Tokens | None:
    """Without ranks and general adjectives at the front and a possessive mark at the end."""
    ranks = _words("attributions_ranks.txt")
    start, end = tokens.start, tokens.end
    while start < end and (
        tokens.doc[start].lower_ in ranks or tokens.doc[start].tag_ in ("POS", "HYPH", "PRP$", "VBN")
    ):
        start += 1
    while end > start and (tokens.doc[end - 1].tag_ in ("POS", "HYPH", ":") or tokens.doc[end - 1].lower_ in ranks):
        end -= 1
    body = tokens.doc[start:end]
    return body if start < end and _is_body(body) else None


def _is_body(tokens: Tokens) -> bool:
    """Whether a phrase can name a body: it has a proper noun, a demonym or a body's noun in it."""
    nouns = _words("attributions_bodies.txt")
    return any(
        t.tag_ in ("NNP", "NNPS") or (t.tag_ == "JJ" and t.text[:1].isupper()) or t.lemma_.lower() in nouns
        for t in tokens
    )


def _core(head: Token) -> Tokens:
    """A noun with its modifiers and "of" phrases, without the clauses and appositions that hang on it."""
    start = end = head.i
    for child in head.children:
        if child.i < head.i and child.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "det"):
            start = min(start, child.left_edge.i)
        if child.i > head.i and child.dep_ == "prep" and child.lower_ in ("of", "for", "and"):
            end = max(end, child.right_edge.i)
    while start < head.i and head.doc[start].tag_ in ("DT", "PRP$"):
        start += 1
    return head.doc[start : end + 1]


def _name_tokens(head: Token, after: Token | None = None) -> Tokens:
    """A name or nominal: its head with what modifies it to the left (to the right of `after`)."""
    start = head.i
    least = after.i + 1 if after is not None and after.i < head.i else head.sent.start
    for child in head.children:
        if child.i < head.i and child.dep_ in ("compound", "amod", "nmod", "nummod", "poss"):
            start = min(start, child.left_edge.i)
    core = _core(head)
    return head.doc[max(start, least) : max(core.end, head.i + 1) if after is None else head.i + 1]


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


def _body_name(tokens: Tokens | None, coded: Participant | None) -> str | None:
    if coded is not None and coded.name:
        return coded.name
    return tokens.text if tokens is not None else None
