"""What keeps deeds, mere mentions and broken parses from being taken for somebody's words.

The models are learnt on political news. These checks hold for any news, and for reports of war most
of all: what a verb of doing is done to is no content, a thing that is hailed by nobody is no
statement, and a name inside "a fighter in TOWN" is not who speaks.
"""

from __future__ import annotations

from reportedly import lexicons
from reportedly.statements.attributions_candidates import SUBJECTS, Candidate
from reportedly.statements.attributions_parse import Parse

_CLAUSES = ("ccomp", "quote", "colon", "from:that", "up")
#: Contents of a passive that tell only what it happened to, or where and by whom.
_TOLD_OF = ("nsubj", "agent", "up1:acl", "ant", "prep:as", "prep:in", "prep:by", "prep:through")
#: Ways up from a name to the head of the phrase that it stands in.
_DOWN = frozenset(("pobj", "prep", "attr", "ccomp", "relcl", "acl", "amod", "acomp", "dobj", "xcomp", "pcomp"))


def is_statement(parse: Parse, cue: int, content: Candidate) -> bool:
    """Whether a cue with its content can be something said, and not a deed or a stray word."""
    if parse.lemma[cue] == "accord" and parse.word[cue] != "according":
        return False
    if parse.lemma[cue] not in lexicons.words("attributions_deeds.txt"):
        return True
    return _is_said(parse, cue, content) or _speaks_by_its_object(parse, cue)


def _is_said(parse: Parse, cue: int, content: Candidate) -> bool:
    """Whether a content is a clause or holds a quotation, not just what a deed was done to."""
    if any(max(parse.quote_of[start:end]) >= 0 for start, end in content.ranges):
        return True
    if content.kind.startswith("up"):  # "X, he fired back", but not "the bridge seized on Friday"
        return parse.dep[cue] in ("ccomp", "parataxis", "ROOT")
    return content.kind.startswith(_CLAUSES)


def _speaks_by_its_object(parse: Parse, cue: int) -> bool:
    """'Raised concerns', 'made a promise', 'issued a warning': the noun tells that it is said."""
    nouns = lexicons.words("attributions_speech_nouns.txt")
    return any(parse.dep[child] == "dobj" and parse.lemma[child] in nouns for child in parse.children[cue])


def allowed(parse: Parse, cue: int, candidates: list[Candidate]) -> list[Candidate]:
    """Contents without those that a coordination or the speaker's own name has got into."""
    return [c for c in candidates if not _joins_on(parse, cue, c) and not _holds_subject(parse, cue, c)]


def _joins_on(parse: Parse, cue: int, content: Candidate) -> bool:
    """'He said X, but he cautioned Y': what is joined to the cue by a conjunction is another's content."""
    first = content.ranges[0][0]
    if first > cue and parse.dep[first] in ("cc", "preconj") and parse.head[first] == cue:
        return True
    others = [child for child in parse.children[cue] if child > cue and parse.dep[child] == "conj"]
    return any(parse.left[other] <= first <= parse.right[other] and _has_subject(parse, other) for other in others)


def _has_subject(parse: Parse, verb: int) -> bool:
    return any(parse.dep[child] in SUBJECTS for child in parse.children[verb])


def _holds_subject(parse: Parse, cue: int, content: Candidate) -> bool:
    """'The few hundred that the alliance had expected to find': the subject speaks, it is not said.

    Of "seems to" it is part of what is said.
    """
    children = parse.children[cue]
    if parse.tag[cue][:1] != "V" or parse.lemma[cue] in lexicons.words("attributions_seeming.txt"):
        return False
    subjects = [c for c in children if parse.dep[c] == "nsubj" and c < cue]
    return any(start <= subject < end for subject in subjects[-1:] for start, end in content.ranges)


def is_hearsay(parse: Parse, cue: int, content: Candidate) -> bool:
    """Whether an attribution that names nobody is one: "is believed to", "reportedly", "was accused of".

    "The victory was hailed" and "a peace was negotiated" only tell of an event.
    """
    if parse.tag[cue][:1] != "V" or parse.lemma[cue] in lexicons.words("attributions_hearsay.txt"):
        return True
    named = parse.tag[cue] == "VBN" and parse.dep[cue] in ("acl", "advcl", "amod")  # "known as the Reds"
    if not named and not any(parse.dep[child] == "auxpass" for child in parse.children[cue]):
        return True
    return not content.kind.startswith(_TOLD_OF)


def can_speak(parse: Parse, source: Candidate) -> bool:
    """Whether a source is no event or thing of war: "an incident confirmed", "the missile threatened"."""
    root = source.root
    mute = lexicons.words("attributions_mute.txt")
    return not source.ranges or parse.tag[root] not in ("NN", "NNS") or parse.lemma[root] not in mute


def speakers(parse: Parse, cue: int, candidates: list[Candidate]) -> list[Candidate]:
    """Sources that can speak: for the last name of a phrase before the cue, the phrase itself."""
    if _has_subject(parse, cue):
        return candidates
    return list(dict.fromkeys(_head_phrase(parse, cue, candidate) for candidate in candidates))


def _head_phrase(parse: Parse, cue: int, source: Candidate) -> Candidate:
    """'On air, a man who fought in TOWN vowed': of TOWN, where the parser lost the subject, 'a man ...'."""
    if not source.kind.startswith("previous") or not source.ranges or parse.dep[source.root] != "pobj":
        return source
    node = head = source.root
    while parse.dep[node] in _DOWN and parse.head[node] not in (node, cue):
        node = parse.head[node]
        if parse.tag[node][:2] in ("NN", "PR"):
            head = node
    start, end = parse.left[head], source.ranges[-1][1]
    if start > source.root or parse.lines_between(start, end):
        return source
    return Candidate("previoustop", ((start, end),), head)
