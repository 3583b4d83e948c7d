"""Stage `attributions`: who said what, where, and whether the source is a party to it.

A finder marks source, cue and content; the resolver here says who that is. The finder is a setting
of the component (`finder`): `parse` reads the dependency parse.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from reportedly.data import Attribution
from reportedly.errors import ComponentError
from reportedly.statements import attributions_channels as channels
from reportedly.statements import attributions_encoder, attributions_finder, layers
from reportedly.statements.attributions_kinds import Quoted, nesting
from reportedly.statements.attributions_memory import Speaker, filled
from reportedly.statements.attributions_parse import forget
from reportedly.statements.attributions_parties import Parties, parties
from reportedly.statements.attributions_raw import Finder, RawAttribution
from reportedly.statements.attributions_speakers import Speakers

SLOT = "attributions"
#: The finders by name; each is a function from a parsed article to its raw attributions.
FINDERS: dict[str, Finder] = {"encoder": attributions_encoder.find, "parse": attributions_finder.find}
layers.declare()


@Language.factory(
    "reportedly_attributions",
    default_config={"finder": "encoder"},
    requires=["doc._.entities", "doc._.mentions", "doc._.places"],
    assigns=["doc._.attributions"],
)
def run(nlp: Language, name: str, finder: str) -> Callable[[Doc], Doc]:
    """The stage with the finder of that name.

    Raises:
        ComponentError: there is no such finder.
    """
    if finder not in FINDERS:
        raise ComponentError(f"{name}: no finder {finder} (there are: {', '.join(sorted(FINDERS))})")
    return Stage(FINDERS[finder])


class Stage:
    """Fills `doc._.attributions`."""

    def __init__(self, find: Finder) -> None:
        self._find = find

    def __call__(self, doc: Doc) -> Doc:
        raws = sorted(self._find(doc), key=_begins)
        doc._.attributions = resolved(doc, raws)
        forget(doc)
        return doc


def _begins(raw: RawAttribution) -> tuple[int, int]:
    spans = [*raw.cue, *raw.content, *raw.source]
    return (raw.cue or spans)[0].start, min(span.start for span in spans)


def resolved(doc: Doc, raws: list[RawAttribution]) -> list[Attribution]:
    """Attributions with everything that the article tells about who speaks and where.

    Args:
        doc: the article, after the stages `entities` and `actors`.
        raws: its attributions in text order.
    """
    if not raws:
        return []
    holders = nesting(raws)
    text = doc._.article.text  # a Doc would put its text together anew
    quoted, involved = Quoted(text), parties(doc)
    media = [channels.channel(doc, text, raw) for raw in raws]
    spoken = filled(_speakers(doc, raws, holders, media))
    for raw, speaker in zip(raws, spoken, strict=True):
        involved.boast(doc, raw.content, speaker.coded)
    return [
        Attribution(
            source=raw.source,
            cue=raw.cue,
            content=raw.content,
            kind=quoted.kind(raw),
            speaker=speaker.name,
            organisation=speaker.organisation,
            channel=medium or _passed_on(holder, raws, media, text),
            actor=speaker.actor,
            party=_party(text, raw, speaker, involved),
            within=holder,
        )
        for raw, speaker, medium, holder in zip(raws, spoken, media, holders, strict=True)
    ]


def _speakers(
    doc: Doc, raws: list[RawAttribution], holders: list[int | None], media: list[str | None]
) -> list[Speaker]:
    """Every speaker; one that stands in another's words is found after that one ("we", "I")."""
    asked = Speakers(doc)
    found: dict[int, Speaker] = {}

    def find(index: int) -> Speaker:
        if index not in found:
            holder = holders[index]
            outer = find(holder) if holder is not None and holder < index else None
            found[index] = asked.speaker(raws[index], outer, media[index])
        return found[index]

    return [find(index) for index in range(len(raws))]


def _passed_on(holder: int | None, raws: list[RawAttribution], media: list[str | None], text: str) -> str | None:
    """'Reuters quoted a spokesman as saying': what is said within reached us through the outlet."""
    if holder is None or not raws[holder].source:
        return None
    source = raws[holder].source[0]
    return media[holder] if channels.outlet(text[source.start : source.end]) else None


def _party(text: str, raw: RawAttribution, speaker: Speaker, involved: Parties) -> bool | None:
    """Whether the source is a party; a state's own broadcaster speaks for its state, a group's for the group."""
    if raw.source:
        source = text[raw.source[0].start : raw.source[0].end]
        named = channels.outlet(source)
        if named:
            return involved.own(speaker.actor) or (named[1] in involved.countries if named[1] else False)
        if channels.is_of_a_state(source):
            countries = {actor.country for actor in speaker.coded if actor.country}
            return bool(countries & involved.countries) if countries else None
    return involved.includes(speaker.coded)
