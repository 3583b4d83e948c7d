"""What fills which role of a verb or an event noun, read off the dependency parse.

A role is "subj" or "obj" (turned round in the passive) or the preposition that governs the filler
("from", "out of"). Fillers are heads of phrases. Shared by the stages that read clauses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from reportedly import lexicons
from reportedly.statements.events_grammar import joined_before

Roles = dict[str, list[Token]]


def word_set(name: str) -> frozenset[str]:
    """One of the word sets of control_words.json."""
    return frozenset(lexicons.tree("control_words.json")[name])


PARTICLES = frozenset({"prt", "advmod", "prep"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
#: A clause with one of these labels has the subject of the clause that it hangs on.
SUBJECTLESS = frozenset({"xcomp", "advcl", "pcomp", "conj", "ccomp"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
#: Verbs with which a noun names the act of their subject ("launched an assault").
SUPPORT = word_set("supporting_verbs")


def roles(trigger: Token) -> Roles:
    """The fillers of every role of a trigger, verb or noun."""
    return _of_verb(trigger) if trigger.pos_ in ("VERB", "AUX") else _of_noun(trigger)


def passive(verb: Token) -> bool:
    """True for "was taken" and for the bare participle in "the town taken by rebels"."""
    labels = {child.dep_ for child in verb.children}
    if labels & {"nsubjpass", "auxpass", "csubjpass"}:
        return True
    reduced = verb.dep_ in ("acl", "advcl") and verb.tag_ == "VBN"
    return (reduced or verb.dep_ == "conj") and "nsubj" not in labels and "dobj" not in labels and "agent" in labels


def _of_verb(verb: Token) -> Roles:
    found: Roles = defaultdict(list)
    is_passive = passive(verb) or (verb.dep_ == "conj" and verb.tag_ == "VBN" and _bare(verb) and passive(verb.head))
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            # of two subjects (a heading run into its text) the nearer one is the verb's own
            found["obj" if is_passive else "subj"].insert(0, _antecedent(child, verb))
        elif child.dep_ == "dobj":
            found["obj"].append(_antecedent(child, verb))
        elif child.dep_ == "agent" or (child.dep_ == "mark" and child.lower_ == "for"):
            found["subj"].extend(_objects(child))
    for name, filler in prepositions(verb):
        found[name].append(filler)
    if not found["obj"] and not is_passive and _object_left_out(verb):
        found["obj"].append(verb.head)
    missing = "obj" if is_passive else "subj"
    if not found[missing]:
        found[missing].extend(_shared(verb, is_passive))
    if not found[missing] and (subject := joined_before(verb)) is not None:
        found[missing].append(subject)
    _where(verb, found)
    return found


def _object_left_out(verb: Token) -> bool:
    """True in "the airspace it controls", whose object is the noun before."""
    own_subject = any(child.dep_ == "nsubj" and child.lower_ not in RELATIVES for child in verb.children)
    return verb.dep_ == "relcl" and verb.head.pos_ in NOMINAL and own_subject and not _adverbial(verb)


def _bare(verb: Token) -> bool:
    return not any(child.dep_ in ("nsubj", "nsubjpass", "aux", "dobj") for child in verb.children)


def _of_noun(noun: Token) -> Roles:
    found: Roles = defaultdict(list)
    for child in noun.children:
        if child.dep_ == "poss" and child.lower_ == "its":
            found["its"].append(child)
        if child.dep_ == "poss" or (child.dep_ in ("compound", "amod", "nmod") and _names(child)):
            found["subj"].append(child)
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            found["by"].extend(
                filler for agent in child.children if agent.dep_ == "agent" for filler in _objects(agent)
            )
    for name, filler in prepositions(noun):
        found[name].append(filler)
    for filler in found["by"]:
        if not found["of"]:  # "a siege by rebels of two towns"
            found["of"].extend(inner for name, inner in prepositions(filler) if name == "of")
    if not found["subj"] and not found["by"]:
        found["subj"].extend(_supported(noun))
    _attached(noun, found)
    return found


def _names(modifier: Token) -> bool:
    return bool(modifier.ent_type_) or modifier.pos_ in ("PROPN", "NOUN") or modifier.text[:1].isupper()


def _supported(noun: Token) -> list[Token]:
    """The subject of the verb that supports an event noun: "rebels launched an assault"."""
    verb = noun.head
    while verb.dep_ in ("xcomp", "conj") and verb.head.pos_ == "VERB":
        verb = verb.head
    if noun.dep_ in ("dobj", "conj") and noun.head.lemma_ in SUPPORT:
        return [_antecedent(child, verb) for child in verb.children if child.dep_ == "nsubj"]
    return []


def _attached(noun: Token, found: Roles) -> None:
    """Prepositions that the parser hung on the supporting verb: "launched attacks … on the town"."""
    if noun.dep_ != "dobj":
        return
    for name, filler in prepositions(noun.head):
        if filler.i > noun.i:
            found.setdefault(name, []).append(filler)


def prepositions(head: Token) -> Iterator[tuple[str, Token]]:
    """Every (preposition, head of its object) under a token; chains are joined ("out of")."""
    for child in head.children:
        if child.dep_ in ("prep", "advmod", "prt", "agent"):
            yield from _chain(child, child.lower_)


def agents(trigger: Token) -> list[list[Token]]:
    """Those who act apart: of "by X on one side and by Y on the other" X and Y, each with those joined to it."""
    found = [word for child in trigger.children for word in (child, *child.conjuncts) if word.lower_ == "by"]
    return [_objects(word) for word in dict.fromkeys(found)]


def _chain(word: Token, name: str) -> Iterator[tuple[str, Token]]:
    for child in word.children:
        if child.dep_ == "pobj":
            yield name, child
        elif child.dep_ in ("prep", "agent") and child.i > word.i:
            yield from _chain(child, f"{name} {child.lower_}")
            yield from _chain(child, child.lower_)


def _objects(preposition: Token) -> list[Token]:
    return [child for child in preposition.children if child.dep_ == "pobj"]


def _antecedent(word: Token, verb: Token) -> Token:
    """What a relative pronoun stands for; any other word stands for itself."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "pcomp", "prep") and clause.head != clause:
        clause = clause.head
    if word.lower_ in RELATIVES and clause.dep_ == "relcl":
        return clause.head
    return word


