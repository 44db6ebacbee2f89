"""Which letters of a compound are the part that a key stands for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from indexer.analysis.forms import forms
from indexer.analysis.own_words import forget_with_own_words

_FEWEST_LETTERS: Final = 3  # a start shorter than this says nothing of where a part stands
_MOST_CHANGED: Final = 2  # letters at the end of a key that the word may write otherwise ("kvinna", "kvinno")


@lru_cache(maxsize=20_000)
def part_span(exact: str, key: str) -> tuple[int, int] | None:
    """Start and end in the exact form: from the part's first letter to where the next leaf begins, or the word ends.

    None where the key's letters do not stand in the word.
    """
    found = _find(exact, key, 0)
    if found is None:
        return None
    start, end = found
    borders = (at for at in _leaf_starts(exact) if at >= end)
    return start, next(borders, len(exact))


def _leaf_starts(exact: str) -> list[int]:
    """Of the leaves that are found in their order."""
    starts, at = [], 0
    for leaf in forms(exact).leaves:
        if found := _find(exact, leaf, at):
            starts.append(found[0])
            at = found[1]
    return starts


def _find(exact: str, key: str, start: int) -> tuple[int, int] | None:
    """Where the key stands, or the longest start of it that is nearly all of it."""
    for length in range(len(key), max(_FEWEST_LETTERS, len(key) - _MOST_CHANGED) - 1, -1):
        at = exact.find(key[:length], start)
        if at >= 0:
            return at, at + length
    at = exact.find(key, start)
    return (at, at + len(key)) if at >= 0 else None


forget_with_own_words(part_span.cache_clear)
