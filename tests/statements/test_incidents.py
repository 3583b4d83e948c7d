"""The stage `incidents`: weapons and kinds by rules, MUC's incidents and their roles by models."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportedly.data import CodedArticle, Event
from reportedly.statements import incidents_model

Coder = Callable[..., CodedArticle]

BOMB = (
    "Bogota, 3 Mar 89 (EFE) -- [Text]\n\n"
    "Presumed guerrillas of the National Liberation Army blew up an oil pipeline and two power pylons with dynamite "
    "charges in the Department of Arauca last night. The explosion injured three peasants, police reported today.\n\n"
    "A caller told a radio station that the National Liberation Army claimed responsibility for the bombing."
)
MURDER = (
    "San Salvador, 9 Oct 89 (Radio Venceremos) -- [Text]\n\n"
    "Unidentified gunmen murdered Judge Ernesto Villamar outside his home in San Salvador this morning. "
    "The judge died instantly. The gunmen fled in a car. The government condemned this terrorist act."
)


def violent(article: CodedArticle) -> list[Event]:
    return [event for event in article.events if event.type == "ASSAULT"]


def incidents(article: CodedArticle) -> set[str]:
    return {event.incident for event in article.events if isinstance(event.incident, str)}


def texts(article: CodedArticle, field: str) -> str:
    marked = [event for event in article.events if isinstance(event.incident, str)]
    return " | ".join(item.text for event in marked for item in getattr(event, field))


def test_instrument_after_with(coder: Coder) -> None:
    article = coder("Rebels attacked the checkpoint with mortars and assault rifles on Sunday.")
    (event,) = violent(article)
    named = [article.text[span.start : span.end] for span in event.instrument]
    assert "mortars" in named
    assert "assault rifles" in named
    assert event.mode in ("heavy-weapons", "firearms")


def test_a_weapon_is_no_actor(coder: Coder) -> None:
    article = coder("A car bomb killed four civilians in the market on Friday.")
    (event,) = violent(article)
    assert [article.text[span.start : span.end] for span in event.instrument] == ["A car bomb"]
    assert event.actor == []
    assert event.mode == "explosives"
    assert any("civilians" in item.text for item in event.recipient)


def test_aircraft_act_unless_they_are_used(coder: Coder) -> None:
    article = coder("Coalition jets bombed the village of Tal Hamra on Monday.")
    (event,) = violent(article)
    assert event.instrument == []
    assert any("Coalition" in item.text for item in event.actor)


def test_missiles_are_heavy_weapons(coder: Coder) -> None:
    article = coder("Fighters fired a guided missile at an army position on Saturday.")
    (event,) = violent(article)
    assert event.mode == "heavy-weapons"
    assert [article.text[span.start : span.end] for span in event.instrument] == ["a guided missile"]


def test_what_is_set_fire_to(coder: Coder) -> None:
    article = coder("The rebels set fire to a bus near the bridge.")
    hit = [item.text for event in violent(article) for item in event.recipient]
    assert "a bus" in hit
    assert "fire" not in hit


def test_kinds(coder: Coder) -> None:
    article = coder("Militants shot two journalists and burned a bus near the border on Monday.")
    kinds = {item.text: item.kind for event in violent(article) for item in event.recipient}
    assert kinds.get("two journalists") == "person"
    assert kinds.get("a bus") == "object"


def test_confidence(coder: Coder) -> None:
    article = coder("Suspected militants kidnapped a French engineer on Monday.")
    (event,) = violent(article)
    assert [item.confidence for item in event.actor] == ["suspected"]


def test_a_bombing_with_its_roles(coder: Coder) -> None:
    article = coder(BOMB, published="1989-03-03")
    assert "bombing" in incidents(article)
    assert "pipeline" in texts(article, "recipient")
    assert "peasants" in texts(article, "recipient")
    assert "National Liberation Army" in texts(article, "actor")


def test_a_murder_is_an_attack(coder: Coder) -> None:
    article = coder(MURDER, published="1989-10-09")
    assert incidents(article) == {"attack"}
    assert "gunmen" in texts(article, "actor")
    assert "Villamar" in texts(article, "recipient")


def test_attackers_by_a_common_noun_are_persons_in_both_layers(coder: Coder) -> None:
    article = coder(MURDER, published="1989-10-09")
    marked = [event for event in article.events if isinstance(event.incident, str)]
    persons = [item for event in marked for item in event.actor if item.kind == "person"]
    assert persons
    for item in persons:
        same = [entity for entity in article.entities if (entity.start, entity.end) == (item.start, item.end)]
        assert all(entity.type == "Person" for entity in same)


def test_an_aside_joins_the_event_of_its_sentence(coder: Coder) -> None:
    article = coder(
        "Lima, 4 May 89 (AFP) -- [Text]\n\nA policeman was killed and six civilians were wounded in a dynamite attack on "
        "the town hall of Ambo yesterday. Presumed Shining Path terrorists placed the dynamite charges at the door."
    )
    assert "bombing" in incidents(article)
    first = [event for event in violent(article) if event.end < article.text.index("Presumed")]
    assert len(first) <= 2


def test_general_coding_keeps_what_is_no_incident(coder: Coder) -> None:
    article = coder("Government troops clashed with rebels near the town on Tuesday. The army shelled rebel positions.")
    assert violent(article)
    assert incidents(article) == set()


def test_no_incident_without_violence(coder: Coder) -> None:
    article = coder("The two ministers met in Lima on Tuesday and signed a trade agreement.")
    assert incidents(article) == set()


@pytest.mark.parametrize("text", ["", " ", "💥💥", "bomb", "-- [Text]\n\n", "attack " * 300])
def test_any_text(coder: Coder, text: str) -> None:
    article = coder(text)
    for event in article.events:
        for item in [*event.actor, *event.recipient]:
            assert article.text[item.start : item.end] == item.text


def test_model_is_small_and_complete() -> None:
    model = incidents_model.load()
    assert model.roles.weights.shape == (1 + len(model.roles.index), 2 * len(incidents_model.ROLES))
    assert set(incidents_model.TYPES) <= set(model.thresholds)
    assert len(model.types.bias) == len(incidents_model.TYPES)
