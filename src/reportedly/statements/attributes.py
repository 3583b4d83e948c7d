"""The English model's attribute ruler, applied by table: the same patterns, a tenth of the cost.

The model's ruler runs spaCy's Matcher over every token with 180 patterns, a seventh of the whole
parse. But nearly all of them look at one token's form, tag and dependency only, so what they say of
a token depends on that triple alone: it is worked out once a triple and then looked up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from reportedly.errors import ComponentError

Pattern = list[dict[str, Any]]
Triple = tuple[str, str, str, bool]
#: What a pattern says of a token: POS, MORPH, LEMMA, TAG, DEP.
Said = dict[str, str]
ATTRIBUTES = [POS, MORPH, LEMMA]
#: Triples kept: beyond this the table is begun anew, so that a long run's memory stays bounded.
MOST = 300_000

_VALUES: dict[str, Callable[[Triple], Any]] = {
    "LOWER": lambda triple: triple[0],
    "TAG": lambda triple: triple[1],
    "DEP": lambda triple: triple[2],
    "IS_SPACE": lambda triple: triple[3],
}


def _fits(wanted: Any, value: Any) -> bool:
    """One attribute of a token pattern, in the notation of spaCy's Matcher."""
    if not isinstance(wanted, dict):
        return bool(wanted == value)
    for operator, operand in wanted.items():
        if operator == "IN" and value not in operand:
            return False
        if operator == "NOT_IN" and value in operand:
            return False
        if operator == "REGEX" and not re.search(operand, value):
            return False
    return True


def token_fits(pattern: dict[str, Any], triple: Triple) -> bool:
    """True if a token of that form, tag and dependency fits a token pattern."""
    return all(_fits(wanted, _VALUES[name](triple)) for name, wanted in pattern.items())


def _triple(token: Token) -> Triple:
    return token.lower_, token.tag_, token.dep_, token.is_space


class Known(NamedTuple):
    """What is known of every token with one form, tag and dependency."""

    values: tuple[int, int, int]
    said: list[tuple[int, Said]]
    begins: list[tuple[int, Pattern, int, Said]]
    space: bool


def _asked_for(pattern: dict[str, Any]) -> str:
    for name in ("LOWER", "TAG"):
        if isinstance(pattern.get(name), str):
            return f"{name} {pattern[name]}"
    return ""


class TableRuler:
    """Applies the patterns of an attribute ruler.

    Args:
        vocab: the pipeline's.
        patterns: as `AttributeRuler.patterns` gives them; of two that fit a token the later wins.

    Raises:
        ComponentError: a pattern looks at an attribute that is not known here.
    """

    def __init__(self, vocab: Vocab, patterns: list[dict[str, Any]]) -> None:
        self.vocab = vocab
        #: Patterns of one token, by the form or else the tag that they ask for ("" where they ask for neither).
        self.single: dict[str, list[tuple[int, dict[str, Any], Said]]] = {}
        self.longer: list[tuple[int, Pattern, int, Said]] = []
        for number, entry in enumerate(patterns):
            for pattern in entry["patterns"]:
                self._add(number, pattern, entry["index"], entry["attrs"])
        self._table: dict[tuple[int, int, int], Known] = {}

    def _add(self, number: int, pattern: Pattern, index: int, attrs: Said) -> None:
        unknown = {name for token in pattern for name in token} - set(_VALUES)
        if unknown:
            raise ComponentError(f"attribute ruler: a pattern of the model looks at {', '.join(sorted(unknown))}")
        if len(pattern) == 1:
            self.single.setdefault(_asked_for(pattern[0]), []).append((number, pattern[0], attrs))
        else:
            self.longer.append((number, pattern, index, attrs))

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech, morphology and lemma of every token of a tagged and parsed Doc."""
        keys = zip(*doc.to_array([LOWER, TAG, DEP]).T.tolist(), strict=True)
        known = [self._table.get(key) or self._known(key, doc[i]) for i, key in enumerate(keys)]
        values = np.array([entry.values for entry in known], dtype="uint64").reshape(len(doc), 3)
        for i in [i for i, entry in enumerate(known) if entry.begins]:
            for longer in known[i].begins:
                self._run(doc, i, longer, known, values)
        doc.from_array(ATTRIBUTES, values)  # type: ignore[arg-type]
        for i in [i for i, entry in enumerate(known) if entry.space]:
            _set_space(doc[i], known[i].said)
        return doc

    def _known(self, key: tuple[int, int, int], token: Token) -> Known:
        if len(self._table) >= MOST:
            self._table.clear()
        # Each pattern is looked at only where the form or tag that it asks for is the token's own.
        triple = _triple(token)
        asked = (
            entry for name in ("", f"TAG {triple[1]}", f"LOWER {triple[0]}") for entry in self.single.get(name, ())
        )
        said = [(n, attrs) for n, pattern, attrs in asked if token_fits(pattern, triple)]
        begins = [longer for longer in self.longer if token_fits(longer[1][0], triple)]
        self._table[key] = found = Known(self._values(said), said, begins, token.is_space)
        return found

    def _values(self, said: list[tuple[int, Said]]) -> tuple[int, int, int]:
        merged: Said = {}
        for _, attrs in sorted(said, key=lambda entry: entry[0]):
            merged.update(attrs)
        strings = self.vocab.strings
        pos = strings.add(merged["POS"]) if "POS" in merged else 0
        morph = self.vocab.morphology.add(merged["MORPH"]) if "MORPH" in merged else 0
        return pos, morph, strings.add(merged["LEMMA"]) if "LEMMA" in merged else 0

    def _run(
        self, doc: Doc, start: int, longer: tuple[int, Pattern, int, Said], known: list[Known], values: Any
    ) -> None:
        """Apply a pattern of several tokens that may begin at `start`."""
        number, pattern, index, attrs = longer
        tokens = doc[start : start + len(pattern)]
        if len(tokens) < len(pattern) or not all(
            token_fits(p, _triple(t)) for p, t in zip(pattern, tokens, strict=True)
        ):
            return
        at = tokens[index].i
        known[at] = known[at]._replace(said=[*known[at].said, (number, attrs)])
        values[at] = self._values(known[at].said)


def _set_space(token: Token, said: list[tuple[int, Said]]) -> None:
    """White space alone is given a tag and a dependency too."""
    for _, attrs in said:
        if "TAG" in attrs:
            token.tag_ = attrs["TAG"]
        if "DEP" in attrs:
            token.dep_ = attrs["DEP"]


@Language.factory(
    "reportedly_attributes",
    requires=["token.tag", "token.dep"],
    assigns=["token.pos", "token.morph", "token.lemma"],
    default_config={"patterns": []},
)
def make(nlp: Language, name: str, patterns: list[dict[str, Any]]) -> TableRuler:
    """The component, with the patterns of the model's own ruler."""
    return TableRuler(nlp.vocab, patterns)


def replace_ruler(nlp: Language) -> None:
    """Put the table in the place of the model's attribute ruler, if it has one."""
    if "attribute_ruler" in nlp.pipe_names:
        patterns = nlp.get_pipe("attribute_ruler").patterns  # type: ignore[attr-defined]
        nlp.add_pipe("reportedly_attributes", before="attribute_ruler", config={"patterns": patterns})
        nlp.remove_pipe("attribute_ruler")
