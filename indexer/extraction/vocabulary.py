"""Finding the names of controlled terms in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LONGEST_ENDING = 3  # letters after a name that still make a form of it: slutrapporten, hemlösa
SHORT = 3  # characters; shorter names are found as they are written only, without endings
_IN_BRACKETS = re.compile(r"\s*\(([^()]{2,60})\)")


@dataclass(frozen=True, slots=True)
class Found:
    """The name of a key at its place in the text."""

    key: str
    start: int


class Vocabulary:
    """Keys with their names, compiled once for a text of any length."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._keys: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        for key, given in names.items():
            for name in (variant for label in given for variant in _variants(label)):
                if name.isupper() or len(name) <= SHORT:
                    self._exact.setdefault(name, key)
                else:
                    self._keys.setdefault(name.lower(), key)
        self._patterns = [
            (pattern, known)
            for pattern, known in (
                (_pattern(self._keys, rf"(?:\w{{0,{LONGEST_ENDING}}})\b", re.IGNORECASE), self._keys),
                (_pattern(self._exact, r"\b", re.NOFLAG), self._exact),
            )
            if known
        ]

    def find(self, text: str) -> Iterator[Found]:
        """Every place where a name stands, in the order of the text."""
        places = [
            Found(known[_known_name(match[1], known)], match.start())
            for pattern, known in self._patterns
            for match in pattern.finditer(text)
        ]
        yield from sorted(places, key=lambda found: found.start)


def _variants(label: str) -> Iterator[str]:
    """A label, without its brackets, and what stands in them: "motiverande samtal (MI)"."""
    bare = " ".join(_IN_BRACKETS.sub(" ", label).split())
    yield from (name for name in (bare, *_IN_BRACKETS.findall(label)) if len(name) > 1)


def _pattern(names: Mapping[str, str], ending: str, flags: re.RegexFlag) -> re.Pattern[str]:
    """One pattern for all names, the longest first; blanks match line breaks too."""
    parts = [re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True)]
    return re.compile(rf"\b({'|'.join(parts)}){ending}", flags)


def _known_name(written: str, known: Mapping[str, str]) -> str:
    name = " ".join(written.split())
    return name if name in known else name.lower()