def _shared(verb: Token, is_passive: bool) -> list[Token]:
    """The missing subject (or passive object), from the clause that this one hangs on."""
    above = verb.head
    if verb.dep_ in ("acl", "relcl") and above.pos_ in NOMINAL:
        if _infinitive(verb):
            return _owner(above)
        relative = any(child.lower_ in ("where", "when", "why") for child in verb.children)
        return [] if relative else [_main(verb, above)]
    if verb.dep_ not in SUBJECTLESS:
        return []
    here = verb
    for _ in range(5):
        above = here.head
        if above == here:
            return []
        if above.pos_ in ("VERB", "AUX"):
            found = _controller(above, here)
            if found or above.dep_ not in SUBJECTLESS | {"acl", "relcl"}:
                return found
            if above.dep_ in ("acl", "relcl"):
                return _shared(above, False)
        here = above
    return []


def _main(verb: Token, above: Token) -> Token:
    """Whose deed a participle tells: of "militias backed by the coalition swept through Raqqa", a sentence that the
    parser leaves without a verb, the militias'."""
    root = above.sent.root
    if verb.dep_ != "acl" or root.pos_ not in ("NOUN", "PROPN") or above.dep_ != "pobj" or above.head.dep_ != "agent":
        return above
    active = any(child.dep_ in ("dobj", "prep") for child in verb.children) and not passive(verb)
    return root if above.head.head.head == root and active else above


def _controller(above: Token, clause: Token) -> list[Token]:
    """Who acts in a clause without subject: the object of "force X to", else the subject above."""
    children = list(above.children)
    if clause.dep_ == "xcomp" and clause.tag_ == "VB":
        objects = [child for child in children if child.dep_ == "dobj" and child.i < clause.i]
        if objects and above.lemma_ in ("force", "allow", "enable", "help", "order", "urge", "tell", "ask", "push"):
            return objects
    return [_antecedent(c, above) for c in children if c.dep_ in ("nsubj", "nsubjpass") and c.i != clause.i]


def _infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _owner(noun: Token) -> list[Token]:
    """Who wages a campaign, battle …: its possessor, its "by", or the subject that launched it."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return []
    found = _of_noun(noun)
    owners = [t for name in ("by", "subj") for t in found[name]] or found["of"]
    bare = all(owner.dep_ == "compound" and owner.text.islower() for owner in owners)  # "ground" in "ground campaign"
    if not bare or noun.dep_ not in ("dobj", "pobj"):
        return owners
    verb = noun.head
    for _ in range(3):
        if verb.pos_ == "VERB":
            break
        verb = verb.head
    return [*owners, *(_antecedent(child, verb) for child in verb.children if child.dep_ == "nsubj")]


def _adverbial(verb: Token) -> bool:
    return any(child.lower_ in ("where", "when", "why", "how") for child in verb.children)


def _where(verb: Token, found: Roles) -> None:
    """ "the town where they are hemmed in": the town is where the verb's "in" points."""
    if verb.dep_ == "relcl" and any(child.lower_ == "where" for child in verb.children):
        found["in"].append(verb.head)


def particle(verb: Token) -> Token | None:
    """The particle that belongs to a verb ("hem in"), also where the parse calls it something else."""
    for child in verb.children:
        after = child.i - verb.i
        if child.dep_ == "prt" or (0 < after <= 2 and child.dep_ in PARTICLES and child.lower_ in PARTICLE_WORDS):
            return child
    return None


PARTICLE_WORDS = word_set("particles")


def negated(word: Token) -> bool:
    """True under "not", "never", "no" and the like, also on the auxiliary's side."""
    return any(child.dep_ == "neg" or child.lower_ in ("never", "neither", "no") for child in word.children)


def no_longer(verb: Token) -> bool:
    """True for "no longer holds"."""
    return any(c.lower_ == "longer" and any(g.lower_ == "no" for g in c.children) for c in verb.children)


def _dated(preposition: Token) -> bool:
    """True of "on Sunday", "in 1995" beside a noun, which tell of the deed and not of who or where."""
    if preposition.dep_ != "prep" or preposition.head.pos_ not in NOMINAL:
        return False
    dates = preposition.doc._.dates
    return any(date.start <= word.idx < date.end for word in preposition.children for date in dates)


def phrase(head: Token, leave_out: frozenset[str]) -> Tokens:
    """The phrase of a head without its dependents of some labels, cut at punctuation on either side."""
    members = {head.i}
    for child in head.children:
        if child.dep_ not in leave_out:
            members.update(token.i for token in child.subtree)
    for dated in [token for token in head.subtree if token.i in members and _dated(token)]:
        members.difference_update(token.i for token in dated.subtree)
    start = end = head.i
    while start - 1 in members:
        start -= 1
    while end + 1 in members:
        end += 1
    doc = head.doc
    while start < head.i and (
        doc[start].pos_ in ("PUNCT", "CCONJ", "ADV", "SPACE")
        and doc[start].dep_ in ("punct", "cc", "preconj", "advmod", "dep")
    ):
        start += 1
    while end > head.i and doc[end].pos_ in ("PUNCT", "CCONJ", "SCONJ", "ADP", "SPACE"):
        end -= 1
    return doc[start : end + 1]
