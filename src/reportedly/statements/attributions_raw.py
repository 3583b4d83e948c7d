"""What a finder of attributions hands to the resolver: the three spans of each, and no more."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field
from spacy.tokens import Doc

from reportedly.data import Span


class RawAttribution(Struct, kw_only=True):
    """Source, cue and content of one attribution as character spans, in text order each.

    `through` is the attribution that hands this one on where both have the same content ("the agency, citing the
    ministry, said …").
    """

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)
    through: RawAttribution | None = None

    @property
    def spans(self) -> list[Span]:
        """Every span, the source's first."""
        return [*self.source, *self.cue, *self.content]


Finder = Callable[[Doc], list[RawAttribution]]
