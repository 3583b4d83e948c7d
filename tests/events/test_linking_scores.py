"""Scores are Splink's own: its SQL is made once, and gives for any mentions what Splink gives for them."""

from __future__ import annotations

import random

import numpy as np
import pytest

from reportedly.events import linking_pairs, linking_records, linking_terms
from reportedly.events.encoder import DIM
from reportedly.events.linking_model import NEW, OTHERS, Scorer, once
from reportedly.events.mentions import LinkMention, Where, pack

#: Words of two families, one of none.
STEMS = [linking_terms.stem(word) for word in ("killed", "died", "offensive", "campaign", "wedding")]


def mention(number: int, article: str, chance: random.Random) -> LinkMention:
    """A mention that has by chance something of everything that is compared, or lacks it."""

    def maybe(value: object) -> object:
        return value if chance.random() < 0.7 else None

    vector = np.random.default_rng(chance.randrange(4)).normal(size=DIM) + np.random.default_rng(number).normal(
        size=DIM
    )
    day = maybe(f"2031-05-{chance.randrange(1, 29):02}")
    terms = np.array(sorted(chance.sample(range(12), chance.randrange(6))), dtype=linking_terms.TERM)
    place = Where(latitude=35 + chance.random(), longitude=40.0, within=chance.choice([5.0, 40.0]))
    return LinkMention(
        key=f"{article}/event/{number}",
        article=article,
        start=number,
        end=number + 1,
        text="x",
        stem=chance.choice(STEMS),
        type=maybe(chance.choice(["ASSAULT", "COERCE"])),  # type: ignore[arg-type]
        mode=maybe(chance.choice(["aerial", "shelling"])),  # type: ignore[arg-type]
        published=maybe("2031-05-20"),  # type: ignore[arg-type]
        first=day,  # type: ignore[arg-type]
        last=day,  # type: ignore[arg-type]
        place=maybe(place),  # type: ignore[arg-type]
        actors=tuple(chance.sample("abc", chance.randrange(3))),
        recipients=tuple(chance.sample("abc", chance.randrange(3))),
        figures=(("killed", 3.0, 3.0),) if chance.random() < 0.5 else (("killed", 40.0, None),),
        sentence=terms.tobytes(),
        vector=pack((vector / np.linalg.norm(vector)).astype(np.float32)) if chance.random() < 0.9 else b"",
    )


def mentions(article: str, seed: int) -> list[LinkMention]:
    chance = random.Random(seed)
    return [mention(seed * 100 + number, article, chance) for number in range(12)]


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(least=0.0)


@pytest.mark.parametrize("seeds", [(1, 2), (3, 4), (5, 5)])
def test_scores_are_those_of_splink(scorer: Scorer, seeds: tuple[int, int]) -> None:
    block = linking_pairs.Block(mentions("new", seeds[0]), mentions("old", seeds[1]))
    chosen = np.array([(new, other) for new in range(12) for other in range(new + 1, 24)])
    ours = scorer.predict(block, chosen)
    sides = [linking_records.records(block, chosen, side) for side in (1, 0)]
    theirs = scorer.splink(*sides)
    rows = theirs.as_duckdbpyrelation().order("unique_id_r, unique_id_l").fetchnumpy()
    theirs.drop_table_from_database_and_remove_from_cache()
    for name in (OTHERS, NEW):
        scorer.connection.unregister(name)
    assert len(rows["match_probability"]) == len(chosen)
    assert len(set(rows["mw_meaning"].tolist())) > 5
    for name in ("unique_id_l", "unique_id_r", "match_probability", *(f"mw_{name}" for name in scorer.comparisons)):
        assert ours[name].tolist() == rows[name].tolist()


def test_what_levels_ask_for_is_computed_once(scorer: Scorer) -> None:
    asked = 'array_inner_product("vector_l", "vector_r")'
    sql = f"WITH __splink__df_comparison_vectors as (select {asked} > 1, {asked} > 2 from blocked_with_cols) x"
    assert once(sql).count(asked) == 1
    assert once(sql).count("trigger_cosine") == 3


def test_nothing_is_scored_where_there_is_nothing_new(scorer: Scorer) -> None:
    assert scorer.score([], mentions("old", 1)) == []


def test_pairs_come_once_with_the_new_mention_first() -> None:
    new, old = mentions("new", 6), mentions("old", 6)
    pairs = linking_pairs.Block(new, old).pairs().tolist()
    assert pairs and len({tuple(pair) for pair in pairs}) == len(pairs)
    assert all(first < second and first < len(new) for first, second in pairs)
