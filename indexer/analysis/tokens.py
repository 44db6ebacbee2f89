"""Text → tokens. The only place that decides what a word is; for index, question and marks alike."""

from __future__ import annotations

import re
import sys
import unicodedata
from array import array
from typing import Final

from indexer.analysis.word_types import word_types
from indexer.entry import Tokens

# A word is a run of letters and digits; what only shapes it (combining marks, soft hyphens, zero-width characters)
# belongs to it, so that "social\u00adtjänst" and "a\u030a" are one word each.
_WITHIN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_WITHIN}])*")
_SHAPING = re.compile(f"[{_WITHIN}]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_KEPT = frozenset("åäö")
_PLAIN = re.compile("[0-9a-zåäö]+")  # already as it is indexed
MOST_CACHED: Final = 400_000  # word types; about 60 MB, and more than a bank of 100,000 pages has
LONGEST_TOKEN: Final = 200  # characters; what is longer is no word, and tantivy drops terms of 64 kB


class _Exact(dict[str, str]):
    """Word as it stands in a text → the form that is indexed; looked up at C speed, computed once per word type."""

    def __missing__(self, written: str) -> str:
        if len(self) >= MOST_CACHED:
            self.clear()
        found = self[written] = _fold(written)
        return found


def _fold(written: str) -> str:
    """NFC, lower case, accents off but å ä ö kept; never empty for a word that `_WORD` found."""
    lowered = written.lower()
    if _PLAIN.fullmatch(lowered):
        return lowered[:LONGEST_TOKEN]
    plain = unicodedata.normalize("NFC", lowered.translate(_INVISIBLE))
    if plain.isascii():
        return plain[:LONGEST_TOKEN]
    return "".join(map(_fold_letter, plain))[:LONGEST_TOKEN]


def _fold_letter(letter: str) -> str:
    if letter in _KEPT or unicodedata.category(letter) == "Mn":
        return letter if letter in _KEPT else ""
    return "".join(c for c in unicodedata.normalize("NFD", letter) if unicodedata.category(c) != "Mn")


_exact = _Exact()


def analyse(text: str) -> Tokens:
    """Gives the text's words as written, each one's keys, and where each stands."""
    matches = list(_WORD.finditer(text))
    written = [match[0] for match in matches]
    exact = list(map(_exact.__getitem__, written))
    spans = _packed([match.start() for match in matches], list(map(len, written)), len(text))
    return Tokens(" ".join(exact), " ".join(map(word_types().parts.__getitem__, exact)), spans)


def words_of(text: str) -> list[str]:
    """The exact form of each word of a short text, for questions."""
    return [_exact[written] for written in _WORD.findall(text)]


def folded_with(written: str) -> list[int]:
    """For each letter of the word's exact form, which letter of the written word it stands for.

    [] where that cannot be told: a letter became two, or the word is longer than a token.
    """
    kept = [place for place, letter in enumerate(written) if not _SHAPING.match(letter)]
    return kept if len(kept) == len(_exact[written]) else []


def _packed(starts: list[int], lengths: list[int], text_length: int) -> bytes:
    """Three bytes a word for ordinary pages (start, length), eight where the text or a word is very long.

    First byte 1 or 2 tells which; then all starts, then all lengths, little endian.
    """
    narrow = text_length < 1 << 16 and max(lengths, default=0) < 1 << 8
    packed_starts = array("H" if narrow else "I", starts)
    packed_lengths = array("B" if narrow else "I", lengths)
    if sys.byteorder == "big":
        packed_starts.byteswap()
        packed_lengths.byteswap()
    return (b"\x01" if narrow else b"\x02") + packed_starts.tobytes() + packed_lengths.tobytes()


def span(spans: bytes, index: int) -> tuple[int, int]:
    """(start, end) in the text of the word with this index."""
    if spans[0] == 1:
        at, lengths = 1 + 2 * index, 1 + 2 * ((len(spans) - 1) // 3)
        start = spans[at] | spans[at + 1] << 8
        return start, start + spans[lengths + index]
    at, lengths = 1 + 4 * index, 1 + (len(spans) - 1) // 2
    start = int.from_bytes(spans[at : at + 4], "little")
    return start, start + int.from_bytes(spans[lengths + 4 * index : lengths + 4 * index + 4], "little")
