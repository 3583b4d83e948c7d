"""Contents made whole by the parse, where the encoder's last word asks for more words or an adverb splits the clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_candidates import trim
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution

#: What a content does not end before: "hundreds | of people", "the army to | leave the town".
_COMPLEMENTS = frozenset(("pobj", "dobj", "xcomp", "ccomp", "acomp", "attr", "pcomp", "dative"))
#: What a phrase does not end with, its head standing behind it, and how many words further at most.
_BEGINNING = frozenset(
    (
        "poss",
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod",
        "aux",
        "auxpass",
        "nsubj",
        "nsubjpass",
        "neg",
        "quantmod",
        "advmod",
    )
)
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_REACH = 4
#: How often a content may grow by another complement.
STEPS = 4


def completed(parse: Parse, raws: Sequence[RawAttribution]) -> None:
    """Let contents go on to the end of the complement that follows them, and round an adverb ("reportedly")."""
    taken = [span for raw in raws for span in raw.spans]
    for raw in raws:
        clause = around(parse, raw)
        if clause and not any(_clash(span, other, raw) for span in clause for other in taken):
            raw.content = clause
            continue
        raw.content = [_with_its_verb(parse, raw, span, taken) for span in raw.content]
        whole = [_ended(parse, _grown(parse, span, taken)) for span in raw.content]
        raw.content = [kept for span in whole if (kept := _without_comment(parse, span)) is not None]


def _clash(span: Span, other: Span, own: RawAttribution) -> bool:
    return span.overlaps(other) and other not in own.content


def around(parse: Parse, raw: RawAttribution) -> list[Span]:
    """The clause that an adverb of hearsay stands in, on both of its sides; nothing for another cue."""
    cue = bisect_right(parse.end, raw.cue[0].start) if len(raw.cue) == 1 and not raw.source else parse.size
    if cue >= parse.size or parse.tag[cue] != "RB" or parse.end[cue] != raw.cue[0].end:
        return []
    verb = parse.head[cue]
    if parse.tag[verb][:1] != "V":
        return []
    first, last = parse.subtree(verb)
    sides = (trim(parse, first, cue), trim(parse, cue + 1, last))
    return [parse.chars(side) for side in sides if side is not None]


def _without_comment(parse: Parse, span: Span) -> Span | None:
    """A content without what the article adds to it: "…, an account that could not be verified", "…, a number higher
    than expected"."""
    first, last = bisect_right(parse.end, span.start), bisect_left(parse.start, span.end)
    amounts, said = (lexicons.words(f"attributions_{kind}_nouns.txt") for kind in ("amount", "speech"))
    for i in range(first, last):
        start, lemma = parse.left[i], parse.lemma[i]
        if (
            (lemma not in said and lemma not in amounts)
            or parse.quote_of[i] >= 0
            or start == 0
            or parse.word[start - 1] != ","
        ):
            continue
        relative = any(parse.dep[c] == "relcl" for c in parse.children[i])
        compared = lemma in amounts and any(tag in ("JJR", "RBR") for tag in parse.tag[i + 1 : i + 3])
        # The parser has "a number" depend on "higher", or both on what is before.
        behind = max(parse.right[i], parse.right[parse.head[i]] if compared else -1) + 1
        if (relative or compared) and behind >= last and parse.word[start] in ("a", "an"):
            tokens = trim(parse, first, start) if start > first else None
            return None if tokens is None else parse.chars(tokens)
    return span


def _with_its_verb(parse: Parse, raw: RawAttribution, span: Span, taken: Sequence[Span]) -> Span:
    """A content that is only the subject of the clause that the cue governs, with the rest of the clause: "said one of
    its men | , X, died"."""
    cue, subject = (head_of(parse, one) if one is not None else None for one in (raw.cue[0] if raw.cue else None, span))
    if cue is None or subject is None or subject < cue or parse.quote_of[subject] >= 0:
        return span
    last = bisect_left(parse.start, span.end)
    for verb in (c for c in parse.children[cue] if parse.dep[c] == "ccomp" and c >= last):
        own = [c for c in parse.children[verb] if parse.dep[c] in _SUBJECTS]
        astray = parse.head[subject] == cue and parse.dep[subject] == "dobj" and not own
        tokens = trim(parse, bisect_right(parse.end, span.start), parse.right[verb] + 1)
        if (subject in own or astray) and parse.ends[last] and tokens is not None:
            rest = Span(span.end, max(span.end, parse.chars(tokens).end))
            return span if any(rest.overlaps(other) for other in taken) else Span(span.start, rest.end)
    return span


