"""How much of a text is words: what tells a text from what a bad scan, or a font without a table, makes of one."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from indexer.analysis.folding import fold
from indexer.analysis.forms import forms, is_known_word

_WORD: Final = re.compile(r"[^\W\d_]{3,}")  # shorter ones are known by accident: "al", "si", "id"


class KnownWords(NamedTuple):
    """Words of three letters or more, and how many of them are Swedish: in the dictionary, or compounds of it."""

    words: int
    known: int

    @property
    def share(self) -> float:
        return self.known / self.words if self.words else 0.0


def known_words(text: str, most: int | None = None) -> KnownWords:
    """Counts the first `most` words of a text, or all."""
    words = [fold(found[0]) for found in islice(_WORD.finditer(text), most)]
    return KnownWords(len(words), sum(is_known_word(word) or bool(forms(word).tops) for word in words))
