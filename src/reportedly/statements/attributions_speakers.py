"""Who speaks: the person or group behind a source's words, the body spoken for, and its coding.

A source is a name, a pronoun, or an office ("a spokesman for the coalition"). Offices tie persons to
bodies wherever the article says so, also for later mentions that give the name alone.
"""

from __future__ import annotations

from dataclasses import replace as with_changes

from msgspec.structs import replace
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Participant, Span
from reportedly.statements import actors_registry as registry
from reportedly.statements import attributions_media as media
from reportedly.statements.actors import affiliation, participant
from reportedly.statements.actors_coreference import gender
from reportedly.statements.attributions_bodies import name_tokens, names_people, names_state
from reportedly.statements.attributions_described import (
    armed_group,
    is_label,
    is_unknown,
    of_leader,
    one_person,
    outlet,
    presented,
    shortened,
    through,
    well_known,
)
from reportedly.statements.attributions_employers import body_of, is_of_nobody
from reportedly.statements.attributions_holders import Holders, serving
from reportedly.statements.attributions_memory import NOBODY, Memory, Speaker
from reportedly.statements.attributions_offices import Office, employments, full_names, offices, untitled
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_words import (
    author_of,
    common,
    definite,
    employed,
    follows,
    main_subject_before,
    merged,
    of_one_state,
    office_tokens,
    owned,
    quantified,
    several,
    source_head,
    source_tokens,
    state_body,
    state_of,
    subject_before,
    told,
)
from reportedly.statements.spans import tokens_at

#: Which of the pronouns that a memory knows a pronoun means.
_PRONOUNS = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "they": "they"} | dict.fromkeys(
    ("it", "its", "them"), "it"
)
_GENDERS = {"m": ("he",), "f": ("she",), None: ("he", "she")}
_IT = frozenset(("it", "its", "them"))
_THEY = frozenset(("they", "their"))
_OWN = frozenset(("i", "we", "me", "us", "my", "our"))
_BESIDE = frozenset(("appos", "npadvmod"))
_RELATIVE = frozenset(("who", "which", "that"))


