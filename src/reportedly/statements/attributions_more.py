"""What is added to the attributions that the encoder finds.

The encoder was taught on political news with one level of speech: it does not look for somebody quoted within another's
words, for transcripts or for signed quotations, and it passes over a plain "said" now and then. Only what fits with all
that it has found is added: beside it, within one content, or round it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements import attributions_agents as agents
from reportedly.statements import attributions_checks as checks
from reportedly.statements import attributions_contents as contents
from reportedly.statements import attributions_deeds as deeds
from reportedly.statements import attributions_finder as finder
from reportedly.statements import attributions_handed as handed
from reportedly.statements import attributions_headlines as headlines
from reportedly.statements import attributions_joined as joined
from reportedly.statements import attributions_layout as layout
from reportedly.statements import attributions_linear as linear
from reportedly.statements import attributions_rules as rules
from reportedly.statements import attributions_subjects as subjects
from reportedly.statements.attributions_candidates import Candidate, trim
from reportedly.statements.attributions_parse import Parse, parse_of
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_rules import Choice
from reportedly.statements.attributions_tidy import Taken

#: A plain cue that the encoder has passed over is one from this probability on.
PASSED_OVER = 0.6
_CUES = frozenset("VR")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "VBN"))


def completed(doc: Doc, raws: Sequence[RawAttribution]) -> list[RawAttribution]:
    """The attributions of an article with those that the encoder does not look for.

    Args:
        doc: the parsed article.
        raws: what the encoder has found, tidied.
    """
    text, parse = doc._.article.text, parse_of(doc)
    quotations = [quote.chars for quote in parse.quotes]
    laid_out = [*layout.spoken(text), *layout.signed(text, quotations)]
    contents.completed(parse, raws)
    subjects.sourced(parse, text, raws)
    contents.apart(parse, raws)
    raws = agents.sourced(parse, raws)
    said = [raw for raw in raws if not deeds.is_deed(parse, raw)]
    found = [*_beside(joined.parted(parse, said), laid_out), *laid_out]
    taken = Taken(found)
    shown = (one for one in handed.shown(parse) if not taken.within(parse.start[one.cue], parse.end[one.cue]))
    choices = (*handed.handed_on(parse), *shown, *rules.put_at(parse), *_asked(parse, taken))
    added = (_clipped(rules.raw(parse, choice), found) for choice in choices)
    for raw in (*headlines.claims(doc, parse, quotations), *added, *handed.hearsay(parse)):
        if raw.content and all(_fit(raw, other) for other in found):
            found.append(raw)
    joined.apart(parse, found)
    found.extend([*handed.cited(parse, found)])
    return found


def _beside(raws: Iterable[RawAttribution], laid_out: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """The attributions that the layout does not tell better, without contents that run over the border of what it
    tells."""
    told = [span for turn in laid_out for span in turn.spans]
    for raw in raws:
        if _laid_out(raw, laid_out):
            continue
        content = [s for s in raw.content if not any(s.overlaps(one) and not one.covers(s) for one in told)]
        if content:
            yield RawAttribution(source=raw.source, cue=raw.cue, content=content)


def _laid_out(raw: RawAttribution, turns: Iterable[RawAttribution]) -> bool:
    """Whether an attribution is one that the layout tells better."""
    return any(
        _overlap([*turn.source, *turn.cue], [*raw.source, *raw.cue])
        or (not raw.cue and _overlap(turn.content, raw.content))
        for turn in turns
    )


def _overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _fit(new: RawAttribution, old: RawAttribution) -> bool:
    """Whether two attributions stand apart, or one of them wholly within a content of the other."""
    apart = not (_overlap([*new.cue, *new.content], old.spans) or _overlap(new.source, [*old.cue, *old.content]))
    return apart or _holds(old.content, new.spans) or _holds(new.content, old.spans)


def _clipped(raw: RawAttribution, found: Iterable[RawAttribution]) -> RawAttribution:
    """An attribution whose cue stands in somebody's content, without what is not in it."""
    outer = [span for other in found for span in other.content if span.covers(raw.cue[0])]
    for span in outer[:1]:
        raw.content = [Span(max(p.start, span.start), min(p.end, span.end)) for p in raw.content if p.overlaps(span)]
    return raw


def _holds(contents: Iterable[Span], spans: Sequence[Span]) -> bool:
    return any(all(content.covers(span) for span in spans) for content in contents)


def _asked(parse: Parse, taken: Taken) -> Iterator[Choice]:
    """Plain cues that are in no cue or source, as far as the parse takes them for somebody's words."""
    plain, inner = lexicons.words("attributions_plain.txt"), lexicons.words("attributions_inner.txt")
    for cue, lemma in enumerate(parse.lemma):
        if (lemma in plain or lemma in inner) and parse.tag[cue][:1] in _CUES:
            roles = {role for _, _, role in taken.within(parse.start[cue], parse.end[cue])}
            passed_over = lemma in plain and not roles
            choice = _passed_over(parse, cue) if passed_over else _within(parse, cue) if roles == {"content"} else None
            if choice is not None:
                yield choice


def _passed_over(parse: Parse, cue: int) -> Choice | None:
    if (parse.lemma[cue], finder.word_class(parse.tag[cue])) not in finder.cue_lexicon():
        return None
    return finder.choice(parse, cue, linear.load("attributions.json.gz"), PASSED_OVER)


def _within(parse: Parse, cue: int) -> Choice | None:
    """A noun that says a clause, within what somebody else is reported to say; what a quotation tells of others' words
    is left to its speaker."""
    if parse.tag[cue] not in _FINITE or parse.quote_of[cue] >= 0:
        return None
    clause = [c for c in parse.children[cue] if parse.dep[c] == "ccomp"]
    subject = [c for c in parse.children[cue] if parse.dep[c] == "nsubj" and parse.tag[c][:2] == "NN"]
    agent = handed.told_by(parse, cue)
    subject = [agent] if agent is not None and parse.tag[agent][:2] == "NN" else subject
    spans = [trim(parse, *parse.subtree(c)) for c in (*clause[:1], *subject[:1])]
    if len(spans) != 2 or spans[0] is None or spans[1] is None:
        return None
    content, source = Candidate("ccomp", (spans[0],), clause[0]), Candidate("nsubj", (spans[1],), subject[0])
    said = checks.is_statement(parse, cue, content) and checks.can_speak(parse, source)
    return Choice(cue, content, source, rules.SCORE) if said else None
