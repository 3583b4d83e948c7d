"""What pairs of mentions are compared by: Splink's comparisons, each with its levels as DuckDB SQL, best first.

`_l` and `_r` are the two mentions (`linking_model.SCHEMA`); `near_l[number_r]` is how like their articles are.
"""

from __future__ import annotations

from typing import Any

NEAR = 'list_extract("near_l", "number_r")'
COSINE = 'array_inner_product("vector_l", "vector_r")'
SAME_ARTICLE = '"article_l" = "article_r"'
SAME_STEM = '"stem_l" = "stem_r"'
SHARED = 'len(list_intersect("terms_l", "terms_r"))'
KIN = 'list_has_any("families_l", "families_r")'
CLOSE = '3 * len(list_intersect("families_l", "families_r")) >= len("families_l") + len("families_r")'
WORDS = (("same word", SAME_STEM), ("closely kindred word", CLOSE), ("kindred word", KIN))
APART_KM = (
    "2 * 6371 * asin(sqrt(least(1.0, pow(sin(radians(latitude_r - latitude_l) / 2), 2) + cos(radians(latitude_l))"
    " * cos(radians(latitude_r)) * pow(sin(radians(longitude_r - longitude_l) / 2), 2))))"
)
GAP = 'greatest("first_l" - "last_r", "first_r" - "last_l")'


def level(label: str, sql: str) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": label}


def null(sql: str) -> dict[str, Any]:
    return {"sql_condition": sql, "label_for_charts": "not known", "is_null_level": True}


ELSE = "ELSE"


def meaning() -> dict[str, Any]:
    """Trigger in its context: the learned vector, and how near the words are."""
    levels = [null('"vector_l" IS NULL OR "vector_r" IS NULL')]
    for name, sql in WORDS:
        for least in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2):
            levels.append(level(f"{name}, vectors {least} alike", f"{sql} AND {COSINE} >= {least}"))
        levels.append(level(f"{name}, vectors unlike", sql))
    for least in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4):
        levels.append(level(f"another word, vectors {least} alike", f"{COSINE} >= {least}"))
    levels.append(level("another word, vectors unlike", ELSE))
    return {"output_column_name": "meaning", "comparison_levels": levels}


def kind() -> dict[str, Any]:
    """Types and modes, where both are coded."""
    return {
        "output_column_name": "type",
        "comparison_levels": [
            null('"type_l" IS NULL OR "type_r" IS NULL'),
            level("same type and mode", '"type_l" = "type_r" AND "mode_l" = "mode_r"'),
            level("same type", '"type_l" = "type_r"'),
            level("another type", ELSE),
        ],
    }


def story() -> dict[str, Any]:
    """How likely the articles tell of one event, by their persons, places, numbers, dates and other rare words."""
    levels = [null("1 = 0"), level("the same article", SAME_ARTICLE)]
    for least in (0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02):
        levels.append(level(f"stories {least} alike", f"{NEAR} >= {least}"))
    levels.append(level("stories unlike", ELSE))
    return {"output_column_name": "story", "comparison_levels": levels}


def topic() -> dict[str, Any]:
    """What the paragraphs are about, by the learned vector."""
    levels = [null('"topic_l" IS NULL OR "topic_r" IS NULL')]
    for least in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3):
        levels.append(level(f"subjects {least} alike", f'array_inner_product("topic_l", "topic_r") >= {least}'))
    levels.append(level("subjects unlike", ELSE))
    return {"output_column_name": "topic", "comparison_levels": levels}


def sentence() -> dict[str, Any]:
    levels = [null("1 = 0"), level("the same sentence", f'{SAME_ARTICLE} AND "terms_l" = "terms_r"')]
    levels += [level(f"{least} rare words in common", f"{SHARED} >= {least}") for least in (6, 5, 4, 3, 2, 1)]
    levels.append(level("no rare word in common", ELSE))
    return {"output_column_name": "sentence", "comparison_levels": levels}


def time() -> dict[str, Any]:
    both = '"dated_l" AND "dated_r"'
    return {
        "output_column_name": "time",
        "comparison_levels": [
            null('"first_l" IS NULL OR "last_l" IS NULL OR "first_r" IS NULL OR "last_r" IS NULL'),
            level("same day", f'{both} AND "first_l" = "first_r" AND "last_l" = "last_r" AND "first_l" = "last_l"'),
            level("dates that overlap", f"{both} AND {GAP} <= 0"),
            level("dates a day or two apart", f"{both} AND {GAP} <= 2"),
            level("dates up to two weeks apart", f"{both} AND {GAP} <= 14"),
            level("dates further apart", both),
            level("windows that overlap", f"{GAP} <= 0"),
            level("windows up to 30 days apart", f"{GAP} <= 30"),
            level("windows further apart", ELSE),
        ],
    }


def place() -> dict[str, Any]:
    return {
        "output_column_name": "place",
        "comparison_levels": [
            null('"latitude_l" IS NULL OR "latitude_r" IS NULL'),
            level("the same exact place", f'{APART_KM} <= 1 AND "within_l" <= 5 AND "within_r" <= 5'),
            level("the same place", f"{APART_KM} <= 1"),
            level("within what the places may be off", f'{APART_KM} <= "within_l" + "within_r"'),
            level("further apart", f"{APART_KM} <= 300"),
            level("far apart", ELSE),
        ],
    }


def people(column: str) -> dict[str, Any]:
    return {
        "output_column_name": column,
        "comparison_levels": [
            null(f'"{column}_l" IS NULL OR "{column}_r" IS NULL'),
            level("one in common", f'list_has_any("{column}_l", "{column}_r")'),
            level("others", ELSE),
        ],
    }


def toll() -> dict[str, Any]:
    return {
        "output_column_name": "toll",
        "comparison_levels": [
            null('"killed_l" IS NULL OR "killed_r" IS NULL'),
            level("the same number of dead", '"killed_l" = "killed_r"'),
            level("up to twice as many dead", 'least("killed_l", "killed_r") * 2 >= greatest("killed_l", "killed_r")'),
            level("other numbers of dead", ELSE),
        ],
    }


def comparisons() -> list[dict[str, Any]]:
    return [
        meaning(),
        kind(),
        story(),
        topic(),
        sentence(),
        time(),
        place(),
        people("actors"),
        people("recipients"),
        toll(),
    ]


def settings() -> dict[str, Any]:
    """A model without weights: every level is as likely for one event as for two."""
    listed = comparisons()
    for comparison in listed:
        known = [item for item in comparison["comparison_levels"] if not item.get("is_null_level")]
        for index, item in enumerate(known, 2):  # all different, since a level is told by its weight
            item["m_probability"], item["u_probability"] = index / 100, 1 / len(known)
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": 0.01,
        "comparisons": listed,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": 'l."pairs" = r."pairs"', "arrays_to_explode": ["pairs"], "sql_dialect": "duckdb"}
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": [],
        "sql_dialect": "duckdb",
    }
