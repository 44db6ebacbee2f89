"""What tells one analysis from another: a change of any of this changes tokens, so the index is built anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import Stemmer

from indexer.analysis.own_words import forget_with_own_words, own_words
from indexer.analysis.word_data import fingerprint

_CODE: Final = ("folding", "tokens", "lexicon", "splitter", "forms", "word_lists", "word_types", "own_words")
_LISTS: Final = ("words", "first_parts", "whole", "never_first", "never_last", "dictionary_forms")


@cache
def analysis_version() -> str:
    """Of code, word data, the bank's lists, the editors' words and protected words.

    Stop words and synonyms are not in it: they act on questions, never on the index.
    """
    digest = hashlib.sha256(f"{Stemmer.version()} {fingerprint()}".encode())
    here, lists = Path(__file__).parent, files("mappings").joinpath("swedish")
    for name in _CODE:
        digest.update((here / f"{name}.py").read_bytes())
    for name in _LISTS:
        digest.update(lists.joinpath(f"{name}.txt").read_bytes())
    words, protected, _ = own_words()
    digest.update(repr((sorted(words), sorted(protected))).encode())
    return digest.hexdigest()[:16]


forget_with_own_words(analysis_version.cache_clear)
