"""Who did it and to whom: the actor and recipient of a trigger.

A sense names, in order, the places where each may stand: `subj`, `obj`, `poss`, `mod` (demonym or
name before a noun), `that` (subject of the clause that the trigger governs), `comp` (whoever is
affected in that clause) or a preposition. The first place that holds somebody is taken. A noun that
cannot act ("proposal", "efforts") stands for those named inside its phrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements import events_frames
from reportedly.statements import events_grammar as grammar
from reportedly.statements.events_frames import ACTING
from reportedly.statements.events_lexicon import Lexicon
from reportedly.statements.events_triggers import Trigger

#: The prepositions after which somebody may be named inside a phrase, likeliest first.
INSIDE = ("of", "by", "from", "against", "between", "with", "to", "for", "on", "in", "over", "at", "into", "among")
TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})


@lru_cache(maxsize=1)
def people() -> frozenset[str]:
    """Nouns for persons and bodies that can act or be acted upon."""
    roles = {row["noun"].split()[-1] for row in lexicons.rows("actors_roles.tsv") if row["kind"] != "object"}
    return frozenset(roles) | lexicons.words("events_people.txt")


def can_act(noun: Token) -> bool:
    """True for a name of somebody or somewhere, a noun for persons or a body, or "they"."""
    if noun.ent_type_ in TIMES and noun.pos_ != "PROPN" and grammar.lemma(noun) not in people():
        return noun.pos_ == "NUM" and noun.dep_ in ("nsubj", "nsubjpass", "dobj")
    if noun.ent_type_ in ACTING or grammar.lemma(noun) in people():
        return True
    if noun.pos_ == "PRON":
        return noun.lower_ in lexicons.words("events_pronouns.txt")
    return noun.pos_ == "PROPN" and noun.ent_type_ not in TIMES and noun.tag_ in ("NNP", "NNPS")


def inside(noun: Token, depth: int = 4) -> list[Token]:
    """Those who are named inside the phrase of a noun that cannot act, the nearest first."""
    for item in noun.children:
        if item.dep_ == "poss" and can_act(item):
            return grammar.with_conjuncts(item)
    if (clause := grammar.complement(noun)) is not None and not grammar.is_infinitive(clause):
        # "the demand that Turkey leave"
        subject = grammar.child(clause, *grammar.SUBJECT, *grammar.PASSIVE)
        if subject is not None and can_act(subject):
            return grammar.with_conjuncts(subject)
    for item in noun.children:
        if item.dep_ in ("amod", "compound", "nmod") and _names_somebody(item):
            return [item, *(other for other in item.children if other.dep_ == "conj")]
    found = inside_prepositions(noun, depth) if depth > 0 else []
    return found or _in_participle(noun, depth) or _in_infinitive(noun, depth)


def _in_infinitive(noun: Token, depth: int) -> list[Token]:
    """Those who are named in an infinitive after a noun ("an offer to visit ANKARA")."""
    clause = grammar.complement(noun)
    return affected(clause, depth - 1) if clause is not None and depth > 0 else []


def _in_participle(noun: Token, depth: int) -> list[Token]:
    """Those who are named in a participle after a noun ("the protest staged BY STUDENTS")."""
    clause = grammar.child(noun, "acl")
    if clause is None or depth <= 0:
        return []
    return grammar.agents(clause) or inside_prepositions(clause, depth - 1)


def _names_somebody(modifier: Token) -> bool:
    """True for "Turkish", "NATO" and "opposition" before a noun, not for "general"."""
    if modifier.ent_type_ in ACTING:
        return True
    return modifier.dep_ == "compound" and modifier.pos_ == "NOUN" and grammar.lemma(modifier) in people()


def inside_prepositions(noun: Token, depth: int) -> list[Token]:
    """Those who are named after a preposition below a noun."""
    below = list(grammar.prepositions(noun))
    for wanted in INSIDE:
        found = [somebody for word, other in below if word == wanted for somebody in named(other, depth - 1)]
        if found:
            return found
    return []


def named(noun: Token, depth: int = 4) -> list[Token]:
    """A noun if it can act, else those inside its phrase or inside the clause of a verb."""
    if depth < 0:
        return []
    if noun.pos_ in ("VERB", "AUX"):
        return affected(noun, depth)
    if can_act(noun):
        return [noun]
    return inside(noun, depth)


def affected(verb: Token, depth: int = 2) -> list[Token]:
    """Whoever a clause is about besides its subject: named in its object, prepositions or clauses."""
    for noun in _receivers(verb):
        if found := named(noun, depth - 1):
            return found
    if found := inside_prepositions(verb, depth):
        return found
    clause = grammar.complement(verb)
    return affected(clause, depth - 1) if clause is not None and depth > 0 else []


def _receivers(verb: Token) -> list[Token]:
    """The indirect object ("give TANZANIA a grant") and the objects of a verb."""
    given = [item for item in verb.children if item.dep_ == "dative" and item.pos_ in grammar.NOUNS]
    return given + grammar.objects(verb)


def actors(trigger: Trigger, lexicon: Lexicon) -> list[Token]:
    """The nouns of those who act."""
    for role in trigger.sense.actor:
        nouns = list(_at(role, trigger.token))
        found = [somebody for noun in nouns for somebody in _acting(noun, role, lexicon)]
        if found:
            return _resolved(found)
    if "-" in trigger.sense.actor or "subj" in trigger.sense.actor:
        return []
    # a sense for "the bomb killed …" met with somebody as its subject after all
    doing = [noun for noun in _at("subj", trigger.token) if can_act(noun) and grammar.lemma(noun) not in lexicon.nouns]
    return _resolved(doing)


def _acting(noun: Token, role: str, lexicon: Lexicon) -> list[Token]:
    """A subject as it stands; for an event noun ("the attack killed …"), whoever did it."""
    if not can_act(noun) and (grammar.lemma(noun) in lexicon.nouns or noun.pos_ not in grammar.NOUNS):
        return inside(noun) or _within_modifier(noun)
    if can_act(noun):
        return [noun]
    return inside(noun) or ([noun] if role == "subj" and noun.ent_type_ not in TIMES else [])


def _within_modifier(noun: Token) -> list[Token]:
    """Who is named before a modifier of an event noun ("US" in "US drone attacks")."""
    modifiers = (item for item in noun.children if item.dep_ == "compound")
    return [
        below for item in modifiers for below in item.children if below.dep_ == "compound" and _names_somebody(below)
    ]


def recipients(trigger: Trigger, lexicon: Lexicon, taken: list[Token]) -> list[Token]:
    """The nouns of those acted upon, none of them among the actors (`taken`)."""
    sense, general = trigger.sense, lexicon.types.get(trigger.sense.type, {})
    for role in (*sense.recipient, *(() if "-" in sense.recipient else general.get("recipient", ()))):
        nouns = list(_at(role, trigger.token, any(test.key == "obj" and not test.negated for test in sense.tests)))
        found = [somebody for noun in nouns for somebody in named(noun)]
        if not found and role == "obj" and general.get("things"):
            found = [noun for noun in nouns if noun.ent_type_ not in TIMES]
        found = [noun for noun in _resolved(found) if noun not in taken]
        if found:
            return found
    return _warned(trigger.token, taken) if sense.type == "THREATEN" else []


def _warned(token: Token, taken: list[Token]) -> list[Token]:
    """Whose deed would bring a threat about ("threatened to … if the United States goes ahead")."""
    clause: Token | None = token
    for _ in range(3):
        if clause is None:
            break
        for item in clause.children:
            if item.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in item.children):
                found = [noun for noun in grammar.subjects(item) if can_act(noun)]
                return [noun for noun in _resolved(found) if noun not in taken]
        clause = grammar.complement(clause)
    return []


def _at(role: str, token: Token, nominal: bool = False) -> Iterator[Token]:
    """The nouns (for a clause, its verb) that stand in a role of a trigger."""
    if role == "subj":
        yield from events_frames.subjects(token)
    elif role == "obj":
        yield from grammar.objects(token)
    elif role == "iobj":
        yield from (item for item in token.children if item.dep_ == "dative" and item.pos_ in grammar.NOUNS)
    elif role in ("poss", "mod"):
        yield from _before(role, token)
    elif role in ("that", "comp"):
        yield from _clause(role, token)
    elif role == "aim":
        yield from (item for item in token.children if item.dep_ in ("advcl", "xcomp", "acl") and _is_aim(item))
    elif role != "-":
        yield from _after(role, token, nominal)


def _is_aim(clause: Token) -> bool:
    """True for "to demand …", "calling for …", "saying that …": what a protest is for."""
    return grammar.is_infinitive(clause) or clause.tag_ == "VBG"


def _before(role: str, token: Token) -> Iterator[Token]:
    for item in token.children:
        wanted = item.dep_ == "poss" if role == "poss" else item.dep_ in ("amod", "compound", "nmod")
        if wanted and (role == "poss" or _names_somebody(item)):
            yield from [item, *(other for other in item.children if other.dep_ == "conj")]


def _clause(role: str, token: Token) -> Iterator[Token]:
    clause = grammar.complement(token)
    if clause is None:
        return
    if role == "comp":
        yield clause
        return
    yield from (
        (noun for noun in grammar.with_conjuncts(subject))
        if (subject := grammar.child(clause, *grammar.SUBJECT, *grammar.PASSIVE)) is not None
        else ()
    )


def _after(role: str, token: Token, nominal: bool) -> Iterator[Token]:
    """Nouns after a preposition below the trigger, or below the verb that carries a noun trigger."""
    yield from (noun for word, noun in grammar.prepositions(token) if word == role)
    for other in _around(token, nominal):
        yield from (noun for word, noun in grammar.prepositions(other) if word == role)
    if role in ("against", "in"):
        yield from _nested(role, token)


def _nested(role: str, token: Token) -> Iterator[Token]:
    """The opponent and the place may stand deeper in the clause ("called up reserves for a war
    AGAINST …", "walked off the job IN …")."""
    for _, noun in grammar.prepositions(token):
        yield from (below for word, below in grammar.prepositions(noun) if word == role)


def _around(token: Token, nominal: bool) -> list[Token]:
    """Where else the prepositions of a trigger may hang: on the verb that carries a noun or adjective;
    on the object of a verb if that cannot act or makes the meaning (`nominal`: "held talks WITH")."""
    if token.pos_ in ("NOUN", "PROPN"):
        above = grammar.support(token)
        return [above] if above is not None else []
    if token.pos_ == "ADJ":
        above = grammar.governor(token)
        return [above] if above is not None else []
    return [noun for noun in grammar.objects(token) if nominal or not can_act(noun)]


def _resolved(nouns: list[Token]) -> list[Token]:
    """Each noun once, with a pronoun replaced by whom it stands for in the sentence if that is clear."""
    found: list[Token] = []
    for noun in nouns:
        meant = antecedent(noun)
        if meant not in found:
            found.append(meant)
    return found


def antecedent(noun: Token) -> Token:
    """For "it", "they", "he" in a reported clause, the speaker ("Iraq said it would …"); else itself."""
    if noun.pos_ != "PRON" or noun.lower_ not in lexicons.words("events_pronouns.txt"):
        return grammar.referent(noun)
    for above in noun.ancestors:
        if above.dep_ not in ("ccomp", "advcl", "conj", "relcl"):
            continue
        speaker = grammar.child(above.head, *grammar.SUBJECT)
        if speaker is not None and speaker.pos_ in ("NOUN", "PROPN") and can_act(speaker) and speaker.i < noun.i:
            return speaker
    return noun
