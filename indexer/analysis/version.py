"""What tells one analysis from another: a change of any of this changes tokens, so the index is built anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

import Stemmer

from indexer.analysis.own_words import forget_with_own_words, own_words
from indexer.analysis.word_data import sources_digest

# The number of this analysis. Raise it by one when code gives any text other tokens than before (exact forms, parts,
# leaves, wholes, letters, stems, places): every bank then builds its index anew. Code that gives the same tokens in
# another way leaves it alone, and so do new word data and lists, which tell themselves.
ANALYSIS: Final = 1
# Of the tokens of a fixed text (tests/indexer/test_analysis_version.py), so that nobody changes them unawares.
DIGEST_OF_TOKENS: Final = "faeec954547c25b59029c8dfd27ea719"

_LISTS: Final = ("words", "first_parts", "whole", "never_first", "never_last", "dictionary_forms")


@cache
def analysis_version() -> str:
    """Of the number above, Snowball, the word data, the bank's lists, the editors' words and protected words.

    Stop words and synonyms are not in it: they act on questions, never on the index.
    """
    digest = hashlib.sha256(f"{ANALYSIS} {Stemmer.version()} {sources_digest()}".encode())
    lists = files("mappings").joinpath("swedish")
    for name in _LISTS:
        digest.update(lists.joinpath(f"{name}.txt").read_bytes())
    words, protected, _ = own_words()
    digest.update(repr((sorted(words), sorted(protected))).encode())
    return digest.hexdigest()[:16]


forget_with_own_words(analysis_version.cache_clear)
