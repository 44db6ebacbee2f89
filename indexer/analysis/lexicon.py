"""All that is known of words: the word data, the bank's lists and the editors' words, as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import marisa_trie

from indexer.analysis.folding import fold
from indexer.analysis.own_words import OwnWords
from indexer.analysis.remembered import Remembered
from indexer.analysis.stemming import stem_of
from indexer.analysis.word_choice import LETTERS, SHORTEST_PART
from indexer.analysis.word_lists import listed, pairs
from indexer.analysis.word_table import WordTable

# Regular endings of nouns and adjectives; those count that the stemmer takes off again.
_ENDINGS: Final = (
    *("", "s", "n", "ns", "en", "ens", "t", "ts", "et", "ets", "na", "nas", "a", "as"),
    *("r", "rs", "rna", "rnas", "ar", "ars", "arna", "arnas", "er", "ers", "erna", "ernas"),
    *("or", "ors", "orna", "ornas"),
)
_MOST_STEPS: Final = 4  # lists may lead on from what the table says: anmälningar → anmälning → anmälan
_LETTERS_THAT_CHANGE: Final = 2  # at a word's end when it is inflected: gata, gator
_MOST_PARTS: Final = 20_000  # of each kind, whose dictionary forms are kept; about 2 MB


class Lexicon:
    def __init__(self, table: WordTable, own: OwnWords) -> None:
        self._table = table
        self._never_first = frozenset(part + link for part in listed("never_first") for link in ("", "s"))
        self._never_last = listed("never_last")
        self._lemmas = dict(pairs("dictionary_forms"))
        self._added: set[str] = set()  # forms of added words
        self._first: dict[str, str] = {word: self.lemma(word) for word in listed("first_parts")}
        self._whole: set[str] = set()
        for word in _folded(listed("words") | own.words):
            self._add(word)
        for word in _folded(listed("whole") | own.protected):
            self._whole.add(self._add(word))
        self._firsts = marisa_trie.Trie(self._first)
        self._lasts = marisa_trie.Trie(form[::-1] for form in self._added)
        self._bases_of_firsts = Remembered(self._base_of_first, _MOST_PARTS)
        self._bases_of_lasts = Remembered(self._base_of_last, _MOST_PARTS)

    def lemma(self, word: str) -> str:
        """A word's dictionary form; of an unknown word, the word."""
        if word not in self._lemmas:
            lemma = self._table.lemma(word)
            if lemma is None:
                return word
            if lemma not in self._lemmas:  # what the table says is final
                return lemma
        for _ in range(_MOST_STEPS):
            lemma = self._lemmas.get(word) or self._table.lemma(word) or word
            if lemma == word:
                break
            word = lemma
        return word

    def knows(self, word: str) -> bool:
        """True for a form that the word data or a list has."""
        return word in self._lemmas or self._table.lemma(word) is not None

    def stays_whole(self, lemma: str) -> bool:
        return lemma in self._whole or self._table.is_forbidden(lemma)

    def first_parts(self, text: str) -> list[str]:
        """What `text` may begin with as the first part of a compound."""
        never = self._never_first
        return [part for part in self._table.beginnings(text) + self._firsts.prefixes(text) if part not in never]

    def last_parts(self, word: str) -> dict[int, str]:
        """Where a last part of `word` may begin → it."""
        bases, length = self._bases_of_lasts, len(word)
        backwards = word[: SHORTEST_PART - 1 : -1]  # without the letters that are left to a first part
        found = self._table.endings_of_reversed(backwards) + self._lasts.prefixes(backwards)
        return {at: part for one in found if bases[part := word[(at := length - len(one)) :]]}

    def of_first(self, part: str) -> str:
        """Dictionary form of a first part."""
        return self._bases_of_firsts[part]

    def of_last(self, part: str) -> str:
        """Dictionary form of a last part."""
        return self._bases_of_lasts[part]

    def _base_of_first(self, part: str) -> str:
        return self.lemma(self._first.get(part) or self._lemmas.get(part) or self._table.base_of_begin(part))

    def _base_of_last(self, part: str) -> str:
        """An empty one where the part is mere ending."""
        if part in self._never_last:
            return ""
        base = self.lemma(self._lemmas.get(part) or self._table.lemma_of_end(part))
        return "" if base in self._never_last else base

    def _add(self, word: str) -> str:
        """Makes it a word, a first part and a last part, in all its forms; gives its dictionary form."""
        lemma = self.lemma(word)
        for form in {word, lemma, *self._known_forms(lemma), *self._regular_forms(lemma)}:
            self._lemmas[form] = lemma
            self._added.add(form)
        for first in {word, lemma}:
            self._first[first] = lemma
            if not first.endswith("s"):
                self._first[first + "s"] = lemma
        return lemma

    def _known_forms(self, lemma: str) -> list[str]:
        beginning = lemma[: max(SHORTEST_PART, len(lemma) - _LETTERS_THAT_CHANGE)]
        return [form for form in self._table.forms_with(beginning) if self.lemma(form) == lemma]

    def _regular_forms(self, lemma: str) -> Iterable[str]:
        """The data lack inflections of many words, and have others as words of their own."""
        own = stem_of(lemma)
        return (
            form
            for ending in _ENDINGS
            if stem_of(form := lemma + ending) == own and self._table.lemma(form) in {None, lemma, form}
        )


def _folded(words: Iterable[str]) -> list[str]:
    """As they are indexed, in an order of their own; what is not one word of letters can be no part and is left out."""
    return sorted({folded for word in words if LETTERS.fullmatch(folded := fold(word))})
