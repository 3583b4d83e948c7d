"""What the words of a source say that are no name: "the observatory" (short for one), "the X administration", a name that
is presented as a person's, a label of a transcript, an outlet.
"""

from __future__ import annotations

from msgspec.structs import replace
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from reportedly.data import Entity, Participant
from reportedly.statements import actors_registry as registry
from reportedly.statements import actors_roles
from reportedly.statements import attributions_channels as channels
from reportedly.statements.actors import participant
from reportedly.statements.attributions_bodies import names_state, word_list
from reportedly.statements.attributions_memory import Speaker
from reportedly.statements.attributions_raw import RawAttribution
from reportedly.statements.attributions_words import state_of

_ARMED = frozenset(("REB", "UAF"))
_SMALL = frozenset(("DET", "PUNCT", "SPACE"))


def shortened(doc: Doc, phrase: Tokens) -> Entity | None:
    """The one body before a phrase in whose name the words of the phrase stand together; None if there are several.

    Args:
        doc: the article, with its entities.
        phrase: a noun with its modifiers, without a name of its own.
    """
    said = " ".join(token.lower_ for token in phrase if token.pos_ not in _SMALL)
    found: dict[str, Entity] = {}
    for entity in doc._.entities:
        name = entity.name or entity.text
        if entity.type == "Organisation" and entity.end <= phrase.start_char and _holds(name, said):
            found[name] = entity
    return next(iter(found.values())) if said and len(found) == 1 else None


def _holds(name: str, said: str) -> bool:
    """Whether a name in capitals has words in it, and more than these."""
    words = f" {name.lower()} "
    return name[:1].isupper() and f" {said} " in words and len(name.split()) > len(said.split())


def presented(name: Token) -> bool:
    """Whether a name is presented as a person's: "Huda, 34", "Huda, a dentist", "Huda from Homs"."""
    for child in name.children:
        if child.i > name.i and child.dep_ == "appos" and (child.like_num or _is_a_person(child)):
            return True
        if child.dep_ == "prep" and child.lower_ == "from" and any(c.ent_type_ == "GPE" for c in child.children):
            return True
    return False


def _is_a_person(noun: Token) -> bool:
    """Whether "a dentist" is said of a person: its noun names no body and no outlet."""
    bodies = word_list("attributions_bodies.txt") | word_list("attributions_outlet_nouns.txt")
    indefinite = any(child.lower_ in ("a", "an") for child in noun.children)
    return noun.tag_ == "NN" and indefinite and noun.lemma_.lower() not in bodies


def one_person(phrase: Tokens) -> bool:
    """Whether a phrase is one person's by its noun: "the militant", "a fighter"."""
    role = actors_roles.head_role(phrase)
    return role is not None and role.kind == "person"


def outlet(tokens: Tokens | None) -> Speaker | None:
    """An outlet that speaks for itself."""
    named = None if tokens is None else channels.outlet(tokens.text)
    if tokens is None or named is None:
        return None
    known = channels.actor(named[0])
    return of_registry(known, tokens) if known is not None else Speaker(named[0], named[0])


def of_registry(known: registry.Actor, tokens: Tokens) -> Speaker:
    """A body of the registry as the speaker behind some words."""
    coded = Participant(
        start=tokens.start_char,
        end=tokens.end_char,
        text=tokens.text,
        name=known.name,
        id=known.id,
        kind="organisation",
        country=known.country,
        sector=known.sector,
    )
    return Speaker(known.name, known.name, known.id, (coded,))


def through(channel: str | None, tokens: Tokens) -> Speaker | None:
    """'The group said through Amaq': of a body that nothing else names, the armed group whose medium it speaks through."""
    group = channels.owner(channel)
    if (
        group is None
        or group.sector not in _ARMED
        or tokens.root.lemma_.lower() not in word_list("attributions_bodies.txt")
    ):
        return None
    return of_registry(group, tokens)


def is_label(tokens: Tokens, raw: RawAttribution) -> bool:
    """Whether a source is a speaker's name in capitals before a transcript's colon."""
    text = tokens.doc._.article.text
    colon = bool(raw.cue) and text[raw.cue[0].start : raw.cue[0].end] == ":"
    return colon and len(tokens) > 1 and tokens.text.isupper()


def is_unknown(body: Tokens | None) -> bool:
    """Whether a body is a name that is neither the registry's nor a state's: its people serve no state."""
    if body is None or body.root.tag_ not in ("NNP", "NNPS") or names_state(body):
        return False
    found = participant(body.doc, body)
    return found.id is None and found.kind != "person"


def of_leader(coded: Participant, phrase: Tokens) -> Participant | None:
    """'The X administration', X being a state's leader: that state's government."""
    known = next(filter(None, (registry.leader(token.text) for token in phrase[:-1])), None)
    if (
        coded.kind == "person"
        or coded.id is not None
        or phrase[-1].lemma_.lower() not in word_list("attributions_bodies.txt")
    ):
        return None
    if known is not None:
        return state_of(replace(coded, country=known.country, sector=known.sector))
    led = any(token.ent_type_ == "PERSON" for token in phrase[:-1])
    return state_of(coded) if led and coded.kind == "organisation" and coded.name is None else None


def armed_group(coded: Participant, phrase: Tokens) -> Participant:
    """A name that begins as those of armed groups do is one, also if nobody knows it ("Jaish al-Izza")."""
    if coded.id is not None or phrase[0].lower_ not in word_list("attributions_group_words.txt") or len(phrase) < 2:
        return coded
    return replace(coded, name=coded.name or phrase.text, kind="organisation", sector=coded.sector or "REB")


def without_its_noun(body: Tokens) -> Tokens | None:
    """'Houthi' of "the Houthi military": the name in a body's words, without common nouns behind it."""
    end = body.end
    while end > body.start and body.doc[end - 1].text.islower():
        end -= 1
    return body.doc[body.start : end] if body.start < end < body.end else None


def well_known(coded: Participant, phrase: Tokens) -> Participant:
    """A phrase that is a well-known leader's name, also where the tagger takes it for a common noun ("Trump tweeted")."""
    name = " ".join(
        token.text for token in phrase if token.ent_type_ not in ("DATE", "TIME")
    )  # "on Wednesday Trump said"
    famous = registry.leader(name) if coded.id is None and coded.kind != "person" else None
    if famous is None:
        return coded
    return replace(coded, name=famous.name, country=famous.country, sector=famous.sector, kind="person")
