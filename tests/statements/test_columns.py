"""The columns of a Doc say what spaCy's own tokens and spans say."""

from __future__ import annotations

from itertools import combinations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.statements import columns
from reportedly.statements.columns import Columns

TEXT = (
    "The rebels' leader, who had fled to Idlib, said on Monday that U.S.-led forces, backed by Turkey,\n\nshelled it. "
    "Witnesses in the town of Baghuz counted 12 bodies (three of them children)."
)


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    with nlp.select_pipes(enable=[name for name in nlp.pipe_names if name in ("tok2vec", "tagger", "parser")]):
        return nlp(TEXT)


def test_every_token_is_the_same(doc: Doc) -> None:
    read = columns.of(doc)
    assert columns.of(doc) is read
    for token in doc:
        i = token.i
        assert (read.text[i], read.lower[i], read.pos[i], read.tag[i], read.dep[i]) == (
            (token.text, token.lower_, token.pos_, token.tag_, token.dep_)
        )
        assert (read.lemma[i], read.label[i], read.start[i]) == (token.lemma_.lower(), token.ent_type_, token.idx)
        assert (read.head[i], read.begins[i]) == (token.head.i, bool(token.is_sent_start))
        assert (read.left[i], read.right[i]) == (token.left_edge.i, token.right_edge.i)
        assert read.children[i] == [child.i for child in token.children]


def test_runs_of_tokens_have_the_same_root(doc: Doc) -> None:
    runs = [(a, b) for a, b in combinations(range(len(doc) + 1), 2) if b - a < 12]
    assert [columns.root(doc, a, b) for a, b in runs] == [doc[a:b].root.i for a, b in runs]


def test_characters_touch_the_same_tokens(doc: Doc) -> None:
    read = Columns(doc)
    for word in ("S.-l", "rebels'", "of Bagh", "TURKEY".title(), "(three", "12 bodies (three"):
        start = TEXT.index(word)
        tokens = doc.char_span(start, start + len(word), alignment_mode="expand")
        assert tokens is not None and read.touched(start, start + len(word)) == (tokens.start, tokens.end)


def test_a_doc_without_tokens_has_empty_columns(nlp: Language) -> None:
    read = columns.of(nlp.make_doc(""))
    assert len(read) == 0 and read.children == [] and read.left == []