class Speakers:
    """The speakers of one article, asked in text order: a pronoun is whoever spoke before it."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        held = [*employments(doc), *offices(doc)]
        self._offices = {office.noun.i: office for office in held}
        self._persons = full_names(doc, held)
        self._known = frozenset(self._persons.values())
        self._held: dict[str, Office] = {}
        self._of_bodies: set[str] = set()
        nouns: dict[str, set[str]] = {}
        for office in sorted(held, key=lambda office: office.body is None):
            if office.person is not None:
                name = self._name(office.person)
                self._held.setdefault(name, office)
                if office.body is not None and not names_people(office.body):
                    self._of_bodies.add(name)
                nouns.setdefault(name.split()[-1].lower(), set()).add(office.noun.lemma_.lower())
        self._memory = Memory(nouns)
        self._holders = Holders(doc, held, self._name)
        self._spoke = (0, NOBODY)

    def speaker(self, raw: RawAttribution, outer: Speaker | None, channel: str | None = None) -> Speaker:
        """Who the source of an attribution is.

        Args:
            raw: the attribution.
            outer: the speaker of the attribution that this one stands in ("we", "I").
            channel: where it is said, if that is told.
        """
        tokens = source_tokens(self._doc, raw.source)
        head = None if tokens is None else source_head(tokens)
        found = NOBODY if tokens is None or head is None else self._found(head, outer, raw)
        if tokens is not None and not found.known and is_label(tokens, raw):
            found = Speaker(tokens.text, person=True)
        elif tokens is not None and head is not None and several(head, tokens):
            found = Speaker(coded=found.coded)  # which of them said it is open
        elif found.actor is None:
            other = self._issuer(raw) or (None if tokens is None else through(channel, tokens))
            found = outlet(tokens) or (found if found.known else other or found)
        if found.person and tokens is not None and (told := gender(tokens)):
            found = with_changes(found, gender=told)
        self._memory.keep(found, None if head is None else common(head), channel)
        if found.known and head is not None:
            self._memory.call(found, (c.lemma_.lower() for c in head.children if c.dep_ == "appos" and c.tag_ == "NN"))
        if not found.known and head is not None and (head.lower_ in _IT or head.tag_ in ("NNS", "NNPS")):
            self._memory.strangers("it" if head.lower_ in _IT else "they")
        if outer is None and found.person and (head is None or head.lower_ not in _RELATIVE):
            self._spoke = (max(span.end for span in raw.spans), found)
        return found

    def _issuer(self, raw: RawAttribution) -> Speaker | None:
        """'In an Islamic State recording, a man said': what nobody known says is said by whoever it is of."""
        for noun in media.beside(self._doc, raw.cue[0]) if raw.cue else ():
            whose = media.owner(noun)
            found = None if whose is None else self._noun(whose)
            if found is not None and found.actor is not None and not found.person:
                return with_changes(found, name=None, person=True)
        return None

    def _found(self, head: Token, outer: Speaker | None, raw: RawAttribution) -> Speaker:
        word = head.lower_
        if word in _OWN and head.tag_ in ("PRP", "PRP$"):  # "US" is a name
            return outer or NOBODY
        if word in _RELATIVE and head.head.dep_ == "relcl":
            found = self._phrase(head.head.head)
            return NOBODY if word == "which" and found.person else found
        if head.tag_ in ("PRP", "PRP$"):
            return (self._just_now(head, raw) if outer is None else None) or self._pronoun(head, raw.content)
        return self._noun(head)

    def _just_now(self, pronoun: Token, raw: RawAttribution) -> Speaker | None:
        """'X said … He added …': whoever spoke in the sentence before, not who was spoken of there."""
        end, spoke = self._spoke
        fits = _PRONOUNS.get(pronoun.lower_) in _GENDERS.get(spoke.gender, ()) and spoke.known
        return spoke if fits and follows(pronoun, raw, end) else None

    def _noun(self, head: Token) -> Speaker:
        found = self._phrase(head)
        kin = head.i not in self._offices and any(child.tag_ == "PRP$" for child in head.children)  # "his mother"
        return found if found.known or not (kin or definite(head)) else self._again(head) or found

    def _again(self, head: Token) -> Speaker | None:
        """Whoever "the spokesman", "the ministry" or "the recording" is, by who has spoken."""
        medium = media.medium(head)
        if medium is not None and media.owner(head) is None:
            issued, whose = self._memory.issued(medium), media.brought_out(head)
            return issued if issued is not None or whose is None else self._noun(whose)
        spoken = self._memory.described(head.lemma_.lower())
        own = self._offices.get(head.i)
        if spoken is not None and own is not None and not self._holders.fits(own, self._held.get(spoken.name or "")):
            return None
        if spoken is not None and spoken.known:
            return spoken
        return self._shortened(head) or (self._memory.body(head.lemma_.lower()) if own is None else None)

    def _shortened(self, head: Token) -> Speaker | None:
        """'The observatory', 'the working group': the body before it whose name has these words."""
        entity = shortened(self._doc, name_tokens(head))
        if entity is None:
            return None
        coded = participant(self._doc, tokens_at(self._doc, entity.start, entity.end))
        return self._of(coded, None, coded.name or entity.name or entity.text)

    def _pronoun(self, head: Token, content: list[Span]) -> Speaker:
        word = head.lower_
        coded = participant(self._doc, self._doc[head.i : head.i + 1])
        if coded.name and coded.name.lower() != word:
            office = self._held.get(coded.name)
            return self._holder(office) if office is not None else self._of(coded, None, coded.name)
        subject = subject_before(head, content) if word in _IT | _THEY else None
        if subject is None and word in _IT and (before := main_subject_before(head)) is not None:
            subject = before if before.tag_[:2] == "NN" else None
        if subject is not None:
            coded = participant(self._doc, name_tokens(subject))
            return self._of(coded, None, coded.name) if coded.kind == "organisation" and coded.id else NOBODY
        return self._memory.pronoun(_PRONOUNS.get(word, ""))

    def _phrase(self, head: Token) -> Speaker:
        """The speaker that a noun with its modifiers is."""
        own = self._offices.get(head.i) or self._titled(head)
        if own is not None and (employed(own) or not (own.noun.text[:1].isupper() and self._is_name_of_body(head))):
            return self._holder(own)
        phrase = name_tokens(head)
        some = quantified(head) or (definite(head) and head.ent_type_ == "NORP")  # "many Kurds", "the Republican"
        name = self._name(phrase) if head.tag_ in ("NNP", "NNPS") and not some else None
        office = self._held.get(name) if name else None
        if office is not None:
            return self._holder(office)
        coded = participant(self._doc, phrase)
        if some and coded.id is None:
            coded = replace(coded, name=None)
        coded = armed_group(well_known(coded, phrase), phrase)
        holder = next((child for child in head.children if child.dep_ in _BESIDE and child.tag_ == "NNP"), None)
        if holder is not None and (coded.kind == "person" or holder.ent_type_ == "PERSON") and not coded.name:
            called = name_tokens(holder)
            return self._of(merged(participant(self._doc, called), coded), None, self._name(called), person=True)
        author = None if coded.name or coded.sector or coded.kind == "person" else author_of(head)
        if author is not None:
            return self._pronoun(author, []) if author.tag_ == "PRP$" else self._noun(author)
        if head.tag_ == "NN" and coded.kind == "organisation" and one_person(phrase):  # "the militant said"
            return self._of(coded, coded, None, person=True)
        if name is not None and coded.id is None and presented(head):
            return self._of(coded, None, name, person=True)
        return self._of(coded, affiliation(self._doc, phrase) or of_leader(coded, phrase), coded.name or name)

    def _is_name_of_body(self, head: Token) -> bool:
        """Whether an office's noun is part of a body's own name ("the High Commissioner for Refugees")."""
        coded = participant(self._doc, name_tokens(head))
        return coded.kind == "organisation" and coded.id is not None

    def _titled(self, head: Token) -> Office | None:
        """The office that a name stands with ("spokesman X", "X, a spokesman"), of several one of a body ("Gen X, …")."""
        beside = (child.i for child in head.children if child.dep_ in ("compound", "appos", "nmod"))
        held = [self._offices[i] for i in beside if i in self._offices]
        return next((office for office in held if office.body is not None), held[0] if held else None)

    def _holder(self, office: Office) -> Speaker:
        again = self._memory.described(office.noun.lemma_.lower()) if office.person is None else None
        if again is not None and not self._holders.fits(office, self._held.get(again.name or "")):
            again = None
        if again is not None and office.body is None and definite(office.noun):
            return again
        held = told(participant(self._doc, office_tokens(office)), office)
        if office.apart:
            held = replace(held, country=None, sector=None)
        if office.person is not None:
            coded = merged(participant(self._doc, office.person), held)
            if office.apart or is_unknown(office.body) or is_of_nobody(self._doc, office.body):
                coded = replace(coded, country=None, sector=None)
            if office.body is None:
                coded = self._without_state(coded, self._name(office.person))
            return self._of(
                coded, body_of(self._doc, coded, office), self._fullest(coded.name, office.person), person=True
            )
        found = self._of(held, body_of(self._doc, held, office), None, person=True)
        same = again is not None and definite(office.noun) and of_one_state(again, found)
        return again if again is not None and same else self._named_elsewhere(office, held) or found

    def _named_elsewhere(self, office: Office, held: Participant) -> Speaker | None:
        """'The Turkish president': whoever the article names with that office, or everybody knows to have it."""
        if office.noun.tag_ != "NN" or not (definite(office.noun) or owned(office)):
            return None
        named = self._holders.holder(office, held.country)
        if named is not None:
            return self._holder(named)
        leader = self._holders.leader(office, held.country)
        if leader is None:
            return None
        coded = replace(held, name=leader.name, country=leader.country, sector=leader.sector)
        return self._of(coded, state_of(coded), leader.name, person=True)

    def _fullest(self, coded: str | None, person: Tokens) -> str:
        spelt = self._name(person)
        return coded if coded and len(coded) >= len(spelt) else spelt

    def _of(self, coded: Participant, body: Participant | None, name: str | None, person: bool = False) -> Speaker:
        """A speaker from what is coded of its phrase and of the body that it speaks for."""
        called = name in self._known and coded.id is None and coded.kind != "organisation"
        person = person or coded.kind == "person" or called
        if person and name not in self._held:
            coded = serving(coded, name, self._doc._.article.published)
        if person and body is None:
            coded = self._without_state(coded, name)
            body = state_of(coded)
        organisation = (body.name or body.text) if body is not None else None if person else name
        known = (coded,) if body is None else (coded, body)
        actor = coded.id or (body.id if body is not None else None) or state_body(coded)
        return Speaker(untitled(name) if person else name, organisation, actor, known, person)

    def _without_state(self, coded: Participant, name: str | None) -> Participant:
        """An officer as coded, of a state only if the article says which, or everybody knows: a rank alone is of none."""
        if coded.sector != "MIL" or name in self._of_bodies or registry.leader(name or "") is not None:
            return coded
        said = self._doc.char_span(coded.start, coded.end, alignment_mode="expand")
        return coded if names_state(said) else replace(coded, country=None)

    def _name(self, tokens: Tokens) -> str:
        """A name as the article spells it in full somewhere; without the common words before it."""
        known = self._persons.get(tokens[-1].lower_)
        if known is not None:
            return known
        common = [token.i for token in tokens if token.tag_ in ("NN", "NNS") and token.i < tokens.end - 1]
        return tokens.doc[common[-1] + 1 : tokens.end].text if common else tokens.text
