"""Cross tables: what a question finds, counted by two facets at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from indexer import fields
from indexer.choosing import OF_DOCUMENTS, passes
from indexer.search_query import MISSING, Reading, SearchQuery

YEAR: Final = "year"
Key = tuple[str, str]  # of a row and a column
Ids = Collection[int]


class Cell(NamedTuple):
    """documents: hits. projects: ids of those with a hit, be it their own entry; a document of none counts in none.

    A tuple, as a table of open lists has thousands of them.
    """

    documents: int = 0
    projects: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cross:
    """What a question finds by (row's key, column's key), of each row, each column and in all.

    Only what is not empty is there. A year's key is its four digits, MISSING that of what has no value. Each cell, row
    and column is the whole answer to `query.narrowed` to it under this `reading`; a document with two values counts in
    both rows, and once in the total. Without columns the one column's key is "".
    """

    reading: Reading
    cells: Mapping[Key, Cell] = field(default_factory=lambda: MappingProxyType({}))
    rows: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    total: Cell = field(default_factory=Cell)


@dataclass(frozen=True, slots=True)
class Axes:
    """The two facets, or "year", of a table; raises ValueError for what nothing can be counted by."""

    rows: str
    columns: str = ""

    def __post_init__(self) -> None:
        names = {YEAR, *(facet.name for facet in fields.facets())}
        if self.rows not in names or self.columns not in {"", *names} or self.rows == self.columns:
            raise ValueError(f"There is no table of {self.rows!r} by {self.columns!r}.")

    @property
    def names(self) -> tuple[str, ...]:
        return (self.rows, self.columns) if self.columns else (self.rows,)

    @property
    def of_documents(self) -> bool:
        """Whether one of them is a facet that projects' own entries are not asked for."""
        return OF_DOCUMENTS in self.names


@dataclass(frozen=True, slots=True)
class Tally:
    """What an engine counted, by keys. documents: hits that are documents. projects: ids.

    apart: projects of which an entry stands in a row without standing in a column (None), or the other way round.
    """

    documents: Mapping[Key, int]
    of_rows: Mapping[str, int]
    of_columns: Mapping[str, int]
    total: int
    projects: Mapping[Key, Ids]
    apart: Mapping[tuple[str | None, str | None], Ids]


def key_of(value: str | int | None) -> str:
    """Of what an index holds; a year is 0 where nobody knows it."""
    return f"{value:04d}" if value and isinstance(value, int) else str(value or MISSING)


def crossed(axes: Axes, query: SearchQuery, reading: Reading, tally: Tally) -> Cross:
    """Without the rows and columns of values that an entry has beside those that the query asks for."""
    cells = {
        key: Cell(tally.documents.get(key, 0), frozenset(tally.projects.get(key, ())))
        for key in dict.fromkeys((*tally.documents, *tally.projects))
        if passes(query, axes.rows, key[0]) and passes(query, axes.columns, key[1])
    }
    placed: list[tuple[str | None, str | None, frozenset[int]]] = [
        (row, column, cell.projects) for (row, column), cell in cells.items()
    ]
    placed += [(row, column, frozenset(ids)) for (row, column), ids in tally.apart.items()]
    rows = _totals(tally.of_rows, ((row, ids) for row, _, ids in placed))
    columns = _totals(tally.of_columns, ((column, ids) for _, column, ids in placed))
    return Cross(
        reading,
        cells,
        {key: cell for key, cell in rows.items() if passes(query, axes.rows, key)},
        {key: cell for key, cell in columns.items() if passes(query, axes.columns, key)},
        Cell(tally.total, frozenset().union(*(ids for _, _, ids in placed))),
    )


def _totals(documents: Mapping[str, int], projects: Iterable[tuple[str | None, frozenset[int]]]) -> dict[str, Cell]:
    """Of each row, or each column; what is not empty."""
    found: dict[str, list[frozenset[int]]] = {key: [] for key, count in documents.items() if count}
    for key, ids in projects:
        if key is not None:
            found.setdefault(key, []).append(ids)
    return {key: Cell(documents.get(key, 0), frozenset().union(*ids)) for key, ids in found.items()}
