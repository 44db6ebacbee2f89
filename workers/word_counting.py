"""From the entries of a batch to the bank's words: what each new entry adds, each word type once a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from catalog.word_models import LONGEST_KEY
from catalog.words import CountedWord
from indexer import IndexEntry, forms, words_in

MOST_KEPT = 200_000  # words of which this process knows that the record has them; some 30 MB


class WordsWritten:
    """What this process has written to the record, each word with its key, for one generation of the index at a time.

    To be forgotten when the editors change what keys words have.
    """

    def __init__(self) -> None:
        self._generation = ""
        self._keys: dict[str, str] = {}

    def of(self, generation: str) -> dict[str, str]:
        if generation != self._generation or len(self._keys) > MOST_KEPT:
            self._generation, self._keys = generation, {}
        return self._keys

    def forget(self) -> None:
        self._keys = {}


class BatchWords:
    """The words of a batch. An entry that was in the index already adds no number, only words that are new."""

    def __init__(self) -> None:
        self._new: Counter[str] = Counter()
        self._again: set[str] = set()
        self._keys: dict[str, str] = {}

    def note(self, entry: IndexEntry, *, is_new: bool) -> None:
        words = words_in(entry)
        self._keys |= words
        (self._new if is_new else self._again).update(words.keys())

    def counted(self, written: Mapping[str, str]) -> Iterator[CountedWord]:
        """Only what tells the record anything: a word that it has is not written again without a number.

        written: words that it has, with their keys, so that they need not be taken apart.
        """
        for word in self._again - self._new.keys() - written.keys():
            yield _counted(word, self._keys[word], 0)
        for word, entries in self._new.items():
            key = written.get(word)
            yield CountedWord(word, key, entries) if key else _counted(word, self._keys[word], entries)


def _counted(word: str, keys: str, entries: int) -> CountedWord:
    """Only a compound, which has several keys, is taken apart."""
    own, _, others = keys.partition("/")
    parts = tuple(part for part in forms(word).tops if len(part) <= LONGEST_KEY) if others else ()
    return CountedWord(word, own[:LONGEST_KEY], entries, parts)
