"""Stage `actors`: who the persons, bodies and nominal groups of an article are.

`participant` is for the other stages: it builds the record of any noun phrase that they have found.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Entity, Participant
from reportedly.statements import actors_acronyms, actors_persons, actors_phrases, actors_roles, columns, layers
from reportedly.statements.actors_coreference import Resolver
from reportedly.statements.actors_phrases import NOBODY, Identity, Knowledge

SLOT = "actors"
layers.declare()

_KNOWN = ("reportedly", "actors-known")
_WHO = frozenset(("Person", "Organisation", "Nationality", "Location"))


def participant(doc: Doc, tokens: Tokens) -> Participant:
    """The actor that a noun phrase stands for.

    Args:
        doc: the article, after the stage `actors` has run.
        tokens: the phrase; a leading preposition or trailing mark does no harm.

    Returns:
        Its offsets and text with the canonical name, registry id, country (ISO 3166-1 alpha-3),
        PLOVER sector and kind, each None where it is not known.
    """
    return _record(tokens, _identity(doc, tokens))


def affiliation(doc: Doc, tokens: Tokens) -> Participant | None:
    """The registry's actor that a phrase is or speaks for ("a spokesman for the SDF" → the SDF)."""
    group = actors_phrases.speaks_for(_identity(doc, tokens))
    return _record(tokens, group) if group.id else None


def _identity(doc: Doc, tokens: Tokens) -> Identity:
    """Who a phrase stands for, worked out once: several stages ask about the same phrases."""
    known: dict[tuple[int, int], Identity] = layers.stored(doc).setdefault(_KNOWN, {})
    key = tokens.start, tokens.end
    if key not in known:
        known[key] = _worked_out(doc, tokens)
    return known[key]


def _worked_out(doc: Doc, tokens: Tokens) -> Identity:
    resolved, tokens = actors_phrases.knowledge(doc).resolved, actors_phrases.stripped(tokens)
    if tokens.root.i in resolved:
        return resolved[tokens.root.i]
    return actors_phrases.described(tokens)


def _record(tokens: Tokens, identity: Identity) -> Participant:
    return Participant(
        start=tokens.start_char,
        end=tokens.end_char,
        text=tokens.text,
        name=identity.name,
        id=identity.id,
        kind=identity.kind,
        country=identity.country,
        sector=identity.sector,
    )


@Language.component("reportedly_actors", requires=["doc._.entities"], assigns=["doc._.entities", "doc._.mentions"])
def run(doc: Doc) -> Doc:
    """Name the actors of an article: the registry's, those that it introduces, and what refers to them."""
    known = actors_phrases.knowledge(doc)
    actors_acronyms.learn(doc, known)
    actors_persons.introduce(known)
    resolver = Resolver(doc)
    for tokens, entity in _in_order(doc):
        if entity is None and tokens[0].tag_ == "PRP$":
            _own(resolver, tokens[0], known)
            continue
        identity = _resolve(resolver, tokens, known.resolved)
        if identity == NOBODY:
            continue
        doc._.mentions[tokens.start_char, tokens.end_char] = _record(tokens, identity)
        if entity is not None and _can_be_named(entity, identity):
            entity.name, entity.actor = identity.name, identity.id
    return doc


def _own(resolver: Resolver, possessive: Token, known: Knowledge) -> None:
    """Whose an office is ("its spokesman, X"): said of the phrase and of the person."""
    whose = resolver.possessor(possessive)
    if whose is not None:
        known.resolved[possessive.i] = whose
        actors_persons.belong(possessive, whose, known)


def _can_be_named(entity: Entity, identity: Identity) -> bool:
    """A place is named by the stage `places`, unless it is a state; a nationality has no name."""
    return identity.kind == "organisation" if entity.type == "Location" else entity.type != "Nationality"


def _in_order(doc: Doc) -> Iterator[tuple[Tokens, Entity | None]]:
    """The phrases to resolve, from left to right: the entities that can act, and subject pronouns."""
    found: list[tuple[Tokens, Entity | None]] = []
    taken = set()
    for entity in doc._.entities:
        tokens = doc.char_span(entity.start, entity.end, alignment_mode="expand") if entity.type in _WHO else None
        if tokens is not None:
            found.append((tokens, entity))
            taken.add(tokens.root.i)
    for i in _pronouns(doc):
        token = doc[i]
        if token.tag_ == "PRP$":
            if actors_roles.ending_at(token.head, i + 1) is not None:
                found.append((doc[i : i + 1], None))
        elif i not in taken and token.dep_ in ("nsubj", "nsubjpass"):
            found.append((doc[i : i + 1], None))
    return iter(sorted(found, key=lambda pair: (pair[0].start, pair[0].end)))


def _pronouns(doc: Doc) -> list[int]:
    """The positions of pronouns."""
    read = columns.of(doc)
    return [i for i, (pos, tag) in enumerate(zip(read.pos, read.tag, strict=True)) if pos == "PRON" or tag == "PRP$"]


def _resolve(resolver: Resolver, tokens: Tokens, resolved: dict[int, Identity]) -> Identity:
    root = tokens.root
    if root.pos_ == "PRON" and len(tokens) == 1:
        identity = resolver.pronoun(root)
        if identity is not None:
            resolved[root.i] = identity
            resolver.remember(tokens, identity)
        return identity or NOBODY
    identity = actors_phrases.described(tokens)
    if not identity.name and not identity.id:
        earlier = resolver.definite(tokens)
        if earlier is not None:
            identity = resolved[root.i] = earlier
    resolver.remember(tokens, identity)
    return identity
