"""The English model's lemmatizer, asked once a word: the same lemmas, a small part of the cost.

The model's rules read nothing but a token's form, part of speech and morphology, yet are run for
every token anew; here what they say is looked up from the second time on.
"""

from __future__ import annotations

from spacy.attrs import LEMMA, MORPH, ORTH, POS
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from reportedly.errors import ComponentError

#: Words kept: beyond this the table is begun anew, so that a long run's memory stays bounded.
MOST = 200_000


class TableLemmatizer:
    """Sets the lemma of every token that has none, as `lemmatizer` would."""

    def __init__(self) -> None:
        self.lemmatizer: Lemmatizer | None = None
        self._table: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemmas of a Doc whose parts of speech and morphology are set.

        Raises:
            ComponentError: no lemmatizer was given.
        """
        columns = doc.to_array([ORTH, POS, MORPH, LEMMA])
        lemmas = columns[:, 3]
        for i, (orth, pos, morph, lemma) in enumerate(columns.tolist()):
            if not lemma:
                key = (orth, pos, morph)
                lemmas[i] = self._table.get(key) or self._asked(key, doc[i])
        doc.from_array([LEMMA], lemmas.reshape(len(doc), 1))  # type: ignore[arg-type]
        return doc

    def _asked(self, key: tuple[int, int, int], token: Token) -> int:
        if self.lemmatizer is None:
            raise ComponentError("reportedly_lemmas: stands for the model's lemmatizer, and was given none")
        if len(self._table) >= MOST:
            self._table.clear()
        found = token.vocab.strings.add(self.lemmatizer.lemmatize(token)[0])
        self._table[key] = found
        return found


@Language.factory("reportedly_lemmas", requires=["token.pos", "token.morph"], assigns=["token.lemma"])
def make(nlp: Language, name: str) -> TableLemmatizer:
    """The component; `replace_lemmatizer` gives it the model's lemmatizer."""
    return TableLemmatizer()


def replace_lemmatizer(nlp: Language) -> None:
    """Put the table in the place of the model's rule lemmatizer, if it has one."""
    if "lemmatizer" not in nlp.pipe_names:
        return
    original = nlp.get_pipe("lemmatizer")
    if isinstance(original, Lemmatizer) and original.mode == "rule" and not original.overwrite:
        table = nlp.add_pipe("reportedly_lemmas", before="lemmatizer")
        assert isinstance(table, TableLemmatizer)
        table.lemmatizer = original
        nlp.remove_pipe("lemmatizer")
