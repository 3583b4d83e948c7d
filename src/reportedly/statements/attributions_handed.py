"""What reaches an article through somebody else: "quoted officials saying that …", "the agency, citing the ministry,
said …", "images show …", and hearsay that nobody answers for ("is said to be surrounded").

Patterns of the parse that say by themselves who says what; like all that is added to the encoder's attributions
(`attributions_more`) they count only where they fit with what it has found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly import lexicons
from reportedly.data import Span
from reportedly.statements.attributions_candidates import Candidate, contents, trim
from reportedly.statements.attributions_contents import around, head_of
from reportedly.statements.attributions_parse import Parse
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_rules import SCORE, Choice
from reportedly.statements.attributions_subjects import documents

#: Lexicons with the nouns of those who can be cited: "citing safety concerns" names no source.
_CITED = (
    "attributions_bodies.txt",
    "attributions_offices.txt",
    "attributions_witnesses.txt",
    "attributions_outlet_nouns.txt",
)
_CLAUSES = ("ccomp", "dobj", "quoteR")


def handed_on(parse: Parse) -> Iterator[Choice]:
    """'The agency quoted a spokesman as saying …', 'quoted officials saying …': what the spokesman said, within what is
    quoted."""
    quoting = lexicons.words("attributions_quoting.txt")
    for cue in range(1, parse.size):
        if parse.tag[cue] != "VBG" or parse.dep[cue] not in ("pcomp", "ccomp", "acl", "xcomp", "advcl"):
            continue
        verb = _quoting(parse, cue)
        if verb is None or parse.lemma[verb] not in quoting:
            continue
        content = [c for c in contents(parse, cue) if c.kind.startswith(("ccomp", "quoteR"))]
        said_by = _quoted(parse, verb, cue)
        if content and said_by is not None:
            yield Choice(cue, content[0], said_by, SCORE)


def _quoting(parse: Parse, cue: int) -> int | None:
    """The verb that hands on what a participle says: "quoted … as saying", "quoted officials saying"."""
    above = parse.head[cue]
    if parse.dep[cue] == "pcomp":
        return parse.head[above] if parse.word[above] == "as" else None
    if parse.lemma[cue] not in lexicons.words("attributions_plain.txt"):
        return None
    return parse.head[above] if parse.dep[cue] == "acl" and parse.dep[above] == "dobj" else above


def _quoted(parse: Parse, verb: int, cue: int) -> Candidate | None:
    """Whoever is quoted: the participle's own subject, else the object or passive subject of the quoting verb."""
    heads = [c for c in parse.children[cue] if parse.dep[c] == "nsubj"]
    heads = heads or [c for c in parse.children[verb] if parse.dep[c] in ("dobj", "nsubjpass") and c < cue]
    if not heads:
        return None
    end = parse.right[heads[-1]] + 1
    tokens = trim(parse, parse.left[heads[-1]], min(end, cue))
    return None if tokens is None else Candidate("dobj", (tokens,), heads[-1])


def shown(parse: Parse) -> Iterator[Choice]:
    """'Satellite images show craters', 'video appeared to show …': what a picture or paper tells."""
    showing = lexicons.words("attributions_showing.txt")
    for cue, lemma in enumerate(parse.lemma):
        if lemma not in showing or parse.tag[cue][:1] != "V":
            continue
        subject = subject_of(parse, cue)
        content = [c for c in contents(parse, cue) if c.kind.startswith(_CLAUSES) and c.root > cue]
        tokens = None if subject is None else trim(parse, *parse.subtree(subject))
        if subject is None or tokens is None or parse.lemma[subject] not in documents() or not content:
            continue
        if tokens[1] <= cue:
            yield Choice(cue, content[0], Candidate("nsubj", (tokens,), subject), SCORE)


def subject_of(parse: Parse, verb: int) -> int | None:
    """The head of a verb's subject, also where it stands with a verb of seeming ("video appeared to show …")."""
    own = [c for c in parse.children[verb] if parse.dep[c] == "nsubj"]
    raising = parse.dep[verb] == "xcomp" and parse.lemma[parse.head[verb]] in lexicons.words("attributions_seeming.txt")
    return own[-1] if own else subject_of(parse, parse.head[verb]) if raising else None


