"""The words of the bank, in memory: which there are, and roughly in how many entries each stands.

Counts only propose and order. Whether a word exists for a person is asked of the engine (`SearchEngine.word_counts`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from indexer.analysis.forms import forms
from indexer.entry import IndexEntry

SHORTEST, LONGEST = 2, 60  # letters; what is longer is a row of rubbish from a scan
_NO_DOTS = str.maketrans("åäö", "aao")


def words_in(entry: IndexEntry) -> set[str]:
    """The different words of an entry that are of letters only."""
    return {word for word in entry.words if is_word(word)}


def is_word(exact: str) -> bool:
    return SHORTEST <= len(exact) <= LONGEST and exact.isalpha()


def without_dots(word: str) -> str:
    """The word as it is typed where å, ä and ö are hard to reach."""
    return word.translate(_NO_DOTS)


class Ordered:
    """Words in the order of their letters, from the front and, once asked for, from the back."""

    def __init__(self, words: Iterable[str]) -> None:
        self.forwards = sorted(words)

    @cached_property
    def backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self.forwards)

    def beginning(self, start: str) -> list[str]:
        """All that begin so; the start itself among them."""
        return _range(self.forwards, start)

    def ending(self, end: str) -> list[str]:
        return [word[::-1] for word in _range(self.backwards, end[::-1])]

    def sharing(self, word: str, letters: int) -> set[str]:
        """All that share so many letters with the word at the front or at the back."""
        return {*self.beginning(word[:letters]), *self.ending(word[-letters:])}


def _range(ordered: list[str], start: str) -> list[str]:
    first = bisect_left(ordered, start)
    return ordered[first : bisect_left(ordered, start + "\U0010ffff", lo=first)]


class Vocabulary:
    """Frozen once made, but for what completion keeps of it (`beginnings`).

    `keys` are the words' whole keys, `compounds` whole keys of compounds by the key of a part. Where they are not given
    they are computed from the words when first asked for, which takes seconds for many.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        keys: Mapping[str, str] | None = None,
        compounds: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.counts = counts
        self._keys, self._compounds = keys, compounds
        self.beginnings: dict[tuple[str, int], tuple[list[list[str]], list[list[str]]]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def __len__(self) -> int:
        return len(self.counts)

    @cached_property
    def words(self) -> Ordered:
        return Ordered(self.counts)

    @cached_property
    def whole_keys(self) -> Ordered:
        return Ordered(self.by_key)

    @cached_property
    def by_plain(self) -> Mapping[str, list[str]]:
        """Words that hold å, ä or ö, by how they look without dots."""
        found: dict[str, list[str]] = {}
        for word in self.counts:
            if (plain := without_dots(word)) != word:
                found.setdefault(plain, []).append(word)
        return found

    @cached_property
    def keys(self) -> Mapping[str, str]:
        return self._keys if self._keys is not None else {word: forms(word).keys[0] for word in self.counts}

    @cached_property
    def by_key(self) -> Mapping[str, list[str]]:
        """The inflections of each word, by their whole key."""
        found: dict[str, list[str]] = {}
        for word, key in self.keys.items():
            found.setdefault(key, []).append(word)
        return found

    @cached_property
    def compounds(self) -> Mapping[str, Sequence[str]]:
        if self._compounds is not None:
            return self._compounds
        found: dict[str, set[str]] = {}
        for word in self.counts:
            split = forms(word)
            for part in split.tops:
                found.setdefault(part, set()).add(split.keys[0])
        return {part: tuple(sorted(keys)) for part, keys in found.items()}

    @cached_property
    def parts(self) -> Ordered:
        """Keys of all parts of compounds."""
        return Ordered(self.compounds)

    def inflections(self, word: str) -> Sequence[str]:
        """The words of the vocabulary that have the same whole key, commonest first."""
        return self.commonest(self.by_key.get(forms(word).keys[0], ()))

    def commonest(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self.counts.get(word, 0), word))
