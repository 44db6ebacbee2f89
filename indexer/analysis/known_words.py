"""How much of a text is words: what tells a text from what a bad scan, or a font without a table, makes of one."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.forms import forms, is_known_word
from indexer.analysis.own_words import forget_with_own_words
from indexer.analysis.remembered import Remembered

_WORD: Final = re.compile(r"([^\W\d_]{3,})")  # shorter ones are known by accident: "al", "si", "id"
MOST_KEPT: Final = 50_000  # word types; about 6 MB


class KnownWords(NamedTuple):
    """Words of three letters or more, and how many of them are Swedish: in the dictionary, or compounds of it."""

    words: int
    known: int

    @property
    def share(self) -> float:
        return self.known / self.words if self.words else 0.0


def _found_out(written: str) -> bool:
    exact = fold(written)
    return bool(forms(exact).tops) or is_known_word(exact)


_is_known = Remembered(_found_out, MOST_KEPT)  # word as it stands in a text → whether it is Swedish
forget_with_own_words(_is_known.clear)


def known_words(text: str, most: int = 0) -> KnownWords:
    """Counts the first `most` words of a text, or all."""
    words = _WORD.split(text, most)[1::2]
    return KnownWords(len(words), sum(map(_is_known.__getitem__, words)))
