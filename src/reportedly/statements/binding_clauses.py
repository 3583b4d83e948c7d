"""Which place and which date belong to a trigger: those that hang on it or on its clause.

The way from a trigger to what a place or date hangs on goes through the parse. Some clause borders
are open ("…, killing four", "began to shell", "when a bomb went off in X"), the others closed: a
relative clause about somebody else, another verb joined by "and", what somebody said and the saying
itself. Where no way is open nothing is bound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from reportedly.data import Attribution, DateExpression, Place
from reportedly.statements import columns, spans
from reportedly.statements.binding_intervals import Sources
from reportedly.statements.binding_links import STATIC, Link, of_date, of_place
from reportedly.statements.control_clause import word_set

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
#: Clauses without a subject of their own, which share place and time with the clause above.
SHARING = frozenset({"xcomp", "pcomp", "csubj"})
#: Nouns for a number: what is said of them is said of the number itself.
TOTALS = word_set("total_nouns")
#: Conjunctions of a clause that tells of the same happening as the one above.
TOGETHER = frozenset({"when", "after", "as", "while", "where", "once"})
#: How far apart, in tokens, joined verbs may stand to share the place after the last ("shot and killed in").
ADJACENT = 5
#: The costs of a noun and of a clause border on the way, and the cost beyond which nothing is bound.
NOUN, CLAUSE, FAR = 1, 2, 7
#: How many nouns may stand between a date or place and what it is told of.
NESTED = 2
STEPS = 12


class Anchors:
    """The places or dates of an article, by sentence."""

    def __init__(
        self,
        doc: Doc,
        items: Sequence[Place] | Sequence[DateExpression],
        sources: Sources,
        saying: dict[int, int],
        deeds: frozenset[int],
    ) -> None:
        """Prepare.

        Args:
            doc: the article.
            items: its places or its dates.
            sources: who says what, whose borders no link crosses.
            saying: the verbs with which somebody says something (`saying`).
            deeds: positions of triggers whose direct object is where they happen ("shelled Homs").
        """
        self.doc = doc
        self.sources = sources
        self.deeds = deeds
        self.starts = [i for i, begins in enumerate(columns.of(doc).begins) if begins or i == 0]
        self.saying = saying
        self.links: dict[int, Link] = {}
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        self.roots = [spans.tokens_at(doc, item.start, item.end).root for item in items]
        self.said = [sources.of(item.start, item.end) for item in items]
        for number, (root, item) in enumerate(zip(self.roots, items, strict=True)):
            link = of_place(root) if isinstance(item, Place) else of_date(root)
            if link is not None and (not isinstance(item, Place) or self._tells(link, item)):
                self.links[number] = link
                self.by_sentence[self.sentence(root)].append(number)

    def _tells(self, link: Link, place: Place) -> bool:
        """False for an object or modifier of what is no deed, and for "US strikes"."""
        if link.by not in ("obj", "noun"):
            return True
        return link.governor.i in self.deeds and (link.by == "obj" or place.precision != "country")

    def sentence(self, token: Token) -> int:
        """The number of a token's sentence."""
        return bisect_right(self.starts, token.i) - 1

    def nearest(self, trigger: Token, said: int | None) -> int | None:
        """The item of the trigger's sentence that belongs to it most closely.

        Args:
            trigger: the word that the place or date is sought for.
            said: the attribution that holds the trigger, if one does.
        """
        own = self.saying.get(trigger.i, said)
        here = [
            n
            for n in self.by_sentence.get(self.sentence(trigger), ())
            if self.said[n] == said
            or (self.said[n] == own and (trigger.i in self.deeds or self.links[n].governor.i == trigger.i))
        ]
        if not here:
            return None
        above = dict(_upwards(trigger))
        found = [
            (cost, abs(self.roots[n].i - trigger.i), n) for n in here if (cost := self._cost(n, trigger, above)) <= FAR
        ]
        return min(found)[2] if found else None

    def hangs_on(self, number: int, trigger: Token) -> bool:
        """True if an item hangs on the trigger itself."""
        return self.links[number].governor.i == trigger.i

    def _cost(self, number: int, trigger: Token, above: dict[int, int]) -> int:
        """How far an item is from a trigger; more than FAR if a closed border lies between."""
        link, root = self.links[number], self.roots[number]
        saying = self.saying.get(link.governor.i, self.said[number])
        if saying != self.said[number] and link.governor.i != trigger.i:
            return FAR + 1  # when or where it was said
        here, cost, nouns = link.governor, 0, 0
        static = link.by in STATIC or link.governor.i in self.deeds
        for _ in range(STEPS):
            if here.i in above:
                return cost + above[here.i] if _fits(here, link, trigger, nouns) else FAR + 1
            step = CLAUSE if _about(here, above) else _down(here, root)
            nouns += here.pos_ in NOUNS
            if step is None or here.head == here or nouns > NESTED or (nouns and not static):
                return FAR + 1
            cost += step
            here = here.head
        return FAR + 1

    def carried(self, trigger: Token, barred: set[int]) -> int | None:
        """The only place of the sentence before, where the trigger's own takes up what that told."""
        number = self.sentence(trigger)
        if number == 0 or not _takes_up(trigger, self.deeds):
            return None
        between = self.doc[self.starts[number - 1] : self.starts[number]].text_with_ws
        before = self.by_sentence.get(number - 1, [])
        before = [n for n in before if n not in barred]
        return before[0] if len(before) == 1 and "\n" not in between else None


