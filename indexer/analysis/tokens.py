"""Text → tokens. The only place that decides what a word is; for index, question and marks alike."""

from __future__ import annotations

import re
import sys
from array import array
from itertools import accumulate
from typing import Final

from indexer.analysis.folding import fold
from indexer.analysis.remembered import Remembered
from indexer.analysis.word_types import parts_of_words
from indexer.entry import Tokens

# A word is a run of letters and digits; what only shapes it (combining marks, soft hyphens, zero-width characters)
# belongs to it, so that "social\u00adtjänst" and "a\u030a" are one word each.
_WITHIN = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = re.compile(rf"([^\W_]++(?:[{_WITHIN}][^\W_]*+)*+)")
_SHAPING = re.compile(f"[{_WITHIN}]")
MOST_CACHED: Final = 400_000  # word types; about 60 MB, and more than a bank of 100,000 pages has


_exact = Remembered(fold, MOST_CACHED)  # a word as it stands in a text → the form that is indexed


def analyse(text: str) -> Tokens:
    """Gives the text's words as written, each one's keys, and where each stands."""
    pieces = _WORD.split(text)  # in turn what stands between words, and a word
    lengths = list(map(len, pieces))
    exact = list(map(_exact.__getitem__, pieces[1::2]))
    spans = _packed(list(accumulate(lengths))[:-1:2], lengths[1::2], len(text))
    return Tokens(" ".join(exact), parts_of_words(exact), spans)


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
