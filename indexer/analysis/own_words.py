"""The bank's own words, which editors may add to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Synonym:
    word: str
    same_as: str
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class OwnWords:
    words: frozenset[str] = field(default=frozenset())
    protected: frozenset[str] = field(default=frozenset())
    synonyms: tuple[Synonym, ...] = ()


_current = OwnWords()


def use_own_words(own: OwnWords) -> None:
    global _current  # noqa: PLW0603 - one list a process
    _current = own


def own_words() -> OwnWords:
    return _current
