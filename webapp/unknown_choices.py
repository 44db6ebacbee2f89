"""Choices that nothing in the bank has which this person may see, as in an address that was kept or typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from catalog.term_audience import KindAndKey
from indexer import MISSING, Filter, SearchQuery
from webapp.facets import BY_NAME
from webapp.texts import gettext
from webapp.told_terms import FIRST_TERMS
from webapp.vocabulary import Vocabulary

MOST_DOUBTFUL = 5  # choices that are looked for

Finds = Callable[[SearchQuery], bool]


def unknown_choices(query: SearchQuery, finds: Finds) -> list[KindAndKey]:
    """By facet and key; the bank's own first terms aside. Asks the engine once for each choice that is none."""
    whoever = SearchQuery(audience=query.audience, today=query.today)
    values = ((one.field, key) for one in query.filters for key in (*one.include, *one.exclude))
    doubtful = (one for one in values if one[1] != MISSING and one not in FIRST_TERMS)
    return [one for one in islice(doubtful, MOST_DOUBTFUL) if not finds(whoever.with_filter(Filter(one[0], (one[1],))))]


def unknown_told(unknown: Iterable[KindAndKey], words: Vocabulary) -> tuple[str, ...]:
    """A sentence for each."""
    return tuple(
        gettext(
            "Inget i banken har valet ”%(value)s” under %(facet)s.",
            value=words.label(name, key),
            facet=BY_NAME[name].label,
        )
        for name, key in unknown
    )
