"""How much of a hit's rank each word of the question gives, out of the engine's explanation."""

from __future__ import annotations

from collections.abc import Iterator

from indexer import Explanation, Question, Reason, analyse, forms, grams, ways_of
from webapp.texts import gettext

MOST, SOME = 0.5, 0.15  # of the whole, from which a share is told as "mest" and as "en del"
NEIGHBOURS = "neighbours"


def shares(asked: Question, told: Explanation) -> dict[int, float]:
    """By the number of the question's word; neighbours stand for themselves.

    A token that several words have in common counts for the first of them.
    """
    found: dict[int, float] = {}
    for reason in told.reasons:
        if (word := word_of(asked, reason)) is not None:
            found[word] = found.get(word, 0.0) + reason.share
    return found


def word_of(asked: Question, reason: Reason) -> int | None:
    """None for what no single word has made."""
    if reason.kind == NEIGHBOURS:
        return None
    sought = set(reason.tokens)
    words = range(len(asked.clauses))
    return next((number for number in words if sought <= _tokens(asked, number)), None)


def neighbours(told: Explanation) -> Iterator[Reason]:
    return (reason for reason in told.reasons if reason.kind == NEIGHBOURS)


def in_words(share: float) -> str:
    if share >= MOST:
        return gettext("mest")
    return gettext("en del") if share >= SOME else gettext("lite")


def _tokens(asked: Question, number: int) -> frozenset[str]:
    """All that an index may hold of the question's word."""
    found = {key for way in ways_of(asked, number) for key in (*way.keys, *way.leaves)}
    for word in analyse(asked.words[number].shown).exact.split():
        found |= {word, *grams(word), *forms(word).keys, *forms(word).leaves}
    return frozenset(found)
