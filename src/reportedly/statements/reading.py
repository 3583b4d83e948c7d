"""The text encoder on the pipeline: an article is read once, and the stages share what was read.

`doc._.reading` holds the logits of all heads (`models.tagging.Logits`): who said what is decoded by the
stage `attributions`. From the entity head come the names, `doc.ents`, in the kinds of OntoNotes, so that the
language model's own recogniser need be neither loaded nor run.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from spacy.attrs import IDX, IS_SPACE, LENGTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from reportedly.models import opening, tagging
from reportedly.models.tagging import Logits, Tagged
from reportedly.models.windows import Ints
from reportedly.statements import attributions_quotes as quotes
from reportedly.statements import layers, reading_known
from reportedly.statements.encoder import Encoder

layers.declare()


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder of this process, with the weights that the package ships."""
    return Encoder()


@lru_cache(maxsize=1)
def digest() -> str:
    """A short hash of the encoder's weights: which ones read."""
    with opening.present(encoder().model_dir / "model.onnx").open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()[:12]


def of(doc: Doc) -> Logits:
    """What the encoder reads in an article: as the component has left it, or read now."""
    if doc._.reading is None:
        doc._.reading = read(doc, encoder())
    logits: Logits = doc._.reading
    return logits


def forget(doc: Doc) -> None:
    """Drop the logits; who then asks for them has the article read again."""
    doc._.reading = None


def read(doc: Doc, by: Encoder) -> Logits:
    """Run an encoder over an article; paragraphs too long for it are cut between the parser's sentences, outside
    quotations."""
    starts, ends, begins, _ = _columns(doc)
    first = np.flatnonzero(begins == 1) if len(doc) else np.zeros(0, dtype=np.int64)
    if not len(first) or first[0] > 0:
        first = np.r_[0, first] if len(doc) else first
    last = np.r_[first[1:], len(doc)] - 1 if len(first) else first
    text = doc._.article.text  # a Doc joins its text anew at every use
    return by.encode(text, quotes.apart(text, list(zip(starts[first].tolist(), ends[last].tolist(), strict=True))))


class _Columns(NamedTuple):
    """[tokens] each: first and last character (end exclusive), sentence start, white space."""

    starts: Ints
    ends: Ints
    begins: Ints
    space: Ints


def _columns(doc: Doc) -> _Columns:
    columns = doc.to_array([IDX, LENGTH, SENT_START, IS_SPACE]).astype(np.int64).reshape(-1, 4)
    return _Columns(columns[:, 0], columns[:, 0] + columns[:, 1], columns[:, 2], columns[:, 3])


def name(doc: Doc, found: list[Tagged]) -> None:
    """Set `doc.ents` to spans of characters, grown to whole tokens.

    Of two that then share a token ("US" and "Syria" where a typo joins them) the longer stays, and of two as
    long the first. A line break that ends inside a name is no token of its own.
    """
    starts, ends, _, space = _columns(doc)
    order = sorted(found, key=lambda item: (item.start - item.end, item.start))
    firsts = np.searchsorted(ends, [item.start for item in order], side="right").tolist()
    lasts = np.searchsorted(starts, [item.end for item in order], side="left").tolist()
    taken = bytearray(len(doc))
    chosen = []
    for item, first, last in zip(order, firsts, lasts, strict=True):
        while first < last and space[first]:
            first += 1
        if first < last and not any(taken[first:last]):
            taken[first:last] = b"\1" * (last - first)
            chosen.append((first, last, item.label))
    named = reading_known.corrected(doc, sorted(chosen))
    doc.ents = [Tokens(doc, first, last, label=label) for first, last, label in named]


class Reader:
    """Reads a parsed Doc with the encoder.

    Args:
        names: whether `doc.ents` is set from the entity head; if not, what set it before is left as it is.
    """

    def __init__(self, names: bool) -> None:
        self.names = names

    def __call__(self, doc: Doc) -> Doc:
        """Fill `doc._.reading` and, if so asked, `doc.ents`."""
        logits = of(doc)
        if self.names:
            name(doc, tagging.entity_spans(logits))
        return doc


@Language.factory(
    "reportedly_reading",
    requires=["doc.sents"],
    assigns=["doc.ents", "token.ent_type", "token.ent_iob", "doc._.reading"],
    default_config={"names": True},
)
def make(nlp: Language, name: str, names: bool) -> Reader:
    """The component; with `names` false the language model's recogniser keeps its say."""
    return Reader(names)


@Language.component("reportedly_release", requires=["doc._.reading"])
def release(doc: Doc) -> Doc:
    """The end of the pipeline: no stage needs any more what the encoder read, and it is as large as the parse."""
    forget(doc)
    return doc


def add_reader(nlp: Language, names: bool) -> None:
    """Put the component behind the parse, where `names` is true in the place of the model's recogniser."""
    nlp.add_pipe("reportedly_reading", config={"names": names})
