"""Addresses that people keep go on working: the key of a term that was merged is read as what it became."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from catalog.database import Database
from catalog.seeded_terms import FIXED
from indexer import Filter, NamedValue, SearchQuery, values_named
from webapp.told_terms import told_words, words_of
from webapp.vocabulary import Vocabulary, vocabulary


def todays_key(kind: str, key: str, words: Vocabulary) -> str:
    """The key that the index counts by. It knows the values of a fixed list by their own keys only."""
    return key if kind in FIXED else words.now(kind, key)


def in_todays_terms(query: SearchQuery, database: Database, *others: str) -> SearchQuery:
    """The same question for those who ask it, each choice once under what it is called now.

    What is both chosen and excluded is excluded. A value named in the text, or in others that will be asked beside it,
    is what is called so today.
    """
    words = words_of(query, database)
    return replace(
        query,
        filters=tuple(_today(one, words) for one in query.filters),
        named=_named_values((query.text, *others), database, query.audience),
    )


def _today(chosen: Filter, words: Vocabulary) -> Filter:
    exclude = dict.fromkeys(todays_key(chosen.field, key, words) for key in chosen.exclude)
    include = dict.fromkeys(todays_key(chosen.field, key, words) for key in chosen.include)
    return replace(chosen, include=tuple(key for key in include if key not in exclude), exclude=tuple(exclude))


def _named_values(texts: Iterable[str], database: Database, audience: frozenset[str]) -> tuple[NamedValue, ...]:
    """What `field:value` in these texts means today: by label, else by old name, else by key; merged as what it became.

    A value that is called so by nothing that the audience may know of is left out.
    """
    asked = {(one.field, one.written) for text in texts for one in values_named(text)}
    if not asked:
        return ()
    words = vocabulary(database)
    called = [(kind, key) for kind, written in asked for _, key in words.called(kind, written)]
    told = told_words(called, database, audience)
    found = ((kind, written, tuple(_best(told, kind, written))) for kind, written in sorted(asked))
    return tuple(NamedValue(kind, written, keys) for kind, written, keys in found if keys)


def _best(words: Vocabulary, kind: str, written: str) -> Iterable[str]:
    called = list(words.called(kind, written))
    nearest = min((how for how, _ in called), default=0)
    return sorted({todays_key(kind, key, words) for how, key in called if how == nearest})
