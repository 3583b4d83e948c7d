"""Where the content and the source of a cue may stand: candidate stretches read off the parse.

A cue is a token (the head of "said", "according to", "claim"); a candidate is a kind (which way it
was found, a feature of its own) and token ranges. Which candidate is right is learnt, here all that
are plausible are named. After the candidate lists of Pareti's and Newell's attribution systems.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reportedly.statements.attributions_parse import Parse, Range

CONTENT_CHILDREN = frozenset(
    [
        "ccomp",
        "xcomp",
        "dobj",
        "prep",
        "attr",
        "oprd",
        "acomp",
        "advcl",
        "dative",
        "nsubjpass",
        "nsubj",
        "acl",
        "relcl",
        "pobj",
        "pcomp",
        "dep",
        "parataxis",
        "appos",
        "conj",
        "nmod",
        "csubj",
        "csubjpass",
        "intj",
        "advmod",
        "agent",
        "compound",
        "amod",
        "poss",
        "npadvmod",
    ]
)
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
CLAUSE_UP = frozenset(
    [
        "ccomp",
        "parataxis",
        "advcl",
        "conj",
        "prep",
        "advmod",
        "dep",
        "npadvmod",
        "pcomp",
        "acl",
        "relcl",
        "xcomp",
        "amod",
    ]
)
_ACROSS = frozenset(("colon", "ccomp+quoteR"))
_INNER_OFF = frozenset(("relcl", "acl", "appos", "advcl", "parataxis"))
#: How many tokens lie between a cue and a quotation of its own at most.
REACH = 14


class Candidate(NamedTuple):
    """A kind, the token ranges (half-open, in order) that it covers, and the head of the phrase."""

    kind: str
    ranges: tuple[Range, ...]
    root: int


def trim(parse: Parse, start: int, end: int) -> Range | None:
    """A range without punctuation and white space at its ends; quotation marks stay."""
    ends = parse.ends
    while start < end and ends[start]:
        start += 1
    while end > start and ends[end - 1]:
        end -= 1
    return (start, end) if start < end and parse.words_before[end] > parse.words_before[start] else None


def _minus(span: Range, hole: Range) -> list[Range]:
    return [part for part in ((span[0], min(span[1], hole[0])), (max(span[0], hole[1]), span[1])) if part[0] < part[1]]


def _clean(parse: Parse, ranges: list[Range]) -> tuple[Range, ...]:
    return tuple([part for start, end in ranges if (part := trim(parse, start, end))])


def _in_paragraph(parse: Parse, ranges: list[Range], node: int) -> list[Range]:
    """The parts of ranges in a token's own paragraph: where a headline or byline has no full stop, the
    parser makes one sentence of it and what follows. Quotations may go on over paragraphs."""
    number, kept = parse.paragraph[node], []
    for start, end in ranges:
        if start >= end:
            continue
        if parse.paragraph[start] != parse.paragraph[end - 1] and parse.quote_of[start] < 0 > parse.quote_of[end - 1]:
            start = max(start, bisect_left(parse.paragraph, number))
            end = min(end, bisect_right(parse.paragraph, number))
        if start < end:
            kept.append((start, end))
    return kept


def _whole_quotes(parse: Parse, ranges: tuple[Range, ...], cue: int) -> tuple[Range, ...]:
    """The ranges, each grown to hold every quotation that it cuts into (but not the cue's own)."""
    own = parse.quote_of[cue]
    if all(parse.quote_of[a] == parse.quote_of[b - 1] and parse.quote_of[a] in (-1, own) for a, b in ranges):
        return ranges
    grown = []
    for start, end in ranges:
        first, last = parse.quote_of[start], parse.quote_of[end - 1]
        if first >= 0 and first != own:
            start = min(start, parse.quotes[first].first)
        if last >= 0 and last != own:
            end = max(end, parse.quotes[last].last + 1)
        if start <= cue < end:
            return ranges
        grown.append((start, end))
    return tuple(grown)


def cue_block(parse: Parse, cue: int) -> Range:
    """The cue with its subject and auxiliaries when they stand right beside it ("he has said")."""
    start, end = cue, cue + 1
    for child in parse.children[cue]:
        if parse.dep[child] in SUBJECTS or parse.dep[child] in ("aux", "neg", "auxpass", "prt", "advmod", "npadvmod"):
            left, right = parse.subtree(child)
            if right == start:
                start = left
            elif left == end:
                end = right
    return start, end


def contents(parse: Parse, cue: int) -> list[Candidate]:
    """Every plausible content of a cue, without doubles (the first kind wins)."""
    seen: set[tuple[Range, ...]] = set()
    found = []
    for kind, root, ranges in _contents(parse, cue):
        cleaned = _clean(parse, ranges if kind in _ACROSS else _in_paragraph(parse, ranges, cue))
        if not cleaned or cleaned in seen or _holds(cleaned, cue):
            continue
        seen.add(cleaned)
        found.append(Candidate(kind, cleaned, root))
        whole = _whole_quotes(parse, cleaned, cue)
        if whole not in seen:
            seen.add(whole)
            found.append(Candidate(kind + "+q", whole, root))
    return found


def _holds(ranges: tuple[Range, ...], token: int) -> bool:
    return any(start <= token < end for start, end in ranges)


def _contents(parse: Parse, cue: int) -> Iterator[tuple[str, int, list[Range]]]:
    block = cue_block(parse, cue)
    yield from _below(parse, cue, block)
    yield from _above(parse, cue)
    yield from _beside(parse, cue, block)
    yield from _quoted(parse, cue)


def _below(parse: Parse, cue: int, block: Range) -> Iterator[tuple[str, int, list[Range]]]:
    """Children of the cue, and runs of neighbouring ones ("called / Trump / a liar")."""
    after: list[int] = []
    for child in parse.children[cue]:
        dep = parse.dep[child]
        if dep not in CONTENT_CHILDREN:
            continue
        span = parse.subtree(child)
        kind = f"{dep}:{parse.lemma[child]}" if dep in ("prep", "advmod", "agent") else dep
        if span[0] <= cue < span[1]:
            yield kind + "~", child, _minus(span, block)
        else:
            yield kind, child, [span]
        if dep in ("prep", "agent"):
            for grandchild in parse.children[child]:
                if parse.dep[grandchild] in ("pobj", "pcomp"):
                    yield f"{dep}:{parse.lemma[child]}>{parse.dep[grandchild]}", grandchild, [parse.subtree(grandchild)]
        if dep in ("dobj", "attr", "pobj") and any(parse.dep[g] in _INNER_OFF for g in parse.children[child]):
            inner = [g for g in parse.children[child] if parse.dep[g] in _INNER_OFF and g > child]
            for grandchild in inner[:1]:
                yield f"{dep}-{parse.dep[grandchild]}", child, [(span[0], parse.left[grandchild])]
                yield f"{dep}>{parse.dep[grandchild]}", grandchild, [parse.subtree(grandchild)]
        if child > cue:
            after.append(child)
    for one, two in itertools.pairwise(after):
        if parse.dep[one] in ("dobj", "dative", "prep", "oprd", "ccomp", "xcomp", "advcl", "acomp", "attr"):
            yield f"{parse.dep[one]}+{parse.dep[two]}", one, [(parse.left[one], parse.right[two] + 1)]


def _above(parse: Parse, cue: int) -> Iterator[tuple[str, int, list[Range]]]:
    """The clause that the cue is hung into: "X, he said", "X, according to Y", "reportedly"."""
    hole = parse.subtree(cue)
    node, steps = cue, 0
    while parse.head[node] != node and steps < 4:
        dep = parse.dep[node]
        head = parse.head[node]
        steps += 1
        if steps == 1 or dep in CLAUSE_UP:
            yield f"up{steps}:{dep}", head, _minus(parse.subtree(head), hole)
            if parse.left[head] < cue:
                yield f"up{steps}l:{dep}", head, [(parse.left[head], hole[0])]
        if steps == 1 and dep in ("relcl", "acl"):
            yield f"ant:{dep}", head, [(parse.left[head], parse.left[cue])]
        node = head
    start, end = parse.sentence[cue]
    yield "sentence", cue, _minus((start, end), hole)
    if start < hole[0]:
        yield "before", cue, [(start, hole[0])]


def _beside(parse: Parse, cue: int, block: Range) -> Iterator[tuple[str, int, list[Range]]]:
    """What is left and right of the cue in its sentence, and the next sentence after a colon."""
    start, end = parse.sentence[cue]
    yield "right", cue, [(block[1], end)]
    yield "left", cue, [(start, block[0])]
    right = parse.right[cue] + 1
    if right > block[1]:
        yield "rest", cue, [(block[1], right)]
    for i in range(block[1], min(end, block[1] + REACH)):
        if parse.word[i] in ("that", "whether", "if", "how", "why", "what", "to") and i > block[1]:
            yield f"from:{parse.word[i]}", cue, [(i, end)]
            break
        if parse.word[i] == ":":
            stop = parse.sentence[i + 1][1] if i + 1 < parse.size else end
            yield "colon", cue, [(i + 1, max(end, stop))]
            break


def _quoted(parse: Parse, cue: int) -> Iterator[tuple[str, int, list[Range]]]:
    """Quotations near a cue that stands outside them, and pairs on both sides of it."""
    own = parse.quote_of[cue]
    left, right = _quotes_left(parse, cue), _quotes_right(parse, cue)
    if own >= 0:
        left, right = [q for q in left if q != own], [q for q in right if q != own]
    yield from (
        (f"quote{name}{len(side[:n])}", cue, _runs(parse, side[:n]))
        for name, side in (("L", left), ("R", right))
        for n in range(1, 1 + min(len(side), 4))
    )
    if left and right:
        yield "quoteLR", cue, _runs(parse, [*left[:1], *right[:1]])
        if len(right) > 1:
            yield "quoteLRR", cue, _runs(parse, [*left[:1], *right])
        if len(left) > 1:
            yield "quoteLLRR", cue, _runs(parse, [*left, *right])
    if right:
        yield from _clause_and_quote(parse, cue, right)


def _clause_and_quote(parse: Parse, cue: int, right: list[int]) -> Iterator[tuple[str, int, list[Range]]]:
    """'The bridge fell, he said. "We heard it."': the clause, and the quotation that goes on."""
    for child in parse.children[cue]:
        if parse.dep[child] == "ccomp" and parse.right[child] < cue:
            yield "ccomp+quoteR", child, [parse.subtree(child), *_runs(parse, right)]


def _runs(parse: Parse, numbers: list[int]) -> list[Range]:
    quotes = sorted((parse.quotes[n].first, parse.quotes[n].last + 1) for n in numbers)
    return list(quotes)


def _quotes_left(parse: Parse, cue: int) -> list[int]:
    """Quotations before the cue, nearest first: one that ends near it, then those it continues."""
    found: list[int] = []
    edge = cue
    for i in range(cue - 1, max(-1, cue - REACH), -1):
        if "\n" in parse.word[i]:
            break
        if parse.quote_of[i] >= 0:
            found.append(parse.quote_of[i])
            edge = parse.quotes[found[0]].first
            break
    while found and found[-1] > 0 and len(found) < 4:
        before = parse.quotes[found[-1] - 1]
        gap = range(before.last + 1, edge)
        if any(parse.is_word(i) for i in gap):
            break
        found.append(found[-1] - 1)
        edge = before.first
    return found


def _quotes_right(parse: Parse, cue: int) -> list[int]:
    """Quotations after the cue, in order: one that begins near it, and those that go on from it."""
    start = parse.quote_of[cue]
    first = None
    for i in range(cue + 1, min(parse.size, cue + 2 * REACH)):
        if parse.quote_of[i] >= 0 and parse.quote_of[i] != start:
            first = parse.quote_of[i]
            break
        if "\n" in parse.word[i] and parse.word[i - 1] != ":":
            break
    if first is None:
        return []
    found = [first]
    while found[-1] + 1 < len(parse.quotes) and len(found) < 6:
        here, after = parse.quotes[found[-1]], parse.quotes[found[-1] + 1]
        if any(parse.is_word(i) for i in range(here.last + 1, after.first)):
            break
        found.append(found[-1] + 1)
    return found


def sources(parse: Parse, cue: int) -> list[Candidate]:
    """Every plausible source of a cue, and the empty one, without doubles (the first kind wins)."""
    seen: set[tuple[Range, ...]] = {()}
    found = [Candidate("none", (), cue)]
    for kind, root, span in _sources(parse, cue):
        for suffix, part in (("", span), ("-", _without_clauses(parse, root, span))):
            cleaned = _clean(parse, _in_paragraph(parse, [part], root) if part else [])
            if cleaned and cleaned not in seen and not _holds(cleaned, cue):
                seen.add(cleaned)
                found.append(Candidate(kind + suffix, cleaned, root))
    return found


def _without_clauses(parse: Parse, root: int, span: Range) -> Range | None:
    cut = [parse.left[c] for c in parse.children[root] if parse.dep[c] in _INNER_OFF and c > root]
    return (span[0], min(cut)) if cut and span[0] < min(cut) else None


def _sources(parse: Parse, cue: int) -> Iterator[tuple[str, int, Range]]:
    yield from _own_sources(parse, cue)
    node = cue
    for step in range(1, 4):
        dep, head = parse.dep[node], parse.head[node]
        if head == node:
            break
        if dep in ("relcl", "acl"):
            yield f"{step}ant:{dep}", head, (parse.left[head], parse.left[node])
            yield f"{step}anthead:{dep}", head, parse.subtree(head)
        for child in parse.children[head]:
            if (parse.dep[child] in SUBJECTS and child != node) or (
                parse.dep[child] in ("poss", "agent", "dobj") and child != node
            ):
                yield f"{step}{parse.dep[child]}:{dep}", child, parse.subtree(child)
        if parse.dep[node] == "pobj" and step == 1:
            yield "1pobj", head, parse.subtree(head)
        node = head
    yield from _near_sources(parse, cue)


def _own_sources(parse: Parse, cue: int) -> Iterator[tuple[str, int, Range]]:
    for child in parse.children[cue]:
        dep = parse.dep[child]
        if dep in SUBJECTS or dep in ("poss", "compound", "amod", "dobj", "attr", "npadvmod", "pobj", "nmod"):
            yield dep, child, parse.subtree(child)
        if dep in ("prep", "agent", "dative"):
            for grandchild in parse.children[child]:
                if parse.dep[grandchild] == "pobj":
                    kind = f"{dep}:{parse.lemma[child]}"
                    yield kind + ">", grandchild, parse.subtree(grandchild)
                    yield kind, grandchild, parse.subtree(child)
                for third in parse.children[grandchild] if parse.dep[grandchild] == "prep" else []:
                    yield f"{dep}>prep>", third, parse.subtree(third)


def _near_sources(parse: Parse, cue: int) -> Iterator[tuple[str, int, Range]]:
    """The words right before and after the cue: titles with a colon, verbs after quotations."""
    start, end = parse.sentence[cue]
    if parse.word[cue] == ":":
        yield "before", cue, (start, cue)
    for i in range(cue + 1, min(end, cue + 4)):
        if parse.tag[i][:2] in ("NN", "PR"):
            yield "next", i, parse.subtree(i)
            break
    for i in range(cue - 1, max(start - 1, cue - 5), -1):
        if parse.tag[i][:2] in ("NN", "PR"):
            yield "previous", i, (parse.left[i], i + 1)
            top = i
            while parse.head[top] != top and parse.head[top] < cue and parse.tag[parse.head[top]][:2] in ("NN", "PR"):
                top = parse.head[top]
            yield "previoustop", top, (parse.left[top], cue)
            break
