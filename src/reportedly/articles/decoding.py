"""Bytes to text: what the server, the byte-order mark or the page says, then what the bytes look like."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from reportedly.errors import ReadError

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Signatures of files that are no text, with what to call them.
_BINARY = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip archive or office file"),
    (b"\x7fELF", "a program"),
)


def decode(source: str, raw: bytes, content_type: str | None = None) -> str:
    """The text of a page or file.

    The stated encoding is tried first and dropped where the bytes contradict it: a page that says
    latin-1 and holds valid multi-byte UTF-8 is UTF-8.

    Raises:
        ReadError: empty, or not text.
    """
    if not raw.strip(b"\0 \t\r\n"):
        raise ReadError(source, "empty")
    for signature, what in _BINARY:
        if raw.startswith(signature):
            raise ReadError(source, f"not a page or text but {what}")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _checked(source, raw.decode(encoding, "replace"))
    return _checked(source, _by_evidence(raw, content_type))


def _by_evidence(raw: bytes, content_type: str | None) -> str:
    utf8 = _tried(raw, "utf-8")
    if utf8 is not None:
        return utf8
    for encoding in _stated(raw, content_type):
        text = _tried(raw, encoding)
        if text is not None:
            return text
    best = charset_normalizer.from_bytes(raw).best()
    return str(best) if best is not None else raw.decode("windows-1252", "replace")


def _stated(raw: bytes, content_type: str | None) -> list[str]:
    header = _HEADER.search(content_type or "")
    meta = _META.search(raw[:4096])
    named = [header.group(1)] if header else []
    return named + ([meta.group(1).decode("ascii", "replace")] if meta else [])


def _tried(raw: bytes, encoding: str) -> str | None:
    # Browsers read latin-1 as windows-1252 (WHATWG Encoding), which has the curly quotes.
    encoding = (
        "windows-1252"
        if encoding.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "ascii", "us-ascii")
        else encoding
    )
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(source: str, text: str) -> str:
    strange = sum(1 for char in text[:10000] if (ord(char) < 32 and char not in "\t\n\r\f\x0b") or char == "\ufffd")
    if strange > max(3, len(text[:10000]) // 50):
        raise ReadError(source, "not text (binary data)")
    return text.replace("\0", "")
