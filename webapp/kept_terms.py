"""Addresses that people keep go on working: the key of a term that was merged is read as what it became."""

from __future__ import annotations

from dataclasses import replace

from catalog.seeded_terms import FIXED
from indexer import Filter, SearchQuery
from webapp.vocabulary import Vocabulary


def todays_key(kind: str, key: str, words: Vocabulary) -> str:
    """The key that the index counts by. It knows the values of a fixed list by their own keys only."""
    return key if kind in FIXED else words.now(kind, key)


def in_todays_terms(query: SearchQuery, words: Vocabulary) -> SearchQuery:
    """The same question, each choice once under what it is called now; one both chosen and excluded is excluded."""
    return replace(query, filters=tuple(_today(one, words) for one in query.filters))


def _today(chosen: Filter, words: Vocabulary) -> Filter:
    exclude = dict.fromkeys(todays_key(chosen.field, key, words) for key in chosen.exclude)
    include = dict.fromkeys(todays_key(chosen.field, key, words) for key in chosen.include)
    return replace(chosen, include=tuple(key for key in include if key not in exclude), exclude=tuple(exclude))
