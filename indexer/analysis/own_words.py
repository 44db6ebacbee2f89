"""The editors' own words, as they are current in this process. A stand-in for the module of the same name."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Synonym:
    """Whoever asks for `word` also finds `same_as`, which may be several words; weight at most 0.5."""

    word: str
    same_as: str
    weight: float = 0.5


@dataclass(frozen=True, slots=True)
class OwnWords:
    words: frozenset[str] = frozenset()
    protected: frozenset[str] = frozenset()
    synonyms: tuple[Synonym, ...] = field(default=())


class _Current:
    own = OwnWords()


def use_own_words(own: OwnWords) -> None:
    """Makes them current in this process, and forgets what was computed with others."""
    from indexer.analysis.forms import forms

    if own != _Current.own:
        _Current.own = own
        forms.cache_clear()


def own_words() -> OwnWords:
    return _Current.own