def hearsay(parse: Parse) -> Iterator[RawAttribution]:
    """'A school was reportedly hit', 'the town is said to be surrounded', 'it is understood that …': nobody says it."""
    adverbs = lexicons.words("attributions_hearsay_adverbs.txt")
    verbs = lexicons.words("attributions_rumoured.txt")
    for i, lemma in enumerate(parse.lemma):
        if lemma in adverbs and parse.tag[i] == "RB":
            cue = parse.chars((i, i + 1))
            content = around(parse, RawAttribution(cue=[cue]))
        elif lemma in verbs and parse.tag[i] == "VBN":
            cue, content = _passive(parse, i)
        else:
            continue
        if content:
            yield RawAttribution(cue=[cue], content=content)


def _passive(parse: Parse, verb: int) -> tuple[Span, list[Span]]:
    """The cue and what is believed or said: the subject and the infinitive, or the clause of an empty "it"."""
    deps = {parse.dep[c]: c for c in parse.children[verb]}
    first = min((c for c in parse.children[verb] if parse.dep[c] in ("auxpass", "aux")), default=verb)
    cue, clause = parse.chars((first, verb + 1)), deps.get("ccomp", deps.get("xcomp"))
    if "auxpass" not in deps or "agent" in deps or "nsubjpass" not in deps or clause is None or clause < verb:
        return cue, []
    subject = trim(parse, *parse.subtree(deps["nsubjpass"]))
    said = trim(parse, *parse.subtree(clause))
    if subject is None or said is None or not subject[1] <= first:
        return cue, []
    parts = [said] if parse.word[deps["nsubjpass"]] == "it" else [subject, said]
    return cue, [parse.chars(part) for part in parts]


def cited(parse: Parse, raws: Sequence[RawAttribution]) -> Iterator[RawAttribution]:
    """'The agency, citing the ministry, said …': the ministry says the same, and the agency hands it on.

    An attribution that has the ministry for what is cited is made this one.
    """
    for i, lemma in enumerate(parse.lemma):
        if lemma not in ("cite", "quote") or parse.tag[i] != "VBG" or parse.dep[i] not in ("advcl", "acl", "conj"):
            continue
        heads = [c for c in parse.children[i] if parse.dep[c] == "dobj" and c > i and _can_be_cited(parse, c)]
        tokens = trim(parse, *parse.subtree(heads[0])) if heads else None
        holder = None if tokens is None else _holder(parse, raws, i)
        if tokens is None or holder is None:
            continue
        cue, source = parse.chars((i, i + 1)), parse.chars(tokens)
        new = RawAttribution(source=[source], cue=[cue], content=list(holder.content), through=holder)
        taken = [raw for raw in raws if any(s.overlaps(cue) or s.overlaps(source) for s in raw.spans)]
        if not taken:
            yield new
        elif len(taken) == 1 and taken[0].cue == [cue] and taken[0].content == [source]:
            taken[0].source, taken[0].content, taken[0].through = new.source, new.content, holder


def _can_be_cited(parse: Parse, noun: int) -> bool:
    named = parse.tag[noun] in ("NNP", "NNPS")
    return named or parse.lemma[noun] in documents() or any(parse.lemma[noun] in lexicons.words(n) for n in _CITED)


def _holder(parse: Parse, raws: Sequence[RawAttribution], citing: int) -> RawAttribution | None:
    """The attribution whose cue or source a "citing" hangs on."""
    above = parse.head[citing]
    for raw in raws:
        head = head_of(parse, raw.cue[0]) if raw.cue and raw.source else None
        if head is not None and head != citing and above in (head, head_of(parse, raw.source[0])):
            return raw
    return None


def told_by(parse: Parse, cue: int) -> int | None:
    """The head of whoever told somebody: "they had been told by the Americans that …"."""
    for by in parse.children[cue] if parse.tag[cue] == "VBN" else ():
        heads = [c for c in parse.children[by] if parse.dep[c] == "pobj"]
        if parse.dep[by] == "agent" and heads:
            return heads[0]
    return None
