"""The bodies in the words of an office: "SDF spokesman", "a spokesman for the SDF", "Turkey's foreign minister".

What is a body's noun, and which offices are sent somewhere rather than of a state, is in the lexicons
attributions_bodies.txt, attributions_envoys.txt and attributions_state_offices.txt.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements import actors_registry as registry

_MODIFIERS = frozenset(("compound", "amod", "nmod", "poss", "case", "punct"))
_NO_START = frozenset(("POS", "HYPH", "PRP$", "VBN", "RB"))
_OF = frozenset(("for", "of", "with", "at", "from"))
_WHERE = frozenset(("at", "from"))
_TOWARDS = frozenset(("for", "on", "in", "to", "with"))


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


@cache
def _peoples() -> frozenset[str]:
    return frozenset(
        name for row in lexicons.rows("actors_peoples.tsv") for name in (row["people"], *row["aliases"].split("|"))
    )


def names_people(tokens: Tokens | None) -> bool:
    """Whether a phrase is the name of a people that is no state: "Kurdish"."""
    return tokens is not None and tokens[-1].text in _peoples()


def names_state(tokens: Tokens | None) -> bool:
    """Whether a phrase names a state or a body of one: "Turkish" does, "Kurdish" does not.

    Nor do "the Syrian Kurds" and "the Working Group for Syria".
    """
    if tokens is None:
        return False
    if tokens.text in _states():
        return True
    if names_people(tokens):
        return False
    return any(token.text in _states() and not _is_object_of_name(token, tokens) for token in tokens)


def _is_object_of_name(token: Token, tokens: Tokens) -> bool:
    """Whether a state stands in a phrase as what a named body is for ("Friends FOR YEMEN")."""
    before = token.nbor(-1) if token.i > tokens.start else None
    return before is not None and before.lower_ in _TOWARDS and tokens[0].text[:1].isupper()


def office_body(noun: Token) -> Tokens | None:
    """The body of an office: a name before it ("UN envoy for Syria"), one after it ("spokesman for BODY"),
    or a body's noun before it ("army spokesman")."""
    before = _body_before(noun)
    if before is not None and any(token.text[:1].isupper() for token in before):
        after = _body_after(noun) if is_place(before) else None
        return before if after is None or is_place(after) else after  # "the Middle East director for BODY"
    return _body_after(noun) or before


def _body_after(noun: Token) -> Tokens | None:
    holder = noun.head if noun.dep_ in ("compound", "nmod") else noun
    for place in (noun, holder):
        for prep in place.children:
            if prep.dep_ != "prep" or prep.i < noun.i or prep.lower_ not in _OF:
                continue
            for pobj in prep.children:
                body = _named_body(pobj) if pobj.dep_ == "pobj" else None
                if body is not None and not (is_place(body) and (prep.lower_ in _WHERE or _is_goal(noun, prep))):
                    return body
    return None


def _owner(noun: Token) -> Tokens | None:
    """A name with what hangs on it that owns an office: "the Action Group for Yemen's president"."""
    for child in noun.children:
        if child.dep_ == "poss" and child.tag_ in ("NNP", "NNPS") and any(c.dep_ == "prep" for c in child.children):
            inside = [token.i for token in child.subtree if token.dep_ != "case" or token.head.i != child.i]
            return _stripped(noun.doc[min(inside) : max(inside) + 1])
    return None


def _is_goal(noun: Token, prep: Token) -> bool:
    """Whether what a preposition leads to is where somebody is sent ("an envoy for Yemen")."""
    return prep.lower_ in _TOWARDS and noun.lemma_.lower() in word_list("attributions_envoys.txt")


def _body_before(noun: Token) -> Tokens | None:
    owner = _owner(noun)
    if owner is not None:
        return owner
    start, end = noun.i, noun.i
    while start > noun.sent.start and _belongs(noun.doc[start - 1], noun):
        start -= 1
    if noun.lemma_.lower() in word_list("attributions_envoys.txt") and _is_land(noun.doc[end - 1]):
        end -= 1  # "the Syria envoy" is sent there
    body = _stripped(noun.doc[start:end]) if start < end else None
    field_of_policy = noun.lemma_.lower() in word_list("attributions_state_offices.txt")
    named = names_state(body) or _is_acronym(body) or _is_person(body)
    return None if field_of_policy and not named else body


@cache
def _lands() -> frozenset[str]:
    return frozenset(row["name"] for row in lexicons.rows("actors_states.tsv"))


def _is_land(token: Token) -> bool:
    """Whether a word is a state's name as such: not an adjective, a possessive or an acronym."""
    return token.text in _lands() and token.dep_ != "poss"


def _is_person(tokens: Tokens | None) -> bool:
    return tokens is not None and (tokens.root.ent_type_ == "PERSON" or registry.leader(tokens.text) is not None)


def _is_acronym(tokens: Tokens | None) -> bool:
    return tokens is not None and tokens.text.isupper()


def is_place(tokens: Tokens) -> bool:
    """Whether a phrase is where somebody comes from, not whom they speak for ("a doctor from Idlib")."""
    last = tokens[-1]
    return names_state(tokens) or any(place.start <= last.idx < place.end for place in tokens.doc._.places)


def _named_body(head: Token) -> Tokens | None:
    """A body after "for" or "of": a name or a body's noun, or such a one below it ("head of media for BODY")."""
    named = head.tag_ in ("NNP", "NNPS") and not head.text.islower()  # "secretary of state"
    if named or head.lemma_.lower() in word_list("attributions_bodies.txt"):
        return core(head)
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in _OF:
            return next((core(c) for c in prep.children if c.dep_ == "pobj" and c.tag_ in ("NNP", "NNPS")), None)
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
    while end > start and (
        tokens.doc[end - 1].tag_ in ("POS", "HYPH", ":")
        or tokens.doc[end - 1].dep_ == "case"
        or tokens.doc[end - 1].lower_ in ranks
    ):
        end -= 1
    body = tokens.doc[start:end]
    return body if start < end and _is_body(body) else None


def _is_body(tokens: Tokens) -> bool:
    """Whether a phrase can name a body: it has a proper noun, a demonym or a body's noun in it."""
    nouns = word_list("attributions_bodies.txt")
    if all(t.lower_ in word_list("attributions_titles.txt") for t in tokens):
        return False  # "Brigadier General"
    return any(
        t.tag_ in ("NNP", "NNPS") or (t.tag_ == "JJ" and t.text[:1].isupper()) or t.lemma_.lower() in nouns
        for t in tokens
    )


def core(head: Token) -> Tokens:
    """A noun with its modifiers and "of" phrases, without the clauses and appositions that hang on it."""
    start = end = head.i
    for child in head.children:
        if child.i < head.i and child.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "det"):
            start = min(start, child.left_edge.i)
        if child.i > head.i and child.dep_ == "prep" and child.lower_ in ("of", "for"):
            below = [core(one) for one in child.children if one.dep_ == "pobj"]
            end = max(end, *(inner.end - 1 for inner in below)) if below else end
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
    whole = core(head)
    return head.doc[max(start, least) : max(whole.end, head.i + 1) if after is None else head.i + 1]
