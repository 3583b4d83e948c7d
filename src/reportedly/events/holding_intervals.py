"""From claims on a place to the intervals in which somebody held it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reportedly.events.findings import ControlInterval
from reportedly.events.holding_actors import Holder, mentioned, rivals
from reportedly.events.holding_claims import Claim, days_between, is_leaving, signs
from reportedly.events.holding_spells import Change, Spell, changes, spells

#: A claim that somebody else still holds a place counts against a taking if it is told within so many days of it;
#: later ones are taken for background.
CONTRADICTING_DAYS = 14


class Place:
    """All claims on one place, and what follows from them."""

    def __init__(self, key: str, claims: Sequence[Claim]) -> None:
        self.key, self.claims = key, claims
        first = min(claims, key=lambda claim: (claim.report.place is None, claim.origin)).report
        self.location = first.place
        self.name = first.place.name if first.place else first.place_name or key
        self.country = first.place.country if first.place else None
        self.firm: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.firm:
                self.firm[claim.holder.key].append(claim)
        self.taken = {who: changes(_told(found, "captures")) for who, found in self.firm.items()}

    def spells(self) -> list[Spell]:
        """The spells of all holders, in time."""
        found = [spell for who in sorted(self.firm) for spell in self._of(who)]
        for claim in self.claims:
            self._support(claim, found)
        return sorted(found, key=lambda spell: (spell.begins(), spell.ends(), spell.holder.key))

    def rivals(self, one: Claim | Spell, other: Claim | Spell) -> bool:
        """True if the two holders are rivals for this place."""
        return rivals(one.holder, other.holder, self.country)

    def _of(self, who: str) -> list[Spell]:
        own = self.firm[who]
        held = [claim for claim in _told(own, "holds") if not claim.loose and not self._outdated(claim)]
        left = [claim for claim in _told(own, "loses") if self.taken[who] or held or _proves(claim)]
        if not (self.taken[who] or held or left):
            return []
        lost = changes([*left, *self._ends(who, held)])
        names = {claim.key for claim in own}
        steps = [("take", change) for change in self.taken[who]]
        steps += [("lose" if any(c.key in names for c in change.claims) else "rival", change) for change in lost]
        steps += [("held", Change((claim.low, claim.high), [claim], claim.dated)) for claim in held]
        return spells(_best_named(own), steps)

    def _ends(self, who: str, held: Sequence[Claim]) -> Iterator[Claim]:
        """Takings by rivals that end what a holder had.

        One without days is only told of after it came about: it counts if nobody tells of the rival before this
        holder is told of, and of this holder after it."""
        own = self.firm[who][0]
        attested = [claim.high or "" for claim in held] + [change.high for change in self.taken[who]]
        since, until = min(attested, default=""), max(attested, default="")
        for other, taken in self.taken.items():
            if not taken or not rivals(self.firm[other][0].holder, own.holder, self.country):
                continue
            had = [claim.high or "" for claim in self.firm[other] if claim.relation not in ("besieges", "contests")]
            newcomer = min(had) > since
            for change in taken:
                news = newcomer and change.high >= until
                yield from (c for c in change.claims if (change.dated or news) and self._from(c, own))

    def _outdated(self, claim: Claim) -> bool:
        """True for a holder named in passing after a rival's dated taking, since when it is not told to be back."""
        if not claim.passing or claim.high is None:
            return False
        back = max((c.high for c in self.taken[claim.holder.key] if c.dated and c.high <= claim.high), default="")
        return any(
            change.dated and back < change.high <= claim.high
            for other, taken in self.taken.items()
            for change in taken
            if rivals(change.claims[0].holder, claim.holder, self.country) and self._from(change.claims[0], claim)
        )

    def _from(self, taking: Claim, own: Claim) -> bool:
        """False if a taking's sentence names others from whom the place was taken, and not this holder."""
        named = mentioned(taking.report.quote, self.country)
        losers = {
            who
            for who, claims in self.firm.items()
            if claims[0].holder.ties & named and rivals(claims[0].holder, taking.holder, self.country)
        }
        return not losers or own.holder.key in losers or bool(own.holder.ties & named)

    def _support(self, claim: Claim, found: Iterable[Spell]) -> None:
        """Put a claim that cannot open an interval to the last spell of its holder that it can mean."""
        came_about = claim.report.certainty in (None, "fact", "reported")
        if (claim.firm and not claim.loose) or not came_about or claim.relation not in ("holds", "captures", "loses"):
            return
        begun = [s for s in found if s.holder.key == claim.holder.key and s.begins() <= (claim.high or "9999")]
        if begun:
            begun[-1].extra.append(claim)


