"""What is worked out once for each word type and then looked up at C speed; for writing, reading and asking alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from indexer.analysis.forms import forms, grams
from indexer.analysis.own_words import forget_with_own_words
from indexer.analysis.remembered import Remembered
from indexer.analysis.stemming import stem_of

MOST_TYPES: Final = 300_000  # kept of each kind; more than a bank of 100,000 pages has, and about 60 MB

_OTHER_KEYS: Final = re.compile("/[^ ]*+")

_parts = Remembered(lambda exact: "/".join(forms(exact).keys), MOST_TYPES)
_leaves_of_keys: dict[str, str] = {}  # a compound's keys, as `parts_of_words` joins them → its leaves
_grams = Remembered(lambda exact: " ".join(grams(exact)), MOST_TYPES)
_stems = Remembered(stem_of, MOST_TYPES)
for _by_own_words in (_parts, _leaves_of_keys):
    forget_with_own_words(_by_own_words.clear)


def parts_of_words(exact: Iterable[str]) -> str:
    """The keys of each word joined by "/", words joined by blanks."""
    return " ".join(map(_parts.__getitem__, exact))


def wholes(parts: str) -> str:
    """The key of each word itself, of words' keys as `parts_of_words` joins them."""
    return _OTHER_KEYS.sub("", parts)


def leaves(exact: str, parts: str) -> str:
    """What is left when all words are taken apart, of words as they are and their keys, each joined by blanks.

    A word with one key is its own leaf, and compounds with the same keys have the same leaves: so most words are
    neither looked up nor taken apart.
    """
    padded = f" {parts} "
    words: list[str] = []
    pieces: list[str] = []
    done, slash = 1, padded.find("/")
    while slash >= 0:
        start, end = padded.rfind(" ", 0, slash) + 1, padded.find(" ", slash)
        keys = padded[start:end]
        found = _leaves_of_keys.get(keys)
        if found is None:
            words = words or exact.split(" ")
            found = _noted(keys, words[padded.count(" ", 1, start)])
        pieces += padded[done:start], found
        done, slash = end, padded.find("/", end)
    return "".join((*pieces, padded[done:-1]))


def _noted(keys: str, word: str) -> str:
    if len(_leaves_of_keys) >= MOST_TYPES:
        _leaves_of_keys.clear()
    found = _leaves_of_keys[keys] = " ".join(forms(word).leaves)
    return found


def grams_of(words: str, most: int) -> str:
    """Of the first `most` of exact forms joined by blanks."""
    return " ".join(map(_grams.__getitem__, words.split(" ", most)[:most])) if words else ""


def stems(words: str) -> str:
    """Snowball's, which indexes of an older mapping hold."""
    return " ".join(map(_stems.__getitem__, words.split(" "))) if words else ""


def stem(exact: str) -> str:
    return _stems[exact]
