"""The picture of an event or article that other sites show beside a link to it (OpenGraph), 1200 by 630 pixels.

It says in words what the page says first: that a machine coded it, or that a person confirmed it; whether it is
disputed; how widely it is reported.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from PIL import Image, ImageColor, ImageDraw, ImageFont

from reportedly.errors import QueryError
from reportedly.pages.templatetags import reading
from reportedly.record.queries import events

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
INK, SOFT, PAPER, ACCENT, DISPUTE = "#1d1f21", "#55595e", "#fbfaf6", "#1f4e79", "#8a2b0e"
FONTS = Path(__file__).parents[1] / "static" / "vendor" / "fonts"
#: Steps of a colour from the paper to itself, as the edges of letters have them.
SHADES = 12
#: Lines of a headline, and letters of a word, at most.
LINES, LONGEST = 4, 28
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def event(request: HttpRequest, public_id: str) -> HttpResponse:
    """The picture of one event."""
    try:
        line = events.line(public_id)
    except QueryError as error:
        raise Http404(str(error)) from None
    state = "Confirmed by a person" if line.verified else "Machine coding, not verified"
    where = f" · {reading.where(line.place)}" if line.place else ""
    told = [f"{reading.when(line)}{where}", reading.origins(line)]
    drawn = draw(reading.headline(line.label), state, told, line.disputed)
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def draw(title: str, state: str, told: list[str], disputed: bool) -> bytes:
    """A PNG with a headline, a line on who looked at it, and two lines of what is told."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=DISPUTE if disputed else ACCENT)
    pen.text((MARGIN, 62), settings.REPORTEDLY.site_name, font=_font("source-serif-italic", 40, 400), fill=INK)
    pen.text(
        (MARGIN, 132),
        f"{'Disputed · ' if disputed else ''}{state}",  # without the pages' "≠", which the fonts' Latin part has not
        font=_font("inter", 28, 600),
        fill=_tint(disputed),
    )
    headline = _font("source-serif", 62, 600)
    for number, line in enumerate(_wrapped(pen, title, headline)):
        pen.text((MARGIN, 200 + 74 * number), line, font=headline, fill=INK)
    small = _font("inter", 28, 400)
    for number, line in enumerate(told):
        pen.text((MARGIN, HEIGHT - 116 + 42 * number), _wrapped(pen, line, small)[0], font=small, fill=SOFT)
    written = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def _drawable(text: str) -> str:
    """A text in the letters that the site's fonts have (their Latin part): others lose their accents, or go."""
    bare = unicodedata.normalize("NFKD", text.replace("→", "›").replace("≠", ""))
    kept = (one if ord(one) < 0x100 or 0x2000 <= ord(one) < 0x2070 else "" for one in bare)
    whole = unicodedata.normalize("NFC", text)
    return whole if all(ord(one) < 0x100 for one in whole) else "".join(kept)


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """The colours that a picture can have. Finding them anew in each picture takes five times as long as drawing it."""
    paper = ImageColor.getrgb(PAPER)
    colours = [
        round(low + (high - low) * step / SHADES)
        for name in (INK, SOFT, ACCENT, DISPUTE)
        for step in range(SHADES + 1)
        for low, high in zip(paper, ImageColor.getrgb(name), strict=True)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette


def _tint(disputed: bool) -> str:
    return DISPUTE if disputed else SOFT


def _wrapped(pen: ImageDraw.ImageDraw, text: str, font: Font) -> list[str]:
    """The text in lines that fit; what is left out ends in a dot leader."""
    lines = [""]
    for word in _parts(_drawable(text)):
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font=font) <= WIDTH - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]


def _parts(text: str) -> Iterator[str]:
    """The words of a text, the longest ones in pieces."""
    for word in text.split():
        yield from (word[start : start + LONGEST] for start in range(0, len(word), LONGEST))


@lru_cache(maxsize=16)
def _font(name: str, size: int, weight: int) -> Font:
    """One of the site's own fonts; Pillow's where the static files have not been fetched (`make assets`)."""
    path = FONTS / f"{name}.woff2"
    if not path.exists():
        return ImageFont.load_default(size)
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([weight] if len(font.get_variation_axes()) == 1 else [14, weight])
    return font