def _proves(claim: Claim) -> bool:
    """True for a loss that by itself shows that the place was its holder's: of a known holder that did not just
    leave."""
    known = claim.holder.id is not None or bool(claim.holder.ties - {claim.holder.key})
    return known and not is_leaving(claim)


def _best_named(claims: Sequence[Claim]) -> Holder:
    """The holder by the name that is used most, those that only name it in passing ("Kurdish-held") last."""
    uses = Counter(claim.holder.name for claim in claims)
    outright = {claim.holder.name for claim in claims if not claim.passing}
    by_name = {claim.holder.name: claim.holder for claim in claims}
    return by_name[min(by_name, key=lambda name: (name not in outright, -uses[name], name))]


def _told(claims: Iterable[Claim], relation: str) -> list[Claim]:
    return [claim for claim in claims if claim.relation == relation]


def intervals(place: Place) -> list[ControlInterval]:
    """The intervals of a place, in time."""
    found = place.spells()
    return [_interval(place, spell, found) for spell in found]


def _interval(place: Place, spell: Spell, others: Sequence[Spell]) -> ControlInterval:
    first, last, seen_first, seen_last = bounds(spell)
    stated = {claim.key for _, claims in contradictions(place, spell, others) for claim in claims}
    against = sorted(stated | set(_denials(spell)))
    fought = sorted(claim.key for claim in place.claims if _fought_for(place, claim, spell))
    own = [*(spell.start.claims if spell.start else ()), *spell.held, *spell.extra]
    evidence = {claim.key for claim in (*own, *(spell.end.claims if spell.end else ()))}
    basis = [claim for claim in own if claim.firm] or own or (spell.end.claims if spell.end else [])
    return ControlInterval(
        place=place.name,
        location=place.location,
        actor=spell.holder.name,
        actor_id=spell.holder.id,
        first=first,
        last=last,
        contested=bool(fought or against),
        certainty=certainty(basis),
        speakers=tuple(sorted({claim.report.chain[0].name for claim in basis if claim.report.chain})),
        evidence=tuple(sorted(evidence | set(fought))),
        against=tuple(key for key in against if key not in evidence),
        because=_because(spell, bool(fought), bool(against)),
        seen_first=seen_first,
        seen_last=seen_last,
    )


def bounds(spell: Spell) -> tuple[str | None, str | None, str | None, str | None]:
    """(first, last, seen_first, seen_last) of a spell, as `findings.ControlInterval` has them."""
    first = spell.start.window[1] if spell.start else None
    seen = sorted(claim.high for claim in spell.held if claim.firm and not claim.loose and claim.high)
    seen = sorted([*seen, first]) if first else seen
    if spell.end is None:
        return first, None, seen[0] if seen else None, seen[-1] if seen else None
    low, high = spell.end.window
    seen = [day for day in seen if high is None or day <= high]
    last = max([day for day in (low, seen[-1] if seen else None) if day is not None], default=high)
    return first, last, seen[0] if seen else None, seen[-1] if seen else None


