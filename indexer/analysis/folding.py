"""A word as it is written → the form that is indexed."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_TOKEN: Final = 200  # characters; what is longer is no word, and tantivy drops terms of 64 kB
_OFF = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_KEPT = frozenset("åäö")
_PLAIN = re.compile("[0-9a-zåäö]+")  # already as it is indexed


def fold(written: str) -> str:
    """NFC, lower case, accents off but å ä ö kept; never empty for a word of letters or digits."""
    lowered = written.lower()
    if _PLAIN.fullmatch(lowered):
        return lowered[:LONGEST_TOKEN]
    plain = unicodedata.normalize("NFC", lowered.translate(_OFF))
    if plain.isascii():
        return plain[:LONGEST_TOKEN]
    return "".join(map(_fold_letter, plain))[:LONGEST_TOKEN]


def _fold_letter(letter: str) -> str:
    if letter in _KEPT or unicodedata.category(letter) == "Mn":
        return letter if letter in _KEPT else ""
    return "".join(c for c in unicodedata.normalize("NFD", letter) if unicodedata.category(c) != "Mn")
