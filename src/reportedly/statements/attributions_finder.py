"""Finds attributions in the parse: cues, and for each its most likely content and source.

Every word that is a cue in the lexicon is asked (a log-linear model over its possible contents and
"none"), then the source of those that answered is chosen in the same way. Weights are learnt by
training/attribution_cues.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.statements import attributions_checks as checks
from reportedly.statements import attributions_linear as linear
from reportedly.statements import attributions_rules as rules
from reportedly.statements.attributions_candidates import Candidate, contents, sources
from reportedly.statements.attributions_features import content_context, content_features, cue_features, source_features
from reportedly.statements.attributions_handed import handed_on
from reportedly.statements.attributions_parse import Parse, parse_of
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_rules import Choice

#: A cue's attribution is kept from this probability on (chosen by cross-validation).
THRESHOLD = 0.40
#: Cues with less than these log odds of being one are not looked at further, which saves half the work.
UNLIKELY = -0.9
#: Of two attributions with nearly the same content, the likelier is kept.
SAME = 0.8
_CLASSES = {"V": "V", "N": "N", "J": "J", "R": "R"}


def word_class(tag: str) -> str:
    """V, N, J, R or O from a Penn tag."""
    return _CLASSES.get(tag[:1], "O") if tag != "RP" else "O"


@lru_cache(maxsize=1)
def cue_lexicon() -> frozenset[tuple[str, str]]:
    """(lemma, word class) of the heads of cues."""
    return frozenset((row["lemma"], row["class"]) for row in lexicons.rows("attributions_cues.tsv"))


def cues(parse: Parse, lexicon: frozenset[tuple[str, str]] | set[tuple[str, str]]) -> Iterator[int]:
    """Tokens that may be the head of a cue: those of the lexicon, and any verb with a clause below it."""
    for i in range(parse.size):
        tag = parse.tag[i]
        if (parse.lemma[i], word_class(tag)) in lexicon or (
            tag[:1] == "V" and any(parse.dep[c] == "ccomp" for c in parse.children[i])
        ):
            yield i


def choices(
    parse: Parse,
    lexicon: frozenset[tuple[str, str]] | set[tuple[str, str]],
    models: dict[str, linear.Weights],
    threshold: float,
) -> list[Choice]:
    """The attributions of an article that are at least as likely as the threshold, in text order."""
    asked = (choice(parse, cue, models, threshold) for cue in cues(parse, lexicon))
    found = [chosen for chosen in asked if chosen is not None]
    taken = {chosen.cue for chosen in found}
    ruled = (*handed_on(parse), *rules.put_at(parse))
    return _without_doubles([*found, *(chosen for chosen in ruled if chosen.cue not in taken)])


def choice(parse: Parse, cue: int, models: dict[str, linear.Weights], threshold: float) -> Choice | None:
    """The attribution of one cue; None if it is less likely than the threshold, or nobody's words."""
    chosen = _content(parse, cue, models, threshold)
    if chosen is None:
        return None
    content, score = chosen
    source = _source(parse, cue, content, models["source"])
    said = checks.can_speak(parse, source) if source.ranges else checks.is_hearsay(parse, cue, content)
    return Choice(cue, content, source, score) if said else None


def _content(
    parse: Parse, cue: int, models: dict[str, linear.Weights], threshold: float
) -> tuple[Candidate, float] | None:
    own = cue_features(parse, cue)
    if linear.total(models["cue"], own) < UNLIKELY:
        return None
    candidates = checks.allowed(parse, cue, contents(parse, cue))
    if not candidates:
        return None
    weights = models["content"]
    context = content_context(parse, cue, candidates)
    scores = [linear.total(weights, content_features(parse, cue, c, context)) for c in candidates]
    *likely, no = linear.shares([*scores, linear.total(weights, ["none:" + feature for feature in own])])
    best = candidates[max(range(len(candidates)), key=likely.__getitem__)]
    if 1 - no < threshold or not checks.is_statement(parse, cue, best):
        return None
    return best, 1 - no


def _source(parse: Parse, cue: int, content: Candidate, weights: linear.Weights) -> Candidate:
    candidates = checks.speakers(parse, cue, sources(parse, cue))
    kinds = frozenset(candidate.kind for candidate in candidates)
    return max(candidates, key=lambda c: linear.total(weights, source_features(parse, cue, c, content, kinds)))


def _without_doubles(found: list[Choice]) -> list[Choice]:
    kept: list[Choice] = []
    for choice in sorted(found, key=lambda c: -c.score):
        if not any(_same(choice.content, other.content) for other in kept):
            kept.append(choice)
    return sorted(kept, key=lambda c: c.cue)


def _same(one: Candidate, two: Candidate) -> bool:
    if one.ranges[0][0] >= two.ranges[-1][1] or two.ranges[0][0] >= one.ranges[-1][1]:
        return False
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one.ranges for b in two.ranges)
    whole = sum(end - start for c in (one, two) for start, end in c.ranges) - shared
    return shared >= SAME * whole


def find(doc: Doc) -> list[RawAttribution]:
    """Every attribution of an article, in text order.

    Args:
        doc: a parsed article.
    """
    parse = parse_of(doc)
    found = choices(parse, cue_lexicon(), linear.load("attributions.json.gz"), THRESHOLD)
    return [rules.raw(parse, chosen) for chosen in found]
