"""Who stands where around a word: subjects, objects and prepositional objects over a dependency parse.

These are logical, not surface relations: passives are turned round, shared and controlled subjects
are found, a relative pronoun stands for its noun, and the noun in "launched an attack" has the
verb's subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly import lexicons

SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
#: Clauses that may lack a subject of their own.
CONTROLLED = frozenset({"xcomp", "advcl", "pcomp", "conj", "acl", "relcl", "ccomp", "dep"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def lemma(token: Token) -> str:
    """The lemma in lower case (the model keeps capitals of names), with known slips put right."""
    found = token.lemma_.lower()
    return slips().get(found, found) if token.pos_ == "VERB" else found


@lru_cache(maxsize=1)
def slips() -> dict[str, str]:
    """Wrong lemmas of verbs and the right ones."""
    return {row["given"]: row["lemma"] for row in lexicons.rows("events_lemmas.tsv")}


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these dependency labels."""
    return next((item for item in token.children if item.dep_ in labels), None)


def with_conjuncts(token: Token) -> list[Token]:
    """A noun and the nouns that are joined to it by "and", "or", a comma."""
    found = [token]
    for item in found:
        found.extend(other for other in item.children if other.dep_ == "conj" and other.pos_ in NOUNS)
    return found


def is_passive(verb: Token) -> bool:
    """True for "was seized", "to be seized" and "the weapons seized by …"."""
    if verb.tag_ != "VBN" or is_stranded(verb):
        return False
    if any(item.dep_ in ("auxpass", "nsubjpass") for item in verb.children):
        return True
    for _ in range(8):  # "were shelled, seized and burned": the first of a series tells the voice
        if verb.dep_ != "conj" or verb.head.tag_ != "VBN" or child(verb, "nsubj") is not None:
            break
        verb = verb.head
        if any(item.dep_ in ("auxpass", "nsubjpass") for item in verb.children):
            return True
    return verb.dep_ in ("acl", "amod") or (verb.dep_ == "advcl" and child(verb, "aux", "dobj") is None)


def is_stranded(verb: Token) -> bool:
    """True for the main verb of a sentence that the parser took for a participle of its subject.

    "Doctors from two groups donated …": the noun is then the root, and no "by" follows.
    """
    head = verb.head
    root = head.sent.root
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or root.pos_ not in NOUNS or agents(verb):
        return False
    if head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head == root:
        return any(item.dep_ == "dobj" or (item.dep_ == "conj" and item.tag_ == "VBD") for item in verb.children)
    following = ("dobj", "xcomp", "ccomp", "conj", "prt", "prep", "dative")
    return head == root and any(item.dep_ in following for item in verb.children)


def agents(verb: Token) -> list[Token]:
    """The noun of "by …" after a passive."""
    found: list[Token] = []
    for item in verb.children:
        if item.dep_ == "agent" or (item.dep_ == "prep" and item.lower_ == "by"):
            found.extend(noun for noun in item.children if noun.dep_ == "pobj")
    return found


def referent(token: Token) -> Token:
    """The noun for a relative pronoun: the head of its clause; else the token itself."""
    if token.lower_ not in RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ"):
        return token
    for above in token.ancestors:
        if above.dep_ in ("relcl", "acl"):
            return above.head
    return token


def own_subject(verb: Token) -> Token | None:
    """The surface subject of a verb, its own or shared or controlled (None: there is none)."""
    seen = 0
    while seen < 8:
        seen += 1
        own = child(verb, *SUBJECT, *PASSIVE)
        if own is not None:
            return referent(own)
        if verb.dep_ in ("acl", "relcl"):
            return verb.sent.root if is_stranded(verb) else verb.head
        if (fronted := _fronted(verb)) is not None:
            return fronted
        if verb.dep_ == "prep" or (verb.dep_ == "pobj" and verb.head.dep_ == "prep"):
            verb = verb.head
            continue
        if verb.dep_ not in CONTROLLED:
            return joined_before(verb)
        controller = _object_controller(verb)
        if controller is not None:
            return controller
        verb = verb.head
        while verb.dep_ == "prep":
            verb = verb.head
        if verb.pos_ in NOUNS:
            return _nominal_subject(verb)
    return None