def saying(doc: Doc, attributions: list[Attribution]) -> dict[int, int]:
    """The verbs with which somebody says something, by position, and the attribution that each belongs to."""
    found = {}
    for number, item in enumerate(attributions):
        for span in item.cue:
            found.update({t.i: number for t in spans.tokens_at(doc, span.start, span.end) if t.pos_ in VERBS})
    return found


def _upwards(trigger: Token) -> Iterator[tuple[int, int]]:
    """The words above a trigger that what hangs on them is told of the trigger too, with the cost."""
    here, cost = trigger, 0
    yield here.i, cost
    for _ in range(STEPS):
        step = _up(here)
        if step is None or here.head == here:
            return
        cost += step
        here = here.head
        yield here.i, cost


def _up(here: Token) -> int | None:
    """The cost of going up from a word on the trigger's side, or None where the way ends."""
    if here.dep_ in ("ccomp", "parataxis", "appos", "ROOT", "intj"):
        return None
    if here.pos_ in VERBS:
        if here.dep_ == "conj":
            return CLAUSE
        if here.dep_ == "relcl":
            return CLAUSE
        if here.dep_ == "advcl":
            return CLAUSE if _open(here) else None
    return CLAUSE if here.dep_ in SHARING or here.dep_ == "acl" else NOUN


def _down(here: Token, root: Token) -> int | None:
    """The cost of going up from a word on the item's side, or None at a closed border."""
    if here.dep_ in ("nsubj", "nsubjpass") and here.lemma_.lower() in TOTALS:
        return NOUN  # "the number of people in the camp has grown to 73,000"
    if here.dep_ in ("ccomp", "parataxis", "relcl", "acl", "ROOT", "nsubj", "nsubjpass", "poss"):
        return None
    if here.pos_ not in VERBS:
        return NOUN
    if here.dep_ == "conj":
        close = here.i - here.head.i <= ADJACENT and not _subject(here)
        return NOUN if close and root.i > here.i else None
    if here.dep_ == "advcl":
        return CLAUSE if _open(here) else None
    return CLAUSE if here.dep_ in SHARING else NOUN


def _about(clause: Token, above: dict[int, int]) -> bool:
    """True for a clause about the counted noun or the event itself: "40 people crammed into …"."""
    return clause.dep_ in ("acl", "relcl") and above.get(clause.head.i, FAR) <= NOUN and clause.head.pos_ in NOUNS


def _open(clause: Token) -> bool:
    """True for an adverbial clause that tells of the same happening."""
    marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")}
    return bool(marks & TOGETHER) or (not marks and not _subject(clause))


def _subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _fits(shared: Token, link: Link, trigger: Token, nouns: int) -> bool:
    """What must hold where the two ways meet: no verb joined by "and" gets what only the first has."""
    if shared.i == trigger.i or shared.pos_ not in VERBS:
        return True
    here = trigger
    while here.i != shared.i and here.head != here:
        if here.dep_ == "conj" and here.pos_ in VERBS:
            return nouns == 0 and link.by != "obj" and _fronted(shared, link)
        here = here.head
    return True


def _fronted(verb: Token, link: Link) -> bool:
    """True if a phrase stands before its verb: "In Homs, they shelled … and killed …"."""
    return any(
        child.i < verb.i and child.dep_ in ("prep", "npadvmod", "advmod") and child.lower_ == link.by
        for child in verb.children
    )


def _takes_up(trigger: Token, deeds: frozenset[int]) -> bool:
    """True if a trigger's own words point back: "the attack", "the attack killed", "there"."""
    if trigger.pos_ == "NOUN":
        return _definite(trigger) and not any(child.dep_ in ("prep", "acl", "relcl") for child in trigger.children)
    subjects = [child for child in trigger.children if child.dep_ in ("nsubj", "nsubjpass")]
    if any(child.i in deeds and _definite(child) for child in subjects):
        return True
    return any(child.lower_ == "there" and child.dep_ == "advmod" for child in trigger.children)


def _definite(noun: Token) -> bool:
    return any(child.lower_ in ("the", "this", "that") for child in noun.lefts)
