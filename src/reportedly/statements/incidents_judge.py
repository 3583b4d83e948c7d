"""Reading an article with the incident models: who and what it names, in which roles, and which incident types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from reportedly.statements import incidents_candidates as candidates
from reportedly.statements import incidents_events, incidents_heads
from reportedly.statements import incidents_features as features
from reportedly.statements import incidents_model as models
from reportedly.statements.incidents_candidates import Entity
from reportedly.statements.incidents_events import Candidate
from reportedly.statements.incidents_features import Sentences
from reportedly.statements.incidents_model import Floats, Model


@dataclass
class Reading:
    """What the models say of an article: its log-odds of each type by its words alone, and those of each
    entity's roles (n, 5): `roles` by its words and syntax, on which the article's types are decided, and `parts` with
    what the encoder's head says, by which incidents are given their participants."""

    where: Sentences
    article: Floats
    entities: list[Entity]
    roles: Floats
    parts: Floats

    @property
    def context(self) -> list[str]:
        """The article's log-odds as features."""
        return models.context(self.article)

    def by_head(self, table: Floats) -> dict[int, Floats]:
        """The rows of `roles` or `parts` by the head token of each mention."""
        return {
            mention.head.i: row for entity, row in zip(self.entities, table, strict=True) for mention in entity.mentions
        }


def entities(doc: Doc, where: Sentences) -> list[Entity]:
    """The entities that may fill roles."""
    return candidates.entities(doc, list(candidates.mentions(doc, where.first, where.number)))


def read(doc: Doc, found: list[Candidate], model: Model) -> Reading:
    """Apply the article and role models to a parsed document; one that by its words has no incident is spared the rest."""
    where = features.sentences(doc, model.cues)
    article = model.article.logits(features.article(doc, where.first))
    hopeless = float(article.max()) < model.thresholds["article"]
    listed = [] if hopeless else entities(doc, where)
    context = models.context(article)
    coded = incidents_events.parts(doc, found)
    told = incidents_heads.marks(incidents_heads.odds(doc, listed), len(listed))
    rows = [features.entity(item, where, context, coded) | own for item, own in zip(listed, told, strict=True)]
    size = len(models.ROLES)
    table = model.roles.table(rows) if rows else np.zeros((0, 2 * size), np.float32)
    return Reading(where, article, listed, table[:, :size], table[:, size:])


def types(reading: Reading, found: list[Candidate], odds: list[float], model: Model) -> Floats:
    """The log-odds of an article's incident types, from its words, its entities and its events."""
    evidence = models.evidence([item.type for item in found], odds)
    return model.types.logits(models.summary(reading.article, reading.roles, evidence))
