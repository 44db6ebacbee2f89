"""What is worked out once for each word type and then looked up at C speed; for writing, reading and asking alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from indexer.analysis.forms import forms, grams
from indexer.analysis.own_words import forget_with_own_words
from indexer.analysis.remembered import Remembered
from indexer.analysis.stemming import stem_of

MOST_TYPES: Final = 300_000  # kept of each kind; more than a bank of 100,000 pages has, and about 60 MB

_parts = Remembered(lambda exact: "/".join(forms(exact).keys), MOST_TYPES)
_leaves = Remembered(lambda exact: " ".join(forms(exact).leaves), MOST_TYPES)
_whole = Remembered(lambda exact: forms(exact).keys[0], MOST_TYPES)
_grams = Remembered(lambda exact: " ".join(grams(exact)), MOST_TYPES)
_stems = Remembered(stem_of, MOST_TYPES)
for _by_own_words in (_parts, _leaves, _whole):
    forget_with_own_words(_by_own_words.clear)


def parts_of_words(exact: Iterable[str]) -> str:
    """The keys of each word joined by "/", words joined by blanks."""
    return " ".join(map(_parts.__getitem__, exact))


def leaves(words: str) -> str:
    """Of exact forms joined by blanks; so in all that follow."""
    return _each(words, _leaves)


def wholes(words: str) -> str:
    """The key of each word itself."""
    return _each(words, _whole)


def grams_of(words: str, most: int) -> str:
    """Of the first `most` words."""
    return " ".join(map(_grams.__getitem__, words.split(" ", most)[:most])) if words else ""


def stems(words: str) -> str:
    """Snowball's, which indexes of an older mapping hold."""
    return _each(words, _stems)


def stem(exact: str) -> str:
    return _stems[exact]


def _each(words: str, by_type: Remembered[str]) -> str:
    return " ".join(map(by_type.__getitem__, words.split(" "))) if words else ""
