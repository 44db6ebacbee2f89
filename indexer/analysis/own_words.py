"""The editors' words, as they are at this moment in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

HEAVIEST_SYNONYM: Final = 0.5  # a synonym never weighs as much as the word itself


class Synonym(NamedTuple):
    """Who asks for `word` is also given `same_as`; either may be several words."""

    word: str
    same_as: str
    weight: float = HEAVIEST_SYNONYM


class OwnWords(NamedTuple):
    words: frozenset[str] = frozenset()  # stand alone, and may be the first and the last part of compounds
    protected: frozenset[str] = frozenset()  # the same, and are never taken apart
    synonyms: tuple[Synonym, ...] = ()


_current = OwnWords()
_forgetting: list[Callable[[], None]] = []


def own_words() -> OwnWords:
    return _current


def use_own_words(own: OwnWords) -> None:
    """From now on in this process; what was derived from the words before is forgotten."""
    global _current  # noqa: PLW0603 - one language a process, as one dictionary
    changed = own[:2] != _current[:2]
    _current = own
    if changed:
        for forget in _forgetting:
            forget()


def forget_with_own_words(forget: Callable[[], None]) -> None:
    """`forget` is called whenever words or protected words have changed: for caches of what follows from them."""
    _forgetting.append(forget)
