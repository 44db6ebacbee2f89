"""A word → the keys that it is found by: the word itself, the parts of a compound, its leaves, its 5-grams."""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

from indexer.analysis.lexicon import Lexicon
from indexer.analysis.own_words import forget_with_own_words, own_words
from indexer.analysis.splitter import parts_of
from indexer.analysis.stemming import stem_of
from indexer.analysis.word_data import table

MOST_CACHED: Final = 100_000  # word types; about 40 MB
LETTERS_OF_A_GRAM: Final = 5


class Forms(NamedTuple):
    keys: tuple[str, ...]
    """The word's own key, then every level of parts, then leaves; each once."""
    tops: tuple[str, ...]
    """Keys of a compound's first level of parts in their order; () where the word is not taken apart."""
    leaves: tuple[str, ...]
    """What is left when all is taken apart, in order; the word's own key where it is not."""


def forms(exact: str) -> Forms:
    """Of a word as `fold` makes it."""
    return _forms[exact]


def grams(exact: str) -> tuple[str, ...]:
    """Five letters each of "_word_"; of a shorter word the padded word itself."""
    padded = f"_{exact}_"
    if len(padded) <= LETTERS_OF_A_GRAM:
        return (padded,)
    return tuple(padded[at : at + LETTERS_OF_A_GRAM] for at in range(len(padded) - LETTERS_OF_A_GRAM + 1))


def is_known_word(exact: str) -> bool:
    """Whether a word is good Swedish, by the word data, lists and editors, whatever the bank holds."""
    return _forms.lexicon.knows(exact)


class _FormsOfWords(dict[str, Forms]):
    """Computed once per word type."""

    def __init__(self) -> None:
        super().__init__()
        self._of_lemmas: dict[str, Forms] = {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Opened when the first word is asked for."""
        return Lexicon(table(), own_words())

    def __missing__(self, exact: str) -> Forms:
        if len(self) >= MOST_CACHED:
            self.clear()
            self._of_lemmas.clear()
        lemma = self.lexicon.lemma(exact)
        found = self._of_lemmas.get(lemma) or self._of_lemma(lemma, self.lexicon)
        self[exact] = self._of_lemmas[lemma] = found
        return found

    def _of_lemma(self, lemma: str, lexicon: Lexicon) -> Forms:
        parts = parts_of(lemma, lexicon)
        if parts and not lexicon.stays_whole(lemma):
            *firsts, last = parts
            bases = [*map(lexicon.of_first, firsts), lexicon.of_last(last)]
            if max(map(len, bases)) < len(lemma):  # so that taking apart comes to an end
                return _joined(lemma[: -len(last)], [self[base] for base in bases])
        alone = (stem_of(lemma),)
        return Forms(alone, (), alone)


def _joined(before_last: str, parts: list[Forms]) -> Forms:
    """The whole key is made of the last part's, so that forms which the dictionary lacks have it too."""
    whole = before_last + parts[-1].keys[0]
    tops = tuple([part.keys[0] for part in parts])
    leaves = tuple([leaf for part in parts for leaf in part.leaves])
    if len(leaves) == len(tops):  # no part is taken apart
        return Forms(tuple(dict.fromkeys((whole, *tops))), tops, tops)
    within = [key for part in parts for key in part.keys[1:] if key not in leaves]
    return Forms(tuple(dict.fromkeys((whole, *tops, *within, *leaves))), tops, leaves)


_forms = _FormsOfWords()


def _forget() -> None:
    """A new cache rather than an empty one: a thread that is at work may still write what it found to the old one."""
    global _forms  # noqa: PLW0603 - one language a process
    _forms = _FormsOfWords()


forget_with_own_words(_forget)
