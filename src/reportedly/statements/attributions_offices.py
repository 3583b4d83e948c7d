"""Offices and names: who holds which office of which body, as an article says it.

"SDF spokesman X", "X, a spokesman for the SDF" and "a spokesman for the SDF" are offices; the nouns are
in the lexicon attributions_offices.txt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.statements.attributions_parse import parse_of
from reportedly.statements.spans import tokens_at

_MODIFIERS = frozenset(("compound", "amod", "nmod", "poss", "case", "punct"))
_NO_START = frozenset(("POS", "HYPH", "PRP$", "VBN", "RB"))
_OF = frozenset(("for", "of", "with", "at", "from"))
_WHERE = frozenset(("at", "from"))


@dataclass(frozen=True)
class Office:
    """One mention of an office: the noun, the person who holds it and the body, as far as said."""

    noun: Token
    person: Tokens | None
    body: Tokens | None


@cache
def word_list(name: str) -> frozenset[str]:
    """A word lexicon in lower case."""
    return frozenset(word.lower() for word in lexicons.words(name))


@cache
def _states() -> frozenset[str]:
    found: set[str] = set()
    for row in lexicons.rows("actors_states.tsv"):
        found.add(row["name"])
        for column in ("aliases", "demonyms", "capitals"):
            found.update(row[column].split("|"))
    return frozenset(found - {""})


def names_state(tokens: Tokens | None) -> bool:
    """Whether a phrase names a state or its people: "Turkish" does, "Kurdish" does not."""
    return tokens is not None and (tokens.text in _states() or any(token.text in _states() for token in tokens))


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
            yield Office(token, _office_person(token), _office_body(token))


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
            if child.dep_ == "nsubj" and child.tag_ == "NNP":
                return name_tokens(child)
    return None


def _person_beside(preposition: Token) -> Token | None:
    """The holder's name where the parse hangs it on the body: "a spokesman for BODY, X"."""
    for body in preposition.children:
        for child in body.children:
            if child.dep_ == "appos" and child.ent_type_ == "PERSON" and child.tag_ == "NNP":
                return child
    return None


def _office_body(noun: Token) -> Tokens | None:
    """The body of an office: a name before it ("UN envoy for Syria"), one after it ("spokesman for BODY"),
    or a body's noun before it ("army spokesman")."""
    before = _body_before(noun)
    if before is not None and any(token.text[:1].isupper() for token in before):
        return before
    return _body_after(noun) or before


def _body_after(noun: Token) -> Tokens | None:
    holder = noun.head if noun.dep_ in ("compound", "nmod") else noun
    for place in (noun, holder):
        for prep in place.children:
            if prep.dep_ != "prep" or prep.i < noun.i or prep.lower_ not in _OF:
                continue
            for pobj in prep.children:
                body = _named_body(pobj) if pobj.dep_ == "pobj" else None
                if body is not None and not (prep.lower_ in _WHERE and _is_place(body)):
                    return body
    return None


def _body_before(noun: Token) -> Tokens | None:
    start = noun.i
    while start > noun.sent.start and _belongs(noun.doc[start - 1], noun):
        start -= 1
    body = _stripped(noun.doc[start : noun.i])
    field_of_policy = noun.lemma_.lower() in word_list("attributions_state_offices.txt")
    return None if field_of_policy and not (names_state(body) or _is_acronym(body)) else body


def _is_acronym(tokens: Tokens | None) -> bool:
    return tokens is not None and tokens.text.isupper()


def _is_place(tokens: Tokens) -> bool:
    """Whether a phrase is where somebody comes from, not whom they speak for ("a doctor from Idlib")."""
    last = tokens[-1]
    return names_state(tokens) or any(place.start <= last.idx < place.end for place in tokens.doc._.places)


def _named_body(head: Token) -> Tokens | None:
    """A body after "for" or "of": a name or a body's noun, or such a one below it ("head of media for BODY")."""
    if head.tag_ in ("NNP", "NNPS") or head.lemma_.lower() in word_list("attributions_bodies.txt"):
        return _core(head)
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in _OF:
            return next((_core(c) for c in prep.children if c.dep_ == "pobj" and c.tag_ in ("NNP", "NNPS")), None)
    return None


def _belongs(token: Token, noun: Token) -> bool:
    if token.dep_ not in _MODIFIERS or token.text in (",", "“", '"', "”"):
        return False
    return token.head.i <= noun.i or token.head == noun.head


def _stripped(tokens: Tokens) -> Tokens | None:
    """Without ranks and general adjectives at the front and a possessive mark at the end."""
    ranks = word_list("attributions_ranks.txt")
    start, end = tokens.start, tokens.end
    while start < end and (tokens.doc[start].lower_ in ranks or tokens.doc[start].tag_ in _NO_START):
        start += 1
    while end > start and (tokens.doc[end - 1].tag_ in ("POS", "HYPH", ":") or tokens.doc[end - 1].lower_ in ranks):
        end -= 1
    body = tokens.doc[start:end]
    return body if start < end and _is_body(body) else None


def _is_body(tokens: Tokens) -> bool:
    """Whether a phrase can name a body: it has a proper noun, a demonym or a body's noun in it."""
    nouns = word_list("attributions_bodies.txt")
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
        if child.i > head.i and child.dep_ == "prep" and child.lower_ in ("of", "for"):
            below = [_core(one) for one in child.children if one.dep_ == "pobj"]
            end = max(end, *(core.end - 1 for core in below)) if below else end
    while start < head.i and head.doc[start].tag_ in ("DT", "PRP$"):
        start += 1
    return head.doc[start : end + 1]


def name_tokens(head: Token, after: Token | None = None) -> Tokens:
    """A name or nominal: its head with what modifies it to the left (to the right of `after`)."""
    start = head.i
    least = after.i + 1 if after is not None and after.i < head.i else head.sent.start
    for child in head.children:
        if child.i < head.i and child.dep_ in ("compound", "amod", "nmod", "nummod", "poss"):
            start = min(start, child.left_edge.i)
    core = _core(head)
    return head.doc[max(start, least) : max(core.end, head.i + 1) if after is None else head.i + 1]
