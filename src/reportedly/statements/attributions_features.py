"""What a cue, a content and a source look like to the linear models, as feature strings.

Every string begins with a short mark of its template; the same functions serve training and use.
"""

from __future__ import annotations

from bisect import bisect_left

from reportedly.statements.attributions_candidates import SUBJECTS, Candidate
from reportedly.statements.attributions_parse import Parse

_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35, 60)
_SIGNATURE = frozenset(
    [
        "nsubj",
        "nsubjpass",
        "ccomp",
        "xcomp",
        "dobj",
        "agent",
        "prt",
        "acomp",
        "attr",
        "oprd",
        "poss",
        "acl",
        "mark",
        "dative",
    ]
)


def _length(count: int) -> int:
    return bisect_left(_LENGTHS, count)


def signature(parse: Parse, cue: int) -> str:
    """Which telling children a token has, in order."""
    return ",".join(parse.dep[c] for c in parse.children[cue] if parse.dep[c] in _SIGNATURE)


def cue_features(parse: Parse, cue: int) -> list[str]:
    """What tells whether a token is a cue at all."""
    lemma, tag, dep = parse.lemma[cue], parse.tag[cue], parse.dep[cue]
    head = parse.head[cue]
    sign = signature(parse, cue)
    quoted = "q" if parse.quote_of[cue] >= 0 else "-"
    found = [
        "b",
        f"l={lemma}",
        f"lt={lemma}|{tag}",
        f"ld={lemma}|{dep}",
        f"td={tag}|{dep}",
        f"hl={lemma}|{parse.lemma[head]}",
        f"hd={parse.lemma[head]}|{dep}",
        f"s={sign}",
        f"ls={lemma}|{sign}",
        f"ts={tag}|{sign}",
        f"q={quoted}",
        f"lq={lemma}|{quoted}",
        f"hs={parse.dep[head]}|{dep}",
        f"p={quoted}|{tag}|{dep}",
        f"title={parse.sentence[cue][0] == 0}",
        f"w={parse.word[cue]}",
    ]
    if cue:
        found += [f"-1={parse.word[cue - 1]}", f"l-1={lemma}|{parse.word[cue - 1]}"]
    if cue + 1 < parse.size:
        found += [f"+1={parse.word[cue + 1]}", f"l+1={lemma}|{parse.word[cue + 1]}", f"t+1={parse.tag[cue + 1]}"]
    for child in parse.children[cue]:
        found += _child_features(parse, lemma, child)
    if dep in ("xcomp", "conj", "advcl", "acl", "relcl"):
        subjects = [c for c in parse.children[head] if parse.dep[c] in SUBJECTS] or ([head] if dep[-1] == "l" else [])
        found += [f"up={parse.tag[c]}|{dep}" for c in subjects[:1]]
        found += [f"upl={parse.lemma[c]}|{dep}" for c in subjects[:1]]
    return found


def _child_features(parse: Parse, lemma: str, child: int) -> list[str]:
    dep, own = parse.dep[child], parse.lemma[child]
    if dep in SUBJECTS:
        return [f"su={parse.tag[child]}", f"sul={own}", f"lsu={lemma}|{parse.tag[child]}", f"sw={parse.word[child]}"]
    if dep in ("aux", "auxpass", "neg", "prt", "mark", "advmod", "det", "amod", "poss"):
        return [f"c={dep}|{own}", f"lc={lemma}|{dep}|{own}"]
    if dep in ("prep", "dobj", "attr", "acomp", "ccomp", "xcomp", "advcl", "acl", "oprd", "agent"):
        return [f"cd={dep}|{own}", f"lcd={lemma}|{dep}|{own}", f"lo={lemma}|{dep}", f"ct={dep}|{parse.tag[child]}"]
    return []


def content_context(parse: Parse, cue: int, candidates: list[Candidate]) -> tuple[str, str, str]:
    """What all candidates of a cue share: its child signature, kinds on offer, and quotations near."""
    kinds = {candidate.kind.rstrip("~") for candidate in candidates}
    near = "".join(kind[5:6] for kind in ("quoteL1", "quoteR1") if kind in kinds)
    return signature(parse, cue), "ccomp" if "ccomp" in kinds else "dobj" if "dobj" in kinds else "-", near