def certainty(claims: Iterable[Claim]) -> str:
    """ "fact" if a report says it in its own voice, "reported" if somebody who is no party says it, else "claimed"."""
    found = set()
    for claim in claims:
        chain = claim.report.chain
        if not chain:
            found.add("fact")
        else:
            found.add("claimed" if any(said.party for said in chain[:1]) or _is_holder(claim) else "reported")
    return next((kind for kind in ("fact", "reported", "claimed") if kind in found), "claimed")


def _is_holder(claim: Claim) -> bool:
    """True if whoever says it is the holder itself."""
    actor = claim.report.chain[0].actor
    return actor is not None and actor in claim.holder.ties


def contradictions(place: Place, spell: Spell, others: Sequence[Spell]) -> Iterator[tuple[Holder, list[Claim]]]:
    """Who else is told to have held the place during a spell, and by which claims: such as cannot both be true."""
    for other in others:
        if place.rivals(other, spell) and _same_time(other, spell):
            yield other.holder, outright(other)
    for claim in place.claims:
        if place.rivals(claim, spell) and _within(claim, spell) and _contradicts(claim, spell):
            yield claim.holder, [claim]


def outright(spell: Spell) -> list[Claim]:
    """The claims on which a spell rests, without what only names the holder in passing."""
    held = [claim for claim in spell.held if claim.firm and not claim.passing]
    return [*(spell.start.claims if spell.start else ()), *held]


def _contradicts(claim: Claim, spell: Spell) -> bool:
    """True for a rival's claim to hold the place that is said within days after a taking, or an unsure taking."""
    if claim.relation == "captures" and claim.report.certainty == "possible":
        return bool(claim.holder.key) and "unreal" not in signs(claim.report)
    if claim.relation != "holds" or claim.loose or claim.passing or not claim.firm or not claim.report.chain:
        return False
    taken, said = spell.start.high if spell.start else None, claim.high
    return taken is not None and said is not None and taken < said and days_between(taken, said) <= CONTRADICTING_DAYS


def _within(claim: Claim, spell: Spell) -> bool:
    """True if the last day that a claim can mean lies in a spell."""
    day = claim.high
    begun, last, _, _ = bounds(spell)
    return day is not None and (begun is None or begun <= day) and (last is None or day < last)


def _same_time(one: Spell, other: Spell) -> bool:
    """True if two spells overlap: neither had ended when the other is attested, or neither is told to have ended."""
    if not (outright(one) and outright(other)):
        return False
    first, last, seen, until = bounds(one)
    first2, last2, seen2, until2 = bounds(other)
    begins, begins2 = seen or first, seen2 or first2
    if begins is None or begins2 is None:
        return False
    if last is None and last2 is None:
        return True
    return begins < (last2 or until2 or begins2) and begins2 < (last or until or begins)


def _denials(spell: Spell) -> Iterator[str]:
    """The keys of what denies a spell: a denied statement of it, and whoever denies one in the same article."""
    for claim in (*(spell.start.claims if spell.start else ()), *spell.held):
        yield from (denial.key for denial in claim.report.against)


def _fought_for(place: Place, claim: Claim, spell: Spell) -> bool:
    """True if somebody else besieges the place or fights for it while a spell lasts."""
    if claim.relation not in ("besieges", "contests") or not claim.firm or not _within(claim, spell):
        return False
    return place.rivals(claim, spell)


def _because(spell: Spell, fought: bool, disputed: bool) -> str:
    """How an interval came about, in a few words."""
    parts = [_change("taken", spell.start) if spell.start else "since when is not told"]
    parts += [_change("lost", spell.end)] if spell.end else []
    parts += ["fought for"] if fought else []
    parts += ["claims stand against it"] if disputed else []
    return "; ".join(parts)


def _change(word: str, change: Change) -> str:
    low, high = change.window
    if low is not None and low == high:
        return f"{word} on {low}"
    if low is not None and high is not None:
        return f"{word} between {low} and {high}"
    return f"{word} by {high} at the latest" if high else f"{word}, when is not told"
