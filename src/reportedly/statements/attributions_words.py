"""The words of a source: its head, the office and body in it, whether it is definite, whose paper it names."""

from __future__ import annotations

from msgspec.structs import replace
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Participant, Span
from reportedly.statements import actors_registry as registry
from reportedly.statements import attributions_media as media
from reportedly.statements.attributions_bodies import name_tokens, names_state, word_list
from reportedly.statements.attributions_memory import Speaker
from reportedly.statements.attributions_offices import Office
from reportedly.statements.attributions_raw import RawAttribution

#: The sectors of those who act for a state.
STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "SPY"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_NAMES = frozenset(("NNP", "NNPS"))
_THE = frozenset(("the", "this", "that"))
_OTHER = frozenset(("other", "second", "third", "latter", "new"))


def lies_in(token: Token, spans: list[Span]) -> bool:
    """Whether a token stands in one of several spans."""
    return any(span.start <= token.idx < span.end for span in spans)


def employed(office: Office) -> bool:
    """Whether it is a person with a body behind the name, without an office."""
    return office.person is not None and office.person.start <= office.noun.i < office.person.end


def owned(office: Office) -> bool:
    """Whether its body stands before it as its owner: "Turkey's foreign minister"."""
    return office.body is not None and office.body.end < office.noun.i and office.body.root.dep_ == "poss"


def several(head: Token, tokens: Tokens) -> bool:
    """Whether a source names more than one: "the French and German leaders, X and Y"."""
    offices = word_list("attributions_offices.txt")
    return head.tag_ in _NAMES and any(
        one.tag_ in _NAMES or (one.tag_ == "NN" and one.lemma_ in offices)
        for one in head.conjuncts
        if tokens.start <= one.i < tokens.end
    )


def quantified(head: Token) -> bool:
    """Whether a plural name is some people's, not a body's: "many Kurds", "some Republicans"."""
    before = [child for child in head.children if child.i < head.i]
    return head.tag_ == "NNPS" and any(
        c.dep_ == "nummod" or c.lower_ in word_list("attributions_some.txt") for c in before
    )


def main_subject_before(pronoun: Token) -> Token | None:
    """The subject of the sentence before the one that a pronoun begins as its subject."""
    sentence = pronoun.sent
    if pronoun.dep_ != "nsubj" or pronoun.head != sentence.root or sentence.start == 0:
        return None
    before = pronoun.doc[sentence.start - 1].sent.root
    return next((child for child in before.children if child.dep_ in _SUBJECTS), None)


def state_of(coded: Participant) -> Participant | None:
    """The government or force of the state that somebody is known to serve."""
    if coded.sector not in STATE_SECTORS or not coded.country:
        return None
    state = registry.find(f"{coded.country}-{coded.sector}") or registry.find(f"{coded.country}-GOV")
    return None if state is None else as_participant(coded, state)


def follows(pronoun: Token, raw: RawAttribution, end: int) -> bool:
    """Whether a pronoun's statement stands in the sentence behind one that ends at a character, or in the same, and no other
    person is named as a subject between the two."""
    doc, begin = pronoun.doc, min(span.start for span in raw.spans)
    first = doc.char_span(begin, begin + 1, alignment_mode="expand")
    if first is None:
        return False
    sentence = first[0].sent
    before = doc[max(0, sentence.start - 1)].sent
    between = (token for token in doc[sentence.start : pronoun.i] if token.dep_ in _SUBJECTS)
    rivals = any(_is_person(token) and not lies_in(token, raw.content) for token in between)
    return bool(before.start_char <= end <= pronoun.idx and not rivals)


def _is_person(token: Token) -> bool:
    return bool(token.ent_type_ == "PERSON" or registry.leader(token.text) is not None)


def subject_before(pronoun: Token, content: list[Span]) -> Token | None:
    """The noun that was the subject before a pronoun in its sentence ("the army holds the town, and it says"), outside of
    what is said."""
    for i in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
        token = pronoun.doc[i]
        ahead = token.head.i < pronoun.i  # not of "the army, they said, holds the town"
        if token.dep_ in _SUBJECTS and token.tag_[:2] == "NN" and ahead and not lies_in(token, content):
            return token
    return None


def definite(head: Token) -> bool:
    """Whether a noun is one that has been spoken of: "the spokesman", but not "the other spokesman"."""
    before = {child.lower_ for child in head.children if child.i < head.i}
    return bool(before & _THE) and not before & _OTHER


def common(head: Token) -> str | None:
    """The noun by which a source can be named again."""
    noun = head.lemma_.lower()
    return noun if head.tag_ == "NN" or noun in word_list("attributions_bodies.txt") else None


def of_one_state(some: Speaker, others: Speaker) -> bool:
    """Whether two speakers are of the same state ("President X", "the Syrian leader")."""
    countries = {actor.country for actor in some.coded} & {actor.country for actor in others.coded}
    return bool(countries - {None})


def state_body(coded: Participant) -> str | None:
    """The registry's id of the government or force that a body belongs to which it does not know: a ministry, a unit."""
    if coded.kind != "organisation" or coded.sector not in STATE_SECTORS or not coded.country:
        return None
    state = registry.find(f"{coded.country}-{coded.sector}")
    return None if state is None else state.id


def author_of(head: Token) -> Token | None:
    """Whose a paper, recording or word is that is named as the source: "the ministry's report"."""
    if media.medium(head) is not None:
        return media.owner(head)
    return next((child for child in head.children if child.dep_ == "poss"), None)


def office_tokens(office: Office) -> Tokens:
    """The office with the body before it ("Syria's foreign minister"), without its holder's name."""
    start, noun = office.noun.i, office.noun
    if office.body is not None and office.body.start < start:
        start = office.body.start
    whole = name_tokens(noun) if office.person is None else noun.doc[start : noun.i + 1]
    return noun.doc[min(start, whole.start) : whole.end]


def told(held: Participant, office: Office) -> Participant:
    """An office as coded, but of a state only if it says so: "a western diplomat" may be any state's."""
    if held.id is None and not names_state(office.body):
        held.country = None
    return held


def is_nominal(tokens: Tokens | None) -> bool:
    """Whether a phrase has a noun in it."""
    return tokens is not None and any(token.tag_[:2] == "NN" for token in tokens)


def merged(person: Participant, office: Participant) -> Participant:
    """A named person with what is known of the office that the article gives them."""
    country, sector = person.country or office.country, person.sector or office.sector
    return replace(person, kind="person", country=country, sector=sector)


def as_participant(person: Participant, body: registry.Actor) -> Participant:
    """A body of the registry, as a participant in the place of somebody who serves it."""
    return replace(person, name=body.name, id=body.id, kind="organisation", country=body.country, sector=body.sector)


def source_tokens(doc: Doc, source: list[Span]) -> Tokens | None:
    """The tokens of a source; None if it is empty."""
    if not source:
        return None
    return doc.char_span(source[0].start, source[0].end, alignment_mode="expand")


def source_head(tokens: Tokens) -> Token:
    """The noun of a source, past the preposition that some sources begin with ("by police")."""
    root = tokens.root
    for _ in range(2):
        if root.dep_ not in ("prep", "agent") and root.tag_ not in ("IN", "TO"):
            break
        below = [child for child in root.children if child.dep_ in ("pobj", "pcomp")]
        root = below[0] if below else root
    return root