def content_features(parse: Parse, cue: int, candidate: Candidate, context: tuple[str, str, str]) -> list[str]:
    """What tells whether a candidate is the content of a cue."""
    sign, offered, near = context
    lemma, tag, kind = parse.lemma[cue], parse.tag[cue], candidate.kind
    first, last = candidate.ranges[0][0], candidate.ranges[-1][1] - 1
    words = sum(end - start for start, end in candidate.ranges)
    side = "L" if last < cue else "R" if first > cue else "B"
    quote = _quote_mark(parse, candidate)
    start = parse.word[first]
    ends = (
        last + 1 >= parse.sentence[cue][1]
        or parse.word[last + 1] in (".", "?", "!", ",")
        or parse.word[last + 1][:1] == "\n"
    )
    length = _length(words)
    return [
        f"k={kind}",
        f"kl={kind}|{lemma}",
        f"kt={kind}|{tag}",
        f"kd={kind}|{parse.dep[cue]}",
        f"ks={kind}|{sign}",
        f"kls={kind}|{lemma}|{sign}",
        f"kr={kind}|{parse.tag[candidate.root]}",
        f"kw={kind}|{start}",
        f"klw={lemma}|{side}|{start}",
        f"kL={kind}|{length}",
        f"L={side}|{length}",
        f"kq={kind}|{quote}",
        f"kqn={kind}|{quote}|{near}",
        f"ko={kind}|{offered}|{near}",
        f"sl={side}|{lemma}",
        f"lq={lemma}|{quote}",
        f"n={len(candidate.ranges)}|{side}",
        f"e={kind}|{ends}",
        f"rl={kind}|{parse.lemma[candidate.root]}",
        f"g={side}|{min(8, first - cue if side == 'R' else cue - last)}|{near}",
        f"pb={side}|{parse.word[first - 1] if first else ''}",
        f"nx={kind}|{parse.word[last + 1] if last + 1 < parse.size else ''}",
        f"rt={lemma}|{parse.tag[candidate.root]}|{side}",
        f"sp={kind}|{_spans_newline(parse, candidate)}",
        f"t2={tag}|{side}|{quote}|{offered}",
        f"lL={lemma}|{side}|{length}",
        f"hw={kind}|{parse.word[cue - 1] if cue else ''}",
    ]


def _quote_mark(parse: Parse, candidate: Candidate) -> str:
    marks = ""
    for start, end in candidate.ranges[:3]:
        first, last = parse.quote_of[start], parse.quote_of[end - 1]
        opens = first >= 0 and parse.quotes[first].first == start
        closes = last >= 0 and parse.quotes[last].last == end - 1
        inside = not (opens or closes) and max(parse.quote_of[start:end]) >= 0
        marks += "Q" if opens and closes else "o" if opens else "c" if closes else "i" if inside else "-"
    return marks


def _spans_newline(parse: Parse, candidate: Candidate) -> bool:
    return any(parse.lines[end] > parse.lines[start] for start, end in candidate.ranges)


def source_features(
    parse: Parse, cue: int, candidate: Candidate, content: Candidate, kinds: frozenset[str]
) -> list[str]:
    """What tells whether a candidate is the source of a cue with its content."""
    lemma, tag, dep, kind = parse.lemma[cue], parse.tag[cue], parse.dep[cue], candidate.kind
    subject = "s" if "nsubj" in kinds else "p" if "nsubjpass" in kinds else "-"
    shared = [
        f"k={kind}",
        f"kl={kind}|{lemma}",
        f"kt={kind}|{tag}",
        f"kd={kind}|{dep}",
        f"kc={kind}|{content.kind}",
        f"ktd={kind}|{tag}|{dep}",
        f"kS={kind}|{subject}",
        f"kSd={kind}|{subject}|{dep}",
    ]
    if not candidate.ranges:
        return shared
    first, last = candidate.ranges[0][0], candidate.ranges[-1][1] - 1
    overlap = any(first < end and start <= last for start, end in content.ranges)
    side = "L" if last < cue else "R"
    root = candidate.root
    near = first - cue if side == "R" else cue - last
    return [
        *shared,
        f"o={overlap}",
        f"ko={kind}|{overlap}",
        f"r={parse.tag[root]}",
        f"kr={kind}|{parse.tag[root]}",
        f"rl={parse.lemma[root]}",
        f"f={parse.word[first]}",
        f"L={_length(last - first + 1)}",
        f"d={side}|{min(near, 10)}",
        f"kL={kind}|{_length(last - first + 1)}",
        f"kw={kind}|{parse.word[first]}",
        f"q={parse.quote_of[first] == parse.quote_of[cue]}",
        f"nx={kind}|{parse.word[last + 1] if last + 1 < parse.size else ''}",
        f"pv={kind}|{parse.word[first - 1] if first else ''}",
        f"se={parse.sentence[first] == parse.sentence[cue]}",
        f"co={kind}|{content.kind}|{side}",
    ]
