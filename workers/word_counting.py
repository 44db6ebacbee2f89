"""From the entries of a batch to the bank's words: what each new entry adds, each word type once a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalog.word_models import LONGEST_KEY
from catalog.words import CountedWord
from indexer import IndexEntry, forms, words_in

MOST_KEPT = 200_000  # words of which this process knows that the record has them; some 20 MB


class WordsWritten:
    """What this process has written to the record, for one generation of the index at a time."""

    def __init__(self) -> None:
        self._generation = ""
        self._words: set[str] = set()

    def of(self, generation: str) -> set[str]:
        if generation != self._generation or len(self._words) > MOST_KEPT:
            self._generation, self._words = generation, set()
        return self._words


class BatchWords:
    """The words of a batch. An entry that was in the index already adds no number, only words that are new."""

    def __init__(self) -> None:
        self._new: Counter[str] = Counter()
        self._again: set[str] = set()

    def note(self, entry: IndexEntry, *, is_new: bool) -> None:
        (self._new if is_new else self._again).update(words_in(entry))

    def counted(self, written: set[str]) -> Iterator[CountedWord]:
        """Only what tells the record anything: a word that it has is not written again without a number."""
        for word in self._again - self._new.keys() - written:
            yield _counted(word, 0, is_written=False)
        for word, entries in self._new.items():
            yield _counted(word, entries, is_written=word in written)

    @property
    def all(self) -> set[str]:
        return self._again.union(self._new)


def _counted(word: str, entries: int, *, is_written: bool) -> CountedWord:
    found = forms(word)
    parts = () if is_written else tuple(part for part in found.tops if len(part) <= LONGEST_KEY)
    return CountedWord(word, found.keys[0][:LONGEST_KEY], entries, parts)
