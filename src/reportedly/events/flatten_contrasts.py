"""The disputes within an article laid flat: each side with who says it, and which statements a denial is of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from reportedly import lexicons
from reportedly.data import Attribution, CodedArticle, Dispute, Span
from reportedly.events.reports import Contrast, Said, Statement

_WORD = re.compile(r"[^\W\d_]+")
#: Words are the same if so many letters are; shorter ones tell nothing.
STEM, SHORTEST = 5, 4

Where = Callable[[Span], dict[str, Any]]
Chain = Callable[[int | None], Iterator[Said]]


def contrasts(article: CodedArticle, where: Where, chain: Chain) -> tuple[Contrast, ...]:
    """The article's disputes, in its order. `where` gives what every statement has by its span, `chain` the sources
    of an attribution by its number."""
    laid = _Sides(article, where, chain)
    return tuple(laid.contrast(dispute) for dispute in article.disputes)


def denials(span: Span, found: Sequence[Contrast], cues: Iterable[Span] = ()) -> tuple[Statement, ...]:
    """The sides that deny a statement, by the span of its trigger: they point back to all that was said ("denied
    this") or speak of the same. `cues` are those of attributions: that somebody said it is not what is denied."""
    against = []
    for contrast in found:
        denied, denial = (contrast.a, contrast.b) if contrast.denial == "b" else (contrast.b, contrast.a)
        if contrast.denial and Span(denied.start, denied.end).covers(span) and _same_matter(denied.text, denial.text):
            against.append(denial)
    return () if against and any(cue.overlaps(span) for cue in cues) else tuple(against)


def _same_matter(denied: str, denial: str) -> bool:
    """True if a denial points back, or shares a word with what it denies. Names are left out: that two statements
    speak of Russia does not make them be of one matter."""
    if _pointing().search(denial):
        return True
    return bool(_stems(denied) & _stems(denial))


def _stems(text: str) -> set[str]:
    plain = set(lexicons.tree("disputes_groups.json")["plain_lemmas"])
    words = (word for word in _WORD.findall(text) if word.islower() and word not in plain)
    return {word[:STEM] for word in words if len(word) >= SHORTEST}


def says_no(text: str) -> bool:
    """True if a text has a word of denial itself."""
    return _denying().search(text) is not None


@lru_cache(maxsize=1)
def _pointing() -> re.Pattern[str]:
    """What only points back: "denied this", "rejected the claim", "a charge that …"."""
    groups = lexicons.tree("disputes_groups.json")
    stems, nouns = ("|".join(map(re.escape, groups[name])) for name in ("denial_stems", "denied_nouns"))
    noun = rf"(?:an?|the|any|all|such|those|these)\s+(?:{nouns})s?\b"
    return re.compile(rf"^{noun}|(?:{stems})\w*\s+(?:(?:this|it|these|both)\b|{noun})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _denying() -> re.Pattern[str]:
    stems = lexicons.tree("disputes_groups.json")["denial_stems"]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, stems)) + r")", re.IGNORECASE)


class _Sides:
    def __init__(self, article: CodedArticle, where: Where, chain: Chain) -> None:
        self.article, self.where, self.chain = article, where, chain

    def contrast(self, dispute: Dispute) -> Contrast:
        first, second = self._attribution(dispute.a), self._attribution(dispute.b)
        denial = self._denial(dispute, first, second)
        if first == second:
            first, second = (None, first) if denial == "a" else (first, None)
        return Contrast(
            a=self._side(dispute.a, first, denial == "a"),
            b=self._side(dispute.b, second, denial == "b"),
            about=dispute.about,
            denial=denial,
        )

    def _side(self, span: Span, number: int | None, denies: bool) -> Statement:
        chain = tuple(self.chain(number))
        if not chain and denies:
            chain = tuple(self._subject(span))
        return Statement(**self.where(span), text=self._words(span), chain=chain)

    def _denial(self, dispute: Dispute, first: int | None, second: int | None) -> Any:
        """Which side denies the other: the later one that has, or is introduced by, a word of denial."""
        for name, span, number in (("b", dispute.b, second), ("a", dispute.a, first)):
            cue = [] if first == second or number is None else self.article.attributions[number].cue
            if any(says_no(self._words(stretch)) for stretch in (span, *cue)):
                return name
        return None

    def _attribution(self, side: Span) -> int | None:
        """The innermost attribution that a side is the content of; else the first whose content it holds."""
        items = list(enumerate(self.article.attributions))
        inner = [
            (content.end - content.start, number)
            for number, item in items
            for content in item.content
            if content.covers(side)
        ]
        whole = [(content.start, number) for number, item in items for content in item.content if _spoken(side, item)]
        for found in (sorted(whole)[:1], sorted(inner)[:1]):
            if found:
                return found[0][1]
        return None

    def _subject(self, span: Span) -> Iterator[Said]:
        """Who denies in a clause that is no attribution ("a charge that Washington rejects"): the last name before."""
        cue = _denying().search(self._words(span))
        at = span.start + (cue.start() if cue else 0)
        names = [e for e in self.article.entities if span.start <= e.start and e.end <= at and (e.name or e.actor)]
        for entity in names[-1:]:
            yield Said(name=entity.name or entity.text, actor=entity.actor)

    def _words(self, span: Span) -> str:
        return self.article.text[span.start : span.end]


def _spoken(side: Span, item: Attribution) -> bool:
    """True if a side holds the source of an attribution and the beginning of what it says."""
    return bool(item.source) and all(
        side.covers(Span(span.start, span.start + 1)) for span in (*item.source, *item.content)
    )
