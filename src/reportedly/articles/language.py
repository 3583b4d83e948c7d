"""Which language a text is in (py3langid), to leave out what the English model cannot read."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from reportedly.errors import LeftOut

#: A text shorter than this is taken as English: too little to tell by.
ENOUGH = 60
#: Names of a region's places in an English report can look foreign; below this we do not leave out.
SURE = 0.90


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to import: only when a text is read

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> tuple[str, float]:
    """The ISO 639-1 code of the language of a text, and how sure (0 to 1)."""
    language, sure = _identifier().classify(text[:5000])
    return str(language), float(sure)


def check_english(source: str, text: str) -> str:
    """ "en", or an error.

    Raises:
        LeftOut: the text is surely in another language.
    """
    if len(text) < ENOUGH:
        return "en"
    language, sure = identify(text)
    if language != "en" and sure >= SURE:
        raise LeftOut(source, f"left out: its language is {language}, not English")
    return "en"
