"""Which origins check each other: a side that speaks twice has spoken once, and an outlet that quotes its source
beside its own account may have the account from that source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from reportedly.events import origins_names
from reportedly.events.copies_credits import UNNAMED
from reportedly.events.findings import Origin
from reportedly.events.origins import by_statement
from reportedly.events.positions_support import of_party
from reportedly.events.reports import EventReport, Statement

UNSAID = "unnamed sources"
UNKNOWN = "an article of an unknown outlet"


class Voice(Struct, frozen=True, kw_only=True):
    """An independent origin among those that say something. `side` is the same for origins of one state or group;
    `party` is true for a party to the conflict; `sure` is false where independence from the others cannot be
    guaranteed."""

    name: str
    side: str
    party: bool
    sure: bool
    articles: frozenset[str] = frozenset()


def side_of(origin: Origin) -> str | None:
    """The state or group that an origin belongs to, where the registry or the lexicon of outlets knows it."""
    if origin.name is None:
        return None
    if origin.kind == "speaker":
        known = origins_names.body(origin.name)
        return known.side if known else None
    return origins_names.publisher(origin.name).side


def sides(reports: Iterable[EventReport]) -> frozenset[str]:
    """The sides that take part in an event, as actor or recipient."""
    return frozenset(
        origins_names.side(one.id) for report in reports for one in (*report.actor, *report.recipient) if one.id
    )


def voices(
    statements: Sequence[Statement], origins: Sequence[Origin], fighting: frozenset[str] = frozenset()
) -> tuple[Voice, ...]:
    """The origins of some statements, one for each side, those that are surely independent first.

    Args:
        statements: those that say the same.
        origins: all of the event.
        fighting: sides that take part in it (`sides`), whose media are parties too.
    """
    known = by_statement(origins)
    said: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.key in known:
            said.setdefault(known[statement.key], []).append(statement)
    found: dict[str, Voice] = {}
    for index, listed in sorted(said.items()):
        voice = _voice(index, listed, origins, said, fighting)
        if voice.side not in found or (voice.sure and not found[voice.side].sure):
            found[voice.side] = voice
    return tuple(sorted(found.values(), key=lambda voice: (not voice.sure, voice.party, voice.name)))


def _voice(
    index: int,
    listed: Sequence[Statement],
    origins: Sequence[Origin],
    said: Mapping[int, Sequence[Statement]],
    fighting: frozenset[str],
) -> Voice:
    origin = origins[index]
    side = side_of(origin)
    named = origin.name is not None and origin.name != UNNAMED
    beside = {one.article for other, rest in said.items() if other != index for one in rest}
    quotes_too = origin.kind != "speaker" and {one.article for one in listed} <= beside
    unhedged = any(not one.hedged for one in listed)
    return Voice(
        name=origin.name or (UNKNOWN if origin.kind != "speaker" else UNSAID),
        side=side or f"#{index}",
        party=any(of_party(one) for one in listed) or (side is not None and side in fighting),
        sure=named and not quotes_too and unhedged,
        articles=frozenset(one.article for one in listed),
    )


def names(listed: Iterable[Voice]) -> str:
    """Voices for people: "Syrian Observatory for Human Rights and Syrian Democratic Forces (a party)"."""
    counted = Counter(f"{voice.name} (a party)" if voice.party else voice.name for voice in listed)
    told = [name if count == 1 else f"{name} (in {count} articles)" for name, count in counted.items()]
    *most, last = told or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last
