"""Finding the names of controlled terms in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

LONGEST_ENDING = 3  # letters after a name that still make a form of it: slutrapporten, hemlösa
MOST_LABELS = 10_000  # whose variants are kept in memory: the same few hundred are looked for in each document
SHORT = 3  # characters; shorter names are found as they are written only, without endings
_LETTERS_OF_A_START = 4
_STARTS = re.compile(rf"(\w{{{_LETTERS_OF_A_START}}})\w*+")
_IN_BRACKETS = re.compile(r"\s*\(([^()]{2,60})\)")


@dataclass(frozen=True, slots=True)
class Found:
    """The name of a key at its place in the text."""

    key: str
    start: int


class _Name(NamedTuple):
    """is_exact: found only as it is written; the others are given in lower case, as starts always are.

    start: its first letters, with which a word of the text must begin; "" where its first word has fewer.
    """

    text: str
    is_exact: bool
    start: str


class Searched:
    """A text made ready for being asked for many names: on one line, as written, in lower case, words' beginnings."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self._written = " ".join(words)
        self.lowered = self._written.lower()
        self._starts = {"", *_STARTS.findall(" ".join(dict.fromkeys(words)).lower())}

    def holds(self, name: _Name) -> bool:
        # Few names begin as one of the words does, and a long text is not looked through for the others.
        return name.start in self._starts and name.text in (self._written if name.is_exact else self.lowered)


class Vocabulary:
    """Those of the names that a text holds at all, ready to be found in it or in its parts.

    Looking for a name anywhere is a hundred times cheaper than a pattern of all names, and most documents hold few.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], text: Searched) -> None:
        insensitive: dict[str, str] = {}
        exact: dict[str, str] = {}
        for key, given in names.items():
            for name in (variant for label in given for variant in _variants(label)):
                if text.holds(name):
                    (exact if name.is_exact else insensitive).setdefault(name.text, key)
        ending = rf"\w{{0,{LONGEST_ENDING}}}\b"
        self._patterns = [
            (_pattern(known, end, flags), known)
            for known, end, flags in ((insensitive, ending, re.IGNORECASE), (exact, r"\b", re.NOFLAG))
            if known
        ]

    def __bool__(self) -> bool:
        """Whether the text holds any of the names."""
        return bool(self._patterns)

    def find(self, text: str) -> Iterator[Found]:
        """Every place where a name stands, in the order of the text."""
        places = [
            Found(known[_known_name(match[1], known)], match.start())
            for pattern, known in self._patterns
            for match in pattern.finditer(text)
        ]
        yield from sorted(places, key=lambda found: found.start)


@lru_cache(maxsize=MOST_LABELS)
def _variants(label: str) -> tuple[_Name, ...]:
    """A label without its brackets, and what stands in them: "motiverande samtal (MI)"."""
    bare = " ".join(_IN_BRACKETS.sub(" ", label).split())
    return tuple(_name(text) for text in (bare, *_IN_BRACKETS.findall(label)) if len(text) > 1)


def _name(text: str) -> _Name:
    is_exact = text.isupper() or len(text) <= SHORT
    start = _STARTS.match(text.lower())
    return _Name(text if is_exact else text.lower(), is_exact, start[1] if start else "")


def _pattern(names: Mapping[str, str], ending: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """One pattern for all names, the longest first; blanks match line breaks too."""
    parts = [re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True)]
    return re.compile(rf"\b({'|'.join(parts)}){ending}", flags)


def _known_name(written: str, known: Mapping[str, str]) -> str:
    name = " ".join(written.split())
    return name if name in known else name.lower()