def head_of(parse: Parse, span: Span) -> int | None:
    """The token of a stretch that the others of it hang on."""
    first, last = bisect_right(parse.end, span.start), bisect_left(parse.start, span.end)
    inside = range(first, last)
    return next((i for i in inside if parse.head[i] not in inside or parse.head[i] == i), None)


def apart(parse: Parse, raws: Sequence[RawAttribution]) -> None:
    """Cut contents before somebody else's source into whom they run: "A, while the ministry | said B"."""
    sources = sorted({span for raw in raws for span in raw.source if raw.cue})
    for raw in raws:
        for number, span in enumerate(raw.content):
            for source in sources:
                if source not in raw.source and span.start < source.start < span.end <= source.end:
                    raw.content[number] = _before(parse, span, source) or span


def _before(parse: Parse, span: Span, source: Span) -> Span | None:
    """What of a content stands before a source, without the conjunction between the two."""
    first, end = bisect_right(parse.end, span.start), bisect_left(parse.start, source.start)
    while end > first and (parse.dep[end - 1] in ("cc", "mark") or parse.ends[end - 1]):
        end -= 1
    tokens = trim(parse, first, end)
    return None if tokens is None else parse.chars(tokens)


def _grown(parse: Parse, span: Span, taken: Sequence[Span]) -> Span:
    first, last = bisect_right(parse.end, span.start), bisect_left(parse.start, span.end)
    end = last
    for _ in range(STEPS):
        child = next((c for c in range(end, min(end + 3, parse.size)) if _completes(parse, c, first, end)), None)
        behind = _governor(parse, first, end) if child is None else parse.right[child] + 1
        if behind is None:
            break
        end = behind
    if end == last:
        return span
    tokens = trim(parse, last, end)
    whole = span if tokens is None else Span(span.start, parse.chars(tokens).end)
    rest = Span(span.end, max(whole.end, span.end))
    return span if any(rest.overlaps(other) for other in taken) or parse.quote_of[last] >= 0 else whole


def _ended(parse: Parse, span: Span) -> Span:
    """A content without a conjunction at its end: "called it a lie | and said …"."""
    first, end = bisect_right(parse.end, span.start), bisect_left(parse.start, span.end)
    if end - first < 2 or parse.dep[end - 1] != "cc" or parse.end[end - 1] != span.end:
        return span
    return Span(span.start, parse.end[end - 2])


def _governor(parse: Parse, first: int, end: int) -> int | None:
    """The end of the phrase that a stretch's last word only begins: "Syria’s | east", "2,000 troops | are stationed"."""
    last = end - 1
    if last < first:
        return None
    if parse.dep[last] == "case":
        last = parse.head[last]
    head = parse.head[last]
    begun = parse.dep[last] in _BEGINNING or (
        parse.dep[last] == "advmod" and parse.tag[head] == "CD"
    )  # "as | many as 300"
    begins = begun and head >= end and parse.left[head] >= first
    if parse.dep[last] in _SUBJECTS:  # "which | were shelled", but not "to publish his returns | may be that"
        bare = head == end and not any(
            parse.tag[i][:1] == "V" for i in range(first, end)
        )  # "as many as 300 | remained"
        begins = begins and (bare or first <= parse.head[head] < end)
    if not begins or head - end > _REACH or any(parse.ends[i] for i in range(end, head)):
        return None
    return head + 1 if parse.tag[head][:1] == "N" else parse.right[head] + 1


def _completes(parse: Parse, child: int, first: int, end: int) -> bool:
    """Whether a token's phrase begins right behind a stretch and completes its last word."""
    if parse.left[child] != end or parse.head[child] != end - 1 or end - 1 < first:
        return False
    return parse.dep[child] in _COMPLEMENTS or (parse.dep[child] == "prep" and parse.word[child] == "of")