def _fronted(verb: Token) -> Token | None:
    """A name right before a finite verb that the parser took for an adverbial ("TURKEY massed troops")."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    names = [item for item in verb.lefts if item.dep_ in ("npadvmod", "dep", "nmod") and item.pos_ == "PROPN"]
    return next((item for item in names if item.ent_type_ in ("GPE", "ORG", "NORP", "PERSON")), None)


def joined_before(verb: Token) -> Token | None:
    """The subject that the parser joins to a phrase before it: of "in Syria, Fua and Kefraya were shelled" Fua.

    It is what follows the comma in a list that ends right before a verb without a subject.
    """
    first = min((item.i for item in verb.lefts if item.dep_ in ("aux", "auxpass", "neg")), default=verb.i)
    here = verb.doc[first - 1] if first > verb.sent.start else verb
    while here.dep_ == "conj" and here.head.i < here.i:
        opening = here.left_edge.i - 1
        if opening >= verb.sent.start and verb.doc[opening].text == ",":
            return here if _in_preposition(here.head, verb) else None
        here = here.head
    return None


def _in_preposition(noun: Token, verb: Token) -> bool:
    """True of a noun in a phrase with a preposition that is set before its verb."""
    while noun.head not in (noun, verb):
        if noun.pos_ not in (*NOUNS, "ADP") and noun.dep_ != "acl":
            return False
        noun = noun.head
    return noun.dep_ == "prep" and noun.head == verb


def _object_controller(verb: Token) -> Token | None:
    """ "urged THEM to leave": the object of the governing verb, for an infinitive of such a verb."""
    if verb.dep_ != "xcomp" or lemma(verb.head) in lexicons.words("events_subject_control.txt"):
        return None
    return child(verb.head, "dobj")


def _nominal_subject(noun: Token) -> Token | None:
    """The subject of "their decision to leave" or of "launched an effort to mediate"."""
    owner = child(noun, "poss")
    return owner if owner is not None else supported(noun)


def supported(noun: Token) -> Token | None:
    """The subject of the verb that a noun is the object of ("HOLD talks")."""
    verb = support(noun)
    if verb is None:
        return None
    if is_passive(verb) and child(verb, "nsubjpass") in (None, noun):
        return next(iter(agents(verb)), None)
    return own_subject(verb)


def support(noun: Token) -> Token | None:
    """The verb that a noun is the object of, directly, joined or through "a series of"."""
    for _ in range(4):
        if noun.dep_ in ("dobj", "nsubjpass"):
            return noun.head
        if noun.dep_ == "conj":
            noun = noun.head
        elif noun.dep_ == "pobj" and noun.head.lower_ in ("of", "in", "on", "for", "to", "with", "into"):
            above = noun.head.head
            if above.pos_ in ("VERB", "AUX"):
                return above
            noun = above
        else:
            return None
    return None


def subjects(verb: Token) -> list[Token]:
    """The nouns that do what the verb says."""
    if is_passive(verb):
        return [noun for first in agents(verb) for noun in with_conjuncts(first)]
    subject = own_subject(verb)
    return with_conjuncts(subject) if subject is not None else []


def objects(verb: Token) -> list[Token]:
    """The nouns that it is done to."""
    if is_passive(verb):
        subject = verb.head if verb.dep_ in ("amod", "acl") else own_subject(verb)
        # "were granted asylum": the thing given is an object too
        second = child(verb, "dobj", "oprd")
        return [noun for item in (subject, second) if item is not None for noun in with_conjuncts(item)]
    found = [noun for item in _direct(verb) for noun in with_conjuncts(referent(item))]
    found = found or counted(verb)
    if not found and verb.dep_ == "relcl" and child(verb, "nsubj") is not None and verb.pos_ == "VERB":
        return [verb.head] if referent_free(verb) else []
    if not found and (sharer := _later_sharer(verb)) is not None:
        return objects(sharer)
    return found


def _direct(verb: Token) -> list[Token]:
    """The direct objects of a verb, without what a comma sets off ("…, a rights group charged")."""
    found = [item for item in verb.children if item.dep_ == "dobj"]
    return [item for item in found if item == found[0] or item.left_edge.nbor(-1).text != ","]


def counted(verb: Token) -> list[Token]:
    """ "kidnapped up to 16 advisers": the object, where the parser reads "up" as a particle."""
    if (up := child(verb, "prt")) is None or up.lower_ != "up":
        return []
    below = (*verb.children, *up.children)
    following = [item for item in below if item.dep_ == "prep" and item.i == up.i + 1 and item.lower_ == "to"]
    nouns = [noun for item in following for noun in item.children if noun.dep_ == "pobj"]
    return [noun for noun in nouns if child(noun, "nummod") is not None]


def referent_free(verb: Token) -> bool:
    """True if the subject of a relative clause is not its relative pronoun ("the town they took")."""
    subject = child(verb, *SUBJECT)
    return subject is not None and subject.lower_ not in RELATIVE


def _later_sharer(verb: Token) -> Token | None:
    """ "shelled and seized the town": the later verb that has the object of both."""
    later = [item for item in verb.children if item.dep_ == "conj" and item.pos_ == "VERB"]
    for item in later:
        if child(item, "dobj") is not None and child(item, *SUBJECT) is None and item.i - verb.i <= 4:
            return item
    return None


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Pairs of preposition and its noun (or -ing verb) below a word; "out of" is both "out" and "of"."""
    for item in token.children:
        if item.dep_ in ("prep", "dative", "agent") and item.pos_ in ("ADP", "SCONJ", "VERB"):
            yield from _governed(item)


def _governed(preposition: Token) -> Iterator[tuple[str, Token]]:
    for item in preposition.children:
        if item.dep_ in ("pobj", "pcomp"):
            nouns = with_conjuncts(item) if item.dep_ == "pobj" else [item]
            yield from ((preposition.lower_, noun) for noun in nouns)
        elif item.dep_ == "prep":
            for _, noun in (inner := list(_governed(item))):
                yield preposition.lower_, noun
            yield from inner


def complement(token: Token) -> Token | None:
    """The clause that a word governs: "agreed TO LEAVE", "its offer to host", "said it would"."""
    found = child(token, "xcomp", "ccomp")
    if found is None:
        found = next((item for item in token.children if item.dep_ in ("acl", "advcl") and is_infinitive(item)), None)
    if found is None and token.dep_ in ("acomp", "attr", "oprd"):
        # "is willing to send": the infinitive may hang on the copula
        found = child(token.head, "xcomp")
    return found


def is_infinitive(verb: Token) -> bool:
    """True for "to leave"."""
    return any(item.dep_ == "aux" and item.lower_ == "to" for item in verb.children)


def governor(token: Token) -> Token | None:
    """The verb above a predicate adjective or noun ("is willing"), whose subject it has."""
    return token.head if token.dep_ in ("acomp", "attr", "oprd") else None
