"""The table says what the model's own attribute ruler says."""

from __future__ import annotations

import pytest
import spacy

from reportedly.errors import ComponentError
from reportedly.settings import Settings
from reportedly.statements import attributes, lemmas

TEXTS = [
    "The army didn't say it'd shell the town; there are those who're sure it will. \n\n They had had enough.",
    "Let's go, y'all: we gotta leave, he ain't comin' and that's somethin' I can't do. Who's gonna stop 'em?",
    "It told me that you and I saw them, which is what they got. Does he have any? She gets 'nuff, c'mon!",
    "\n \t ",
    "",
]


def test_the_table_equals_the_rulers_own_matching() -> None:
    model = Settings().model
    theirs, ours = spacy.load(model), spacy.load(model)
    attributes.replace_ruler(ours)
    lemmas.replace_lemmatizer(ours)
    assert not {"attribute_ruler", "lemmatizer"} & set(ours.pipe_names)
    for text in TEXTS * 2:  # the second time from the table
        expected = [(t.text, t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_) for t in theirs(text)]
        assert [(t.text, t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_) for t in ours(text)] == expected


def test_a_pattern_that_is_not_understood_is_an_error() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ComponentError, match="SHAPE"):
        attributes.TableRuler(nlp.vocab, [{"patterns": [[{"SHAPE": "X"}]], "attrs": {"POS": "X"}, "index": 0}])


def test_a_table_without_a_lemmatizer_is_an_error() -> None:
    nlp = spacy.blank("en")
    with pytest.raises(ComponentError, match="was given none"):
        lemmas.TableLemmatizer()(nlp("Words"))
