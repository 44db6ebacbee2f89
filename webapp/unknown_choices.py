"""Choices that nothing in the bank has which this person may see, as in an address that was kept or typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from catalog.term_audience import KindAndKey
from indexer import MISSING, Filter, NamedValue, SearchQuery, values_named
from webapp.facets import BY_NAME
from webapp.texts import gettext
from webapp.told_terms import FIRST_TERMS
from webapp.vocabulary import Vocabulary

MOST_DOUBTFUL = 5  # choices that are looked for

Finds = Callable[[SearchQuery], bool]


def unknown_choices(query: SearchQuery, finds: Finds) -> list[KindAndKey]:
    """By facet and key; the bank's own first terms aside. Asks the engine once for each choice that is none."""
    values = ((one.field, key) for one in query.filters for key in (*one.include, *one.exclude))
    doubtful = (one for one in values if one[1] != MISSING and one not in FIRST_TERMS)
    return [(name, key) for name, key in islice(doubtful, MOST_DOUBTFUL) if _is_nowhere(query, name, (key,), finds)]


def unknown_told(unknown: Iterable[KindAndKey], words: Vocabulary) -> tuple[str, ...]:
    """A sentence for each."""
    return tuple(_told(name, words.label(name, key)) for name, key in unknown)


def unknown_names_told(query: SearchQuery, finds: Finds) -> tuple[str, ...]:
    """A sentence for each value that the question names, as `förvaltning:fasta` does, and that nothing has."""
    named = (one for one in values_named(query.text, query.named) if not _is_first(one))
    doubtful = islice(named, MOST_DOUBTFUL)
    return tuple(_told(one.field, one.written) for one in doubtful if _is_nowhere(query, one.field, one.keys, finds))


def _is_first(named: NamedValue) -> bool:
    return any((named.field, key) in FIRST_TERMS for key in named.keys)


def _is_nowhere(query: SearchQuery, name: str, keys: tuple[str, ...], finds: Finds) -> bool:
    whoever = SearchQuery(audience=query.audience, today=query.today)
    return not finds(whoever.with_filter(Filter(name, keys)))


def _told(name: str, value: str) -> str:
    return gettext("Inget i banken har valet ”%(value)s” under %(facet)s.", value=value, facet=BY_NAME[name].label)
