"""Stage `entities`: persons, organisations, places, weapons, times and amounts, named or not.

The conventions are those of re3d (Dstl, 2017): nominal phrases and pronouns are entities too, a group
of people is an Organisation, a strike a Weapon. Names are filled in by the stage `actors`.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Entity, EntityType
from reportedly.statements import entities_candidates, entities_features, entities_model, layers, spans
from reportedly.statements.entities_candidates import Candidate
from reportedly.statements.entities_model import Chosen
from reportedly.statements.entities_words import Words

SLOT = "entities"
layers.declare()

#: Types that a pattern alone decides.
_CODES = frozenset(("Url", "CommsIdentifier", "Coordinate", "Frequency"))


@Language.component("reportedly_entities", requires=["doc.ents", "token.dep", "token.pos"], assigns=["doc._.entities"])
def run(doc: Doc) -> Doc:
    """Find the entities of an article."""
    words = Words(doc)
    candidates = entities_candidates.of(words)
    codes = [candidate for candidate in candidates if candidate.type in _CODES]
    rest = (
        [candidate for candidate in candidates if not any(_overlap(candidate, code) for code in codes)]
        if codes
        else candidates
    )
    found = [(candidate, candidate.type) for candidate in codes if candidate.type] + _weighed(words, rest)
    doc._.entities = [_entity(words, candidate, kind) for candidate, kind in sorted(found, key=_place)]
    return doc


def _place(found: tuple[Candidate, EntityType]) -> tuple[int, int]:
    return found[0].start, found[0].end


def _overlap(a: Candidate, b: Candidate) -> bool:
    return a.start < b.end and b.start < a.end


def _weighed(words: Words, candidates: list[Candidate]) -> list[tuple[Candidate, EntityType]]:
    if not candidates:
        return []
    model = entities_model.load()
    keys = [entities_features.keys(words, candidate) for candidate in candidates]
    chosen = entities_model.choose(candidates, model.probabilities(keys), model.types)
    return [(choice.candidate, _corrected(words, choice)) for choice in chosen]


def _corrected(words: Words, choice: Chosen) -> EntityType:
    """A group that the registry knows is an organisation, whatever its name looks like."""
    known = words.naming[choice.candidate.head].startswith("name:")
    return "Organisation" if known and choice.type in ("Location", "Person", "Nationality") else choice.type


def _entity(words: Words, candidate: Candidate, kind: EntityType) -> Entity:
    last = candidate.end - 1
    span = spans.trimmed(words.whole, words.start[candidate.start], words.start[last] + len(words.text[last]))
    return Entity(start=span.start, end=span.end, text=words.whole[span.start : span.end], type=kind)
