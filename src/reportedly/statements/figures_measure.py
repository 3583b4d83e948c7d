"""The measure of a figure, from the words that govern what it counts.

The order in which the words are asked, nearest first: participles and clauses after the noun ("fighters
captured in Syria"), the verb that it is subject or object of, nouns that it depends on ("the murder of
six"), adjectives on it, where the counted are ("in camps"); then what the noun says by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from reportedly.data import Measure
from reportedly.statements import figures_places as places
from reportedly.statements.figures_counted import Counted, of_people
from reportedly.statements.figures_lexicon import CONTEXT, CUES, Cue, Noun, noun

_INHERIT = frozenset(("including", "among", "of", "like", "with", "than", "as"))
_RAISED = frozenset(("xcomp", "ccomp", "conj"))
_LINKS = 8
_INHABITANTS = frozenset(("", "people", "person", "family", "household", "inhabitant", "resident", "man", "soul"))
_LIGHT = frozenset(("take", "have", "suffer", "sustain", "make", "face"))
_HOLDS = frozenset(("hold", "house", "contain", "shelter"))


def measure(what: Counted, tokens: Span, many: bool) -> Measure:
    """The measure of a figure that has no unit of its own; `many` if it is of ten or more."""
    known = noun(what.lemma)
    if known is not None and known.many and not many:
        known = known._replace(measure="other")
    person = of_people(what)
    own = what.noun is not None and what.noun.i >= tokens.start  # not that of the figure before
    weak: Measure | None = None
    for cue in _cues(what, tokens):
        if cue.many and (not many or (known is not None and known.measure == "fighters")):
            continue  # troops that leave are not displaced
        if not (cue.sure and (person or cue.measure == "surrendered")) and not person:
            continue
        if own and known is not None and known.strong and cue.measure not in ("killed", "injured", known.measure):
            break
        if not cue.sure and cue.measure in ("population", "fighters", "civilians"):
            lives = cue.measure == "population" and what.lemma not in _INHABITANTS
            weak = weak or (None if lives else cue.measure)
            continue
        return cue.measure
    return _without_verb(what, known, weak, person)


def _without_verb(what: Counted, known: Noun | None, weak: Measure | None, person: bool) -> Measure:
    if known is not None and known.strong:
        return known.measure
    place = places.place(what) if person else None
    if place is not None:
        return place
    if known is not None and known.measure != "other":
        return known.measure
    return weak or "other"


def _cues(what: Counted, tokens: Span) -> Iterator[Cue]:
    """The words that may say what is measured, nearest first."""
    yield from _beside(tokens, what)
    yield from _just_before(tokens)
    if what.anchor.dep_ == "nsubj" and what.anchor.head.lemma_ == "be":  # "1,200 of those who fled were fighters"
        for child in (child for child in what.anchor.head.children if child.dep_ == "attr"):
            yield from _called(child)
    hosts = [token for token in (what.noun, what.anchor) if token is not None]
    for token in hosts:
        yield from _clauses(token)
    yield from _governors(what.anchor)
    for token in hosts:  # "wounded fighters were captured": the verb comes first
        yield from _adjectives(token)


def _beside(tokens: Span, what: Counted) -> Iterator[Cue]:
    """ "32 wounded", "12 people dead": the participle right after, whatever the parse."""
    after = what.noun.i + 1 if what.noun is not None and what.noun.i >= tokens.end else tokens.end
    doc = tokens.doc
    after += after < len(doc) and doc[after].lower_ in ("more", "others")
    if after < len(doc) and doc[after].tag_ in ("VBN", "VBD", "JJ", "NNS", "NN"):
        token = doc[after]
        cue = CUES.get((token.lower_, "any"))
        if cue is None and token.tag_ in ("VBN", "VBD") and not _has_object(token):
            cue = CUES.get((token.lemma_.lower(), "object"))
        if cue is not None and cue.sure:
            yield cue


def _just_before(tokens: Span) -> Iterator[Cue]:
    """ "A population of some seven million", whatever the parse."""
    doc = tokens.doc
    for i in range(tokens.start - 1, max(0, tokens.start - 4), -1):
        if doc[i].lower_ == "of":
            yield from _of(doc[i - 1])
            return
        if doc[i].pos_ in ("NOUN", "PROPN", "VERB", "PUNCT"):
            return


def _has_object(verb: Token) -> bool:
    return any(child.dep_ in ("dobj", "attr") for child in verb.children)


def _adjectives(token: Token) -> Iterator[Cue]:
    """Adjectives and participles before a noun."""
    for child in token.children:
        if child.dep_ == "amod":
            yield from _look(child, "object" if child.tag_ == "VBN" else "any")


def _clauses(token: Token) -> Iterator[Cue]:
    """Participles after a noun and relative clauses on it; one on a share of it ("half of whom fled") says
    nothing of all."""
    for child in token.children:
        if child.dep_ == "acl":
            yield from _look(child, "subject" if child.tag_ in ("VBG", "VB") else "object")
        elif child.dep_ == "relcl" and not _of_some(child):
            yield from _clause(child, _role_in(child))


def _of_some(clause: Token) -> bool:
    """True for a relative clause on some of those counted: "at least half of whom fled"."""
    subjects = [child for child in clause.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(token.lower_ == "whom" for subject in subjects for token in subject.subtree)


def _role_in(clause: Token) -> str:
    """What the noun is to its relative clause: subject, or object where something else is the subject."""
    for child in clause.children:
        if child.dep_ == "nsubj":
            return "subject" if child.tag_ in ("WDT", "WP") or child.lower_ == "that" else "object"
        if child.dep_ == "nsubjpass":
            return "object"
    return "subject"


def _look(token: Token, role: str) -> Iterator[Cue]:
    """The cue of a word in a role, with its particle first ("give up"); "dead", "missing" hold in any."""
    lemma = token.lemma_.lower()
    with_particle = [(f"{lemma} {child.lower_}", role) for child in token.children if child.dep_ in ("prt", "advmod")]
    for key in (*with_particle, (token.lower_, "any"), (lemma, role)):
        cue = CUES.get(key)
        if cue is not None:
            yield cue


def _clause(verb: Token, role: str, depth: int = 0) -> Iterator[Cue]:
    """The cue of a verb, then of what it says of the same subject: "are believed to have died"."""
    if any(child.dep_ == "neg" for child in verb.children):
        return  # "who had not been killed"
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
        if child.dep_ == "attr" and verb.lemma_ == "be":
            yield from _called(child)
        if child.dep_ == "prep" and child.lower_ == "to":  # "starved to death"
            yield from (cue for end in child.children if (cue := CUES.get((end.lower_, "to"))) is not None)


def _called(noun_: Token) -> Iterator[Cue]:
    """What the counted are said to be: "are refugees", "were fighters"."""
    known = noun(noun_.lemma_.lower())
    if known and known.unit == "person" and known.measure not in ("other", "population"):
        yield Cue(known.measure, sure=True)


def _own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _governors(token: Token) -> Iterator[Cue]:
    """The cues above a word, link by link up to its clause."""
    for _ in range(_LINKS):
        head, dep = token.head, token.dep_
        if head == token:
            yield from _look(token, "any")
            return
        if dep in ("nsubj", "nsubjpass"):
            if _of_some(head):
                return
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
            if head.lower_ == "of":
                yield from _of(above)
                if above.lemma_.lower() in CONTEXT["of", "parent"]:
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


def _of(above: Token) -> Iterator[Cue]:
    """ "A town of 20,000", "a refugee population of 2m"; "took the lives of 12"."""
    if above.lemma_.lower() in CONTEXT["of", "lives"]:
        taken = above.dep_ == "dobj" and above.head.lemma_.lower() in CONTEXT["verb", "lives"]
        yield from [Cue("killed", sure=True)] if taken else []
        return
    cue = CUES.get((above.lemma_.lower(), "of"))
    if cue is None:
        return
    beside = (CUES.get((child.lemma_.lower(), "noun")) for child in above.lefts)
    yield next((one for one in beside if one is not None and one.sure), cue)


def _object(verb: Token) -> Iterator[Cue]:
    """The cues of the verb that a word is object of, and of what it makes of it ("left 12 dead"). Of two
    verbs with one object ("killed or wounded 40") the first counts."""
    if verb.lemma_ in _HOLDS and any(places.is_camp(child) for child in verb.children if child.dep_ == "nsubj"):
        yield Cue("displaced", sure=False)
    yield from _complements(verb)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not _has_object(verb.head):
        yield from _look(verb.head, "object")
    yield from _look(verb, "object")
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "advcl"):
            yield from _look(child, "any")
    if verb.lemma_ in ("be", "reach", "pass", "exceed", "hit", "stand", "total", "number"):
        raised = verb.dep_ in ("xcomp", "ccomp") and not _own_subject(verb)
        for child in (
            verb.head.head if raised and verb.head.dep_ == "acomp" else verb.head if raised else verb
        ).children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                yield from _look(child, "noun")
                yield from _look(child, "any")
                for inner in child.children:
                    if inner.dep_ == "prep" and inner.lower_ == "of":
                        for below in inner.children:
                            yield from _of_number(below)


def _through(preposition: Token) -> Token | None:
    """The noun that a preposition hangs on ("the murder of"), through "along with", "as well as"."""
    above = preposition.head
    while above.pos_ in ("ADP", "ADV", "SCONJ") and above.head != above:
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
            for below in (below for inner in child.children if inner.dep_ == "prep" for below in inner.children):
                yield from _of_number(below)


def _of_number(below: Token) -> Iterator[Cue]:
    """ "The number of deaths", "of people in the camp", "of those killed" that rises or falls."""
    yield from _look(below, "any")
    yield from _look(below, "noun")
    yield from _called(below)
    yield from _clauses(below)
    place = places.place(Counted(below, below))
    if place is not None:
        yield Cue(place, sure=False)
