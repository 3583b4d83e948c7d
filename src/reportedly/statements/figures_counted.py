"""What a figure counts, and the measure, from the parse: the counted noun and the words that govern it.

The order in which the words are asked, nearest first: participles and clauses on the noun ("fighters
captured in Syria"), the verb that it is subject or object of, nouns that it depends on ("the murder of
six"), where the counted are ("in camps"); then what the noun says by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from reportedly.data import Measure
from reportedly.statements.figures_lexicon import CONTEXT, CUES, Cue, Noun, is_person, noun

_NUMERIC = frozenset(("nummod", "quantmod", "compound", "amod", "advmod", "det", "predet", "nmod", "npadvmod", "poss"))
_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "PRON"))
_INHERIT = frozenset(("including", "among", "of", "like", "with", "than", "as"))
_RAISED = frozenset(("xcomp", "ccomp", "conj"))
_PLACED = frozenset(("in", "at", "to", "into", "inside", "from"))
_LINKS = 8
_INHABITANTS = frozenset(("", "people", "person", "family", "household", "inhabitant", "resident", "man", "soul"))
_LIGHT = frozenset(("take", "have", "suffer", "sustain", "make", "face"))
_REACH = 12  # tokens from a number to the noun that it counts


class Counted(NamedTuple):
    """The counted noun, if there is one, and the token whose place in the parse tells the measure."""

    noun: Token | None
    anchor: Token

    @property
    def lemma(self) -> str:
        return self.noun.lemma_.lower() if self.noun is not None else ""


def counted(tokens: Span) -> Counted:
    """What the tokens of a number count: the noun that they modify, or that follows "of"."""
    root = tokens.root
    for child in root.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i >= tokens.end:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return Counted(inner, root)
    head = root
    while head.dep_ in _NUMERIC and head.head is not head and head.head.i < tokens.end + _REACH:
        head = head.head
        if any(token.text in "([" for token in head.doc[tokens.end : head.i]):
            break  # the noun of a bracket is not counted by a number before it
        if head.i >= tokens.end and head.pos_ in _NOMINAL and head.dep_ not in ("compound", "amod", "nummod"):
            return Counted(head, head)
    if head.i >= tokens.end and head.pos_ in ("NOUN", "PROPN"):
        return Counted(head, head)
    return Counted(_next_noun(tokens), root)


def pronoun(what: Counted) -> bool:
    """True if only a pronoun is counted ("five of them")."""
    return what.noun is not None and what.noun.pos_ == "PRON"


def _next_noun(tokens: Span) -> Token | None:
    """The plural noun right after a number that the parser has not joined to it."""
    doc: Doc = tokens.doc
    for token in doc[tokens.end : tokens.end + 4]:
        if token.tag_ in ("NNS", "NNPS"):
            return token
        if token.pos_ not in ("ADJ", "PROPN", "NOUN"):
            return None
    return None


def of_people(what: Counted) -> bool:
    """True if people may be counted: no noun, a pronoun, or a noun of people."""
    return what.noun is None or pronoun(what) or is_person(what.lemma, what.noun.pos_ == "PROPN")


def measure(what: Counted, tokens: Span, many: bool) -> Measure:
    """The measure of a figure that has no unit of its own; `many` if it is of ten or more."""
    known = noun(what.lemma)
    if known is not None and known.many and not many:
        known = known._replace(measure="other")
    person = of_people(what)
    weak: Measure | None = None
    for cue in _cues(what, tokens):
        if cue.many and (not many or (known is not None and known.measure == "fighters")):
            continue  # troops that leave are not displaced
        if not (cue.sure and (person or cue.measure == "surrendered")) and not person:
            continue
        if known is not None and known.strong and cue.measure not in ("killed", "injured", known.measure):
            break
        if cue.measure in ("population", "fighters", "civilians"):
            lives = cue.measure == "population" and what.lemma not in _INHABITANTS
            weak = weak or (None if lives else cue.measure)
            continue
        return cue.measure
    return _without_verb(what, known, weak, person)


def _without_verb(what: Counted, known: Noun | None, weak: Measure | None, person: bool) -> Measure:
    if known is not None and known.strong:
        return known.measure
    place = _place(what) if person and what.noun is not None else None
    if place is not None:
        return place
    if known is not None and known.measure != "other":
        return known.measure
    return weak or "other"


def _cues(what: Counted, tokens: Span) -> Iterator[Cue]:
    """The words that may say what is measured, nearest first."""
    yield from _beside(tokens, what)
    for token in (what.noun, what.anchor):
        if token is not None:
            yield from _modifiers(token)
    yield from _governors(what.anchor)


def _beside(tokens: Span, what: Counted) -> Iterator[Cue]:
    """ "32 wounded", "12 people dead": the participle right after, whatever the parse."""
    after = what.noun.i + 1 if what.noun is not None and what.noun.i >= tokens.end else tokens.end
    doc = tokens.doc
    if after < len(doc) and doc[after].tag_ in ("VBN", "VBD", "JJ", "NNS", "NN"):
        token = doc[after]
        cue = CUES.get((token.lower_, "any"))
        if cue is None and token.tag_ in ("VBN", "VBD") and not _has_object(token):
            cue = CUES.get((token.lemma_.lower(), "object"))
        if cue is not None and cue.sure:
            yield cue


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "attr") for child in verb.children)


def _modifiers(token: Token) -> Iterator[Cue]:
    """Adjectives, participles and relative clauses on a noun."""
    for child in token.children:
        if child.dep_ == "amod":
            yield from _look(child, "object" if child.tag_ == "VBN" else "any")
        elif child.dep_ == "acl":
            yield from _look(child, "subject" if child.tag_ in ("VBG", "VB") else "object")
        elif child.dep_ == "relcl":
            yield from _clause(child, _role_in(child))


def _role_in(clause: Token) -> str:
    """What the noun is to its relative clause: subject, or object where something else is the subject."""
    for child in clause.children:
        if child.dep_ == "nsubj":
            return "subject" if child.tag_ in ("WDT", "WP") or child.lower_ == "that" else "object"
        if child.dep_ == "nsubjpass":
            return "object"
    return "subject"


def _look(token: Token, role: str) -> Iterator[Cue]:
    """The cue of a word in a role; "dead", "missing" hold in any."""
    for key in ((token.lower_, "any"), (token.lemma_.lower(), role)):
        cue = CUES.get(key)
        if cue is not None:
            yield cue


def _clause(verb: Token, role: str, depth: int = 0) -> Iterator[Cue]:
    """The cue of a verb, then of what it says of the same subject: "are believed to have died"."""
    passive = role == "object"
    yield from _complements(verb)
    yield from _look(verb, role)
    for child in verb.children:
        if child.dep_ == "dobj" and verb.lemma_ in _LIGHT:
            yield from _look(child, "noun")  # take flight, suffer injuries
        elif depth < 3 and child.dep_ in _RAISED and child.pos_ in ("VERB", "AUX") and not _own_subject(child):
            shared = child.dep_ == "conj" and passive and child.tag_ == "VBN"
            yield from _clause(child, "object" if shared or _is_passive(child) else "subject", depth + 1)


def _complements(verb: Token) -> Iterator[Cue]:
    """What a verb says of those it is about: "went missing", "were shot dead", "left 12 wounded"."""
    for child in verb.children:
        if child.dep_ in ("acomp", "oprd", "attr", "advmod"):
            yield from _look(child, "any")


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _governors(token: Token) -> Iterator[Cue]:
    """The cues above a word, link by link up to its clause."""
    for _ in range(_LINKS):
        head, dep = token.head, token.dep_
        if head is token:
            yield from _look(token, "any")
            return
        if dep in ("nsubj", "nsubjpass"):
            passive = dep == "nsubjpass" or _is_passive(head)
            yield from _clause(head, "object" if passive else "subject")
            return
        if dep in ("dobj", "dative", "oprd", "attr"):
            yield from _object(head)
            return
        if dep == "pobj" or dep == "pcomp":
            above = _through(head)
            yield from _toll(head)
            if above is None:
                return
            if above.pos_ == "VERB":
                yield from _clause(above, "object" if _is_passive(above) or above.tag_ == "VBN" else "subject")
                return
            yield from _look(above, "noun")
            if head.lower_ not in _INHERIT and head.head.lower_ != "along":
                return
            token = above
            continue
        if dep in ("conj", "appos", "nummod", "compound", "quantmod", "nmod", "dep", "amod", "advmod", "npadvmod"):
            yield from _look(head, "noun")
            token = head
            continue
        return


def _object(verb: Token) -> Iterator[Cue]:
    """The cues of the verb that a word is object of, and of what it makes of it ("left 12 dead"). Of two
    verbs with one object ("killed or wounded 40") the first counts."""
    yield from _complements(verb)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not _has_object(verb.head):
        yield from _look(verb.head, "object")
    yield from _look(verb, "object")
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "advcl"):
            yield from _look(child, "any")
    if verb.lemma_ in ("be", "reach", "pass", "exceed", "hit", "stand", "total", "number"):
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                yield from _look(child, "noun")
                yield from _look(child, "any")


def _through(preposition: Token) -> Token | None:
    """The noun that a preposition hangs on ("the murder of"), through "along with", "as well as"."""
    above = preposition.head
    while above.pos_ in ("ADP", "ADV", "SCONJ") and above.head is not above:
        above = above.head
    if above.pos_ == "VERB" and preposition.head.lower_ == "along":
        return above
    return above if above.pos_ in ("NOUN", "PROPN", "NUM") else None


def _toll(preposition: Token) -> Iterator[Cue]:
    """ "The toll rose to 38", "swelling the ranks to 7,000"."""
    if preposition.lower_ not in ("to", "at", "above", "over", "past", "by", "from"):
        return
    verb = preposition.head
    if verb.pos_ == "ADP":  # from 10,000 to 33,000
        verb = verb.head
    for child in verb.children:
        if child.dep_ in ("nsubj", "dobj", "nsubjpass"):
            yield from _look(child, "noun")
            for inner in child.children:
                if inner.dep_ == "prep":
                    for below in inner.children:
                        yield from _look(below, "any")


def _place(what: Counted) -> Measure | None:
    """Displaced in camps, detained in prisons or custody: a place on the noun or on its verb."""
    token = what.noun if what.noun is not None else what.anchor
    hosts = [token, what.anchor, *(child for child in token.children if child.dep_ in ("acl", "relcl"))]
    if what.anchor.dep_ in ("nsubj", "nsubjpass", "attr"):
        hosts.append(what.anchor.head)
        hosts.extend(child for child in what.anchor.head.children if child.dep_ in ("xcomp", "acl", "relcl"))
    for host in hosts:
        for child in host.children:
            found = _in_place(child)
            if found is not None:
                return found
    return None


def _in_place(token: Token, depth: int = 0) -> Measure | None:
    if token.dep_ != "prep" or (depth == 0 and token.lower_ not in _PLACED):
        return None
    for inner in token.children:
        if inner.dep_ == "pobj":
            for means in ("displaced", "detained"):
                if inner.lemma_.lower() in CONTEXT["place", means]:
                    return means
        if inner.dep_ in ("pobj", "prep") and depth < 3:
            for below in [inner, *inner.children]:
                found = _in_place(below, depth + 1)
                if found is not None:
                    return found
    return None
