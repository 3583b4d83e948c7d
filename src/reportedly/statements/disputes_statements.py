"""The statements of an article that can stand against each other: what each sentence says, and who says it.

A statement is the part of an attribution's content that lies in one sentence, or a clause that takes
a view without naming a source of its own ("Many fear …"), or, failing both, the sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly import lexicons
from reportedly.data import Attribution, Figure, Span
from reportedly.statements import spans

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
#: A statement longer than this is not shown whole.
LONGEST = 400
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MARKS = " \t\r\n,.;:“”\"'‘’–-"


@dataclass(frozen=True)
class Statement:
    """A stretch of one sentence that says something; `number` is its attribution's, if it has one."""

    tokens: Tokens
    sentence: int
    number: int | None = None
    opinion: bool = False

    @cached_property
    def span(self) -> Span:
        """Its offsets, without marks at its ends."""
        start, words = self.tokens.start_char, self.tokens.text[:LONGEST]
        inner = spans.trimmed(words, 0, len(words), MARKS)
        return Span(start + inner.start, start + inner.end)

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The content words that it can share with another."""
        return content_words(self.tokens)

    @cached_property
    def asserts(self) -> bool:
        """True if it has a finite verb: "to detain more" and "as part of the party" assert nothing."""
        return any(token.tag_ in FINITE for token in self.tokens) and self.tokens[0].lower_ not in ("to", "as")

    @cached_property
    def negated(self) -> bool:
        """True if it has a "not", "no" or "never"."""
        return any(token.dep_ == "neg" or token.lower_ in ("no", "never", "nothing", "none") for token in self.tokens)


def content_words(tokens: Tokens) -> frozenset[str]:
    """The lemmas of the content words of a stretch, without the most common."""
    plain = group("plain_lemmas")
    found = (token.lemma_.lower() for token in tokens if token.pos_ in CONTENT and len(token) > 1)
    return frozenset(lemma for lemma in found if lemma not in plain)


@lru_cache(maxsize=16)
def group(name: str) -> frozenset[str]:
    """A word group of disputes_groups.json."""
    return frozenset(lexicons.tree("disputes_groups.json")[name])


class Account:
    """An article's sentences, its statements, and who makes them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text: str = doc._.article.text  # doc.text is put together anew at every call
        self.sentences = list(doc.sents)
        self.lowered = [self.text[sentence.start_char : sentence.end_char].lower() for sentence in self.sentences]
        self._sources: dict[int, frozenset[str]] = {}
        self._figures: dict[int, Tokens] = {}
        self._starts = [sentence.start for sentence in self.sentences]
        self.attributions: list[Attribution] = doc._.attributions
        self.statements: list[list[Statement]] = [[] for _ in self.sentences]
        self._collect()

    def figure_tokens(self, figure: Figure) -> Tokens:
        """The tokens of a figure."""
        if figure.start not in self._figures:
            self._figures[figure.start] = spans.tokens_at(self.doc, figure.start, figure.end)
        return self._figures[figure.start]

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that a token is in."""
        return bisect_right(self._starts, token) - 1

    def _collect(self) -> None:
        for number, attribution in enumerate(self.attributions):
            for span in attribution.content:
                tokens = self._with_cue(spans.tokens_at(self.doc, span.start, span.end), attribution)
                for sentence in range(self.sentence_of(tokens.start), self.sentence_of(tokens.end - 1) + 1):
                    whole = self.sentences[sentence]
                    part = self.doc[max(tokens.start, whole.start) : min(tokens.end, whole.end)]
                    if len(part) > 2 and not (part[0].lower_ in OBJECTS and part[0].tag_ == "PRP"):  # "US"
                        self.statements[sentence].append(Statement(part, sentence, number))
        for listed in self.statements:
            listed.sort(key=lambda statement: (statement.tokens.start, -len(statement.tokens)))

    def _with_cue(self, content: Tokens, attribution: Attribution) -> Tokens:
        """A content without a verb, with the cue beside it: "a charge that Washington rejects"."""
        if (
            not attribution.cue
            or attribution.cue[0].start < content.end_char
            or any(token.pos_ in ("VERB", "AUX") for token in content)
        ):
            return content
        cue = spans.tokens_at(self.doc, attribution.cue[0].start, attribution.cue[-1].end)
        together = self.doc[min(content.start, cue.start) : max(content.end, cue.end)]
        return together if self.sentence_of(together.start) == self.sentence_of(together.end - 1) else content

    def whole(self, sentence: int) -> Statement:
        """A sentence as a statement of the article itself."""
        return Statement(self.sentences[sentence], sentence, None, self.takes_view(self.sentences[sentence]))

    def takes_view(self, tokens: Tokens) -> bool:
        """True if a stretch has a verb or noun with which somebody takes a view."""
        verbs, nouns = lexicons.words("disputes_opinions.txt"), group("opinion_nouns")
        for token in tokens:
            if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound") and token.lemma_ in verbs:
                return True
            if token.pos_ == "NOUN" and token.dep_ in ("nsubj", "attr") and token.lemma_ in nouns:
                return True
        return False

    def voiced(self, statement: Statement) -> bool:
        """True if somebody says a statement: a person, a body, or people of some kind, not a thing or event."""
        if statement.number is None:
            return True
        item = self.attributions[statement.number]
        if any(child.dep_ == "neg" for token in self.cues(statement) for child in (token, *token.children)):
            return False  # "were not sure that it was over" does not say that it was
        if item.speaker or item.organisation or item.actor:
            return True
        roots = [spans.tokens_at(self.doc, span.start, span.end).root for span in item.source]
        return any(r.pos_ == "PROPN" or r.tag_ == "NNS" or r.lower_ in group("voices") for r in roots)

    def view(self, sentence: int, last: bool) -> Statement | None:
        """The attributed statement, or else the opinion, with which a sentence ends or begins."""
        listed = [s for s in self.statements[sentence] if not self._nested(s) and s.asserts and self.voiced(s)]
        if listed:
            return listed[-1] if last else listed[0]
        whole = self.whole(sentence)
        return whole if whole.opinion else None

    def _nested(self, statement: Statement) -> bool:
        return statement.number is not None and self.attributions[statement.number].within is not None

    def source(self, statement: Statement) -> frozenset[str]:
        """Words that tell who says a statement: the id of a known actor, else names and own words."""
        if statement.number is None:
            return frozenset()
        if statement.number not in self._sources:
            self._sources[statement.number] = self._words(self.attributions[statement.number])
        return self._sources[statement.number]

    def _words(self, item: Attribution) -> frozenset[str]:
        named = [item.actor or "", item.speaker or "", item.organisation or ""]
        named += [self.text[span.start : span.end] for span in item.source]
        return frozenset(word.lower() for name in named for word in name.split() if len(word) > 2) - SMALL

    def different(self, one: Statement, other: Statement) -> bool:
        """True if two statements are of different sources, as far as their words tell."""
        if one.number == other.number:
            return False
        named, rival = self._names(one), self._names(other)
        if named and rival:
            return not named & rival
        first, second = self.source(one), self.source(other)
        return not (first & second) and not (_pronoun(first) or _pronoun(second))

    def _names(self, statement: Statement) -> frozenset[str]:
        """The resolved names of who says a statement."""
        if statement.number is None:
            return frozenset()
        item = self.attributions[statement.number]
        return frozenset(name for name in (item.actor, item.speaker, item.organisation) if name)

    def party(self, statement: Statement) -> str | None:
        """The actor on whose side a party's statement is, if its source is a party."""
        if statement.number is None:
            return None
        item = self.attributions[statement.number]
        return (item.actor or item.organisation or item.speaker) if item.party else None

    def cues(self, statement: Statement) -> list[Token]:
        """The tokens of the cue that introduces a statement."""
        if statement.number is None:
            return []
        cue = self.attributions[statement.number].cue
        return [token for span in cue for token in spans.tokens_at(self.doc, span.start, span.end)]


#: With these begins what a verb is about, and no statement: "disagreed with [him about the war]".
OBJECTS = frozenset({"him", "them", "me", "us"})
SMALL = frozenset({"the", "and", "for", "who", "said", "its", "his", "her", "their"})


def _pronoun(words: frozenset[str]) -> bool:
    return bool(words) and words <= {"she", "they", "him", "her", "them", "it", "he"}
