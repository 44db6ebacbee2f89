"""Bytes of text as text."""

from __future__ import annotations

import codecs
import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LATIN = re.compile(r"^(iso-?8859-?1|latin-?1|us-?ascii|ascii)$", re.IGNORECASE)
_FALLBACK = "cp1252"
_AS_CP1252 = "as cp1252"


def decoded(data: bytes, declared: str = "") -> str:
    """By the byte order mark, else as UTF-8 where it is, else as declared, else as cp1252.

    Bytes that are valid UTF-8 with letters beyond ASCII are nothing else, whatever is declared. A few that are not, of
    a letter that was cut in two or a line from elsewhere, are taken for cp1252 and leave the others what they are.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", _AS_CP1252) if _is_mostly_utf8(data) else data.decode(_known(declared), "replace")


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more letters beyond ASCII are whole than broken."""
    text = data.decode("utf-8", "replace")
    return sum(not letter.isascii() for letter in text) > 2 * text.count("\ufffd")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode(_FALLBACK, "replace"), error.end


codecs.register_error(_AS_CP1252, _as_cp1252)


def _known(declared: str) -> str:
    """The codec of a declared name; what browsers read as cp1252 is cp1252."""
    if not declared or _LATIN.match(declared) or declared.lower().replace("-", "") in {"utf8", "utf16"}:
        return _FALLBACK
    try:
        codec = codecs.lookup(declared)
    except LookupError:
        return _FALLBACK
    return codec.name if codec._is_text_encoding else _FALLBACK  # noqa: SLF001  the only way to tell "hex" from text
