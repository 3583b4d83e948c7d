"""Offices and names: who holds which office of which body, as an article says it.

"SDF spokesman X", "X, a spokesman for the SDF" and "a spokesman for the SDF" are offices; the nouns are
in the lexicon attributions_offices.txt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.statements.actors import participant
from reportedly.statements.attributions_bodies import core, is_place, name_tokens, office_body, word_list
from reportedly.statements.attributions_parse import parse_of
from reportedly.statements.spans import tokens_at

_OF = frozenset(("for", "of", "with", "at", "from"))
#: PLOVER's sectors of bodies that experts work for rather than on.
_EMPLOYERS = frozenset(("NGO", "IGO", "JRN", "EDU", "MED", "BUS"))
_WITH = frozenset(("of", "from", "with", "at"))


@dataclass(frozen=True)
class Office:
    """One mention of an office: the noun, the person who holds it and the body, as far as said.

    `apart` tells that the state in its words is not whom it speaks for: of a former officer, of a senator, of an envoy
    who is sent there.
    """

    noun: Token
    person: Tokens | None
    body: Tokens | None
    apart: bool = False


def full_names(doc: Doc, held: list[Office]) -> dict[str, str]:
    """Last word of a person's name, in lower case, to the fullest form in the article.

    Args:
        doc: the article, with its entities.
        held: its offices, whose holders are persons whatever the entities layer has found.
    """
    names = [
        entity.name or _trailing_name(tokens_at(doc, entity.start, entity.end))
        for entity in doc._.entities
        if entity.type == "Person" and entity.end > entity.start
    ]
    names += [office.person.text for office in held if office.person is not None]
    found: dict[str, str] = {}
    for name in names:
        bare = untitled(name)
        if bare:
            last = bare.split()[-1].lower()
            found[last] = max(found.get(last, ""), bare, key=len)
    return found


def untitled(name: str | None) -> str | None:
    """A person's name without ranks and forms of address before it."""
    if name is None:
        return None
    words = name.split()
    titles = word_list("attributions_titles.txt")
    while len(words) > 1 and words[0].lower() in titles:
        words = words[1:]
    return " ".join(words)


def _trailing_name(tokens: Tokens) -> str | None:
    """The proper name that an entity ends with: "Mustafa Bali" of "SDF spokesman Mustafa Bali"."""
    end = tokens.end - 1 if tokens[-1].tag_ == "POS" else tokens.end
    start = end
    while start > tokens.start and tokens.doc[start - 1].tag_ in ("NNP", "NNPS", "HYPH"):
        start -= 1
    return tokens.doc[start:end].text if start < end else None


def offices(doc: Doc) -> Iterator[Office]:
    """Every mention of an office in an article (lexicon attributions_offices.txt)."""
    nouns = word_list("attributions_offices.txt")
    parse = parse_of(doc)
    for i, lemma in enumerate(parse.lemma):
        if lemma in nouns and parse.tag[i][:2] == "NN":
            token = doc[i]
            apart = _is_former(token) or lemma in word_list("attributions_lawmakers.txt")
            body = None if apart else office_body(token)
            if body is not None and body.end <= i and lemma in word_list("attributions_experts.txt"):
                apart = participant(doc, body).sector not in _EMPLOYERS
                body = None if apart else body
            sent = body is None and lemma in word_list("attributions_envoys.txt")
            yield Office(token, _office_person(token), body, apart or sent)


def employments(doc: Doc) -> Iterator[Office]:
    """Persons whose body stands behind their name without any office: "X of the Observatory"."""
    bodies = [entity for entity in doc._.entities if entity.type == "Organisation"]
    for entity in doc._.entities:
        if entity.type != "Person" or entity.end <= entity.start:
            continue
        name = tokens_at(doc, entity.start, entity.end)
        for body in _behind(name.root) if name.root.tag_ in ("NNP", "NNPS") else ():
            named = any(one.start < body.end_char and body.start_char < one.end for one in bodies)
            if (named or _is_registered(doc, body)) and not (len(body) == 1 and is_place(body)):
                yield Office(name.root, name, body)
                break


def _is_registered(doc: Doc, body: Tokens) -> bool:
    found = participant(doc, body)
    return found.kind == "organisation" and found.id is not None and found.id != found.country


def _behind(name: Token) -> Iterator[Tokens]:
    for prep in name.children:
        if prep.dep_ == "prep" and prep.i > name.i and prep.lower_ in _WITH:
            yield from (core(c) for c in prep.children if c.dep_ == "pobj" and c.tag_ in ("NNP", "NNPS"))


def _office_person(noun: Token) -> Tokens | None:
    if noun.dep_ in ("compound", "appos", "nmod") and noun.head.tag_ == "NNP":
        return name_tokens(noun.head, after=noun)
    for child in noun.children:
        if child.dep_ == "appos" and child.tag_ == "NNP":
            return name_tokens(child)
        if child.dep_ == "prep" and child.lower_ in _OF and (held := _person_beside(child)) is not None:
            return name_tokens(held)
    if noun.dep_ == "attr":
        for child in noun.head.children:
            named = (
                noun.head.head if child.tag_ == "WP" and noun.head.dep_ == "relcl" else child
            )  # "X, who is chair of"
            if child.dep_ == "nsubj" and named.tag_ == "NNP":
                return name_tokens(named)
    return _person_before_comma(noun) or _person_behind_comma(noun)


def _person_behind_comma(noun: Token) -> Tokens | None:
    """'The prime minister, X said', where the comma behind the name is left out: the parse has two subjects."""
    for child in noun.head.children if noun.dep_ == "nsubj" else ():
        between = noun.doc[noun.i + 1 : child.left_edge.i].text if child.i > noun.i else ""
        if child.dep_ == "nsubj" and child.tag_ == "NNP" and child.ent_type_ == "PERSON" and between == ",":
            return name_tokens(child)
    return None


def _person_before_comma(noun: Token) -> Tokens | None:
    """'X, Syria's envoy to the UN, said', where the parse does not hang the one on the other."""
    doc, start, after = noun.doc, noun.left_edge.i, noun.right_edge.i
    while after > noun.i and doc[after].text == ",":
        after -= 1
    between = start >= 2 and doc[start - 1].text == "," and after + 1 < len(doc) and doc[after + 1].text == ","
    if noun.tag_ != "NN" or not between or doc[start - 2].ent_type_ != "PERSON":
        return None
    first = start - 2
    while first > 0 and doc[first - 1].ent_type_ == "PERSON" and doc[first].ent_iob_ == "I":
        first -= 1
    return doc[first : start - 1]


def _is_former(noun: Token) -> bool:
    former = frozenset(lexicons.tree("actors_words.json")["former"])
    return any(child.lower_ in former for child in noun.children if child.i < noun.i)


def _person_beside(preposition: Token) -> Token | None:
    """The holder's name where the parse hangs it on the body: "a spokesman for BODY, X"."""
    for body in preposition.children:
        for child in body.children:
            if child.dep_ == "appos" and child.ent_type_ == "PERSON" and child.tag_ == "NNP":
                return child
    return None
