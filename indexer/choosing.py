"""What the filters of a question ask of an entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from indexer.conditions import AllOf, Between, Condition, HasKey, HasNone, any_of
from indexer.search_query import FIRST_YEAR, LAST_YEAR, MISSING, SearchQuery

# A project's own entry is no document: it lacks no document type, and nobody who asks for documents without one wants
# to see all projects.
OF_DOCUMENTS: Final = "document_type"
_DOCUMENT: Final = HasKey("kind", ("document",))
OWN_ENTRY_LACKING: Final = AllOf((HasNone(OF_DOCUMENTS), HasKey("kind", ("project",))))


def demanded(query: SearchQuery) -> list[Condition]:
    """All of these are met: any of the included values of each facet, and the year."""
    found = [any_of(tuple(_values(choice.field, choice.include))) for choice in query.filters if choice.include]
    return [*found, _years(query)] if query.has_years else found


def excluded(query: SearchQuery) -> list[Condition]:
    """None of these is met."""
    return [one for choice in query.filters for one in _values(choice.field, choice.exclude)]


def passes(query: SearchQuery, name: str, key: str) -> bool:
    """Whether a value of what the query finds is one that it asks for; an entry may have others beside it."""
    choice = query.filter_of(name)
    return not choice.include or key in choice.include


def _values(name: str, keys: tuple[str, ...]) -> Iterator[Condition]:
    if present := tuple(key for key in keys if key != MISSING):
        yield HasKey(name, present)
    if MISSING in keys:
        yield AllOf((HasNone(name), _DOCUMENT)) if name == OF_DOCUMENTS else HasNone(name)


def _years(query: SearchQuery) -> Between:
    if query.without_year:
        return Between("year", 0, 0)
    first, last = query.from_year or FIRST_YEAR, query.to_year or LAST_YEAR
    return Between("year", max(first, FIRST_YEAR), last)
