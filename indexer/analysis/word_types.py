"""What is worked out once for each word type and then looked up at C speed; for writing, reading and asking alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import Stemmer

from indexer.analysis.forms import forms, grams
from indexer.analysis.own_words import OwnWords, own_words

MOST_TYPES: Final = 300_000  # kept of each kind; more than a bank of 100,000 pages has, and about 60 MB


class _ByType(dict[str, str]):
    """Exact form → what is made of it."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, exact: str) -> str:
        if len(self) >= MOST_TYPES:
            self.clear()
        found = self[exact] = self._make(exact)
        return found


class WordTypes:
    """By exact form: `parts` its keys joined by "/", `leaves` its leaves and `grams` its grams joined by blanks.

    `whole` is the key of the word itself, `stems` Snowball's stem, which indexes of an older mapping hold.
    """

    def __init__(self, own: OwnWords) -> None:
        self.own = own
        self.parts = _ByType(lambda exact: "/".join(forms(exact).keys))
        self.leaves = _ByType(lambda exact: " ".join(forms(exact).leaves))
        self.whole = _ByType(lambda exact: forms(exact).keys[0])


_grams = _ByType(lambda exact: " ".join(grams(exact)))
_stems = _ByType(Stemmer.Stemmer("swedish").stemWord)
_current = WordTypes(own_words())


def word_types() -> WordTypes:
    """Those of the bank's own words as they are now: other words may take compounds apart in another way."""
    global _current  # noqa: PLW0603 - one a process, as own words are
    if _current.own is not own_words():
        _current = WordTypes(own_words())
    return _current


def leaves(words: str) -> str:
    """Of exact forms joined by blanks; so in all of these."""
    return _each(words, word_types().leaves)


def wholes(words: str) -> str:
    return _each(words, word_types().whole)


def grams_of(words: str, most: int) -> str:
    """Of the first `most` words."""
    return " ".join(map(_grams.__getitem__, words.split(" ", most)[:most])) if words else ""


def stems(words: str) -> str:
    return _each(words, _stems)


def stem(exact: str) -> str:
    return _stems[exact]


def _each(words: str, by_type: _ByType) -> str:
    return " ".join(map(by_type.__getitem__, words.split(" "))) if words else ""
