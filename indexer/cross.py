"""Cross tables: what a question finds, counted by two facets at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from indexer import fields
from indexer.choosing import OF_DOCUMENTS
from indexer.search_query import MISSING, Reading, SearchQuery

YEAR: Final = "year"
Key = tuple[str, str]  # of a row and a column
Ids = Collection[int]
_NOBODY: Final[frozenset[int]] = frozenset()
K = TypeVar("K")


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
    rows_left_out and columns_left_out: how many keys there are besides, where not all were asked for.
    """

    reading: Reading
    cells: Mapping[Key, Cell] = field(default_factory=lambda: MappingProxyType({}))
    rows: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    total: Cell = field(default_factory=Cell)
    rows_left_out: int = 0
    columns_left_out: int = 0


@dataclass(frozen=True, slots=True)
class Axes:
    """The two facets, or "year", of a table; raises ValueError for what nothing can be counted by.

    most: how many keys of a facet are counted, those of most documents; 0 for all. Years, and what has no value, are
    counted in any case.
    """

    rows: str
    columns: str = ""
    most: int = 0

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


@dataclass(slots=True)
class Tally:
    """What an engine counted, by keys: hits that are documents, and ids of projects with a hit, in any number of parts.

    Projects may stand in a row without standing in any of its cells: where an entry of theirs has no column.
    projects_besides: those of the total, among them all that stand in no row.
    """

    documents: dict[Key, int]
    documents_of_rows: dict[str, int]
    documents_of_columns: dict[str, int]
    total_documents: int
    projects: dict[Key, list[Ids]] = field(default_factory=dict)
    projects_of_rows: dict[str, list[Ids]] = field(default_factory=dict)
    projects_of_columns: dict[str, list[Ids]] = field(default_factory=dict)
    projects_besides: list[Ids] = field(default_factory=list)

    def add_cell(self, row: str, column: str, ids: Ids) -> None:
        self.projects.setdefault((row, column), []).append(ids)
        self.add_row(row, ids)
        self.add_column(column, ids)

    def add_row(self, row: str, ids: Ids) -> None:
        self.projects_of_rows.setdefault(row, []).append(ids)

    def add_column(self, column: str, ids: Ids) -> None:
        self.projects_of_columns.setdefault(column, []).append(ids)


def key_of(value: str | int | None) -> str:
    """Of what an index holds; a year is 0 where nobody knows it."""
    return f"{value:04d}" if value and isinstance(value, int) else str(value or MISSING)


@dataclass(frozen=True, slots=True)
class Commonest:
    """Of a facet of which not all keys are counted: those that are, besides MISSING, and those that are not."""

    keys: tuple[str, ...]
    rarer: frozenset[str]


Limits = Mapping[str, Commonest]  # by facet; nothing where all keys are counted
NO_LIMITS: Limits = MappingProxyType({})


def limits(axes: Axes, query: SearchQuery, documents: Callable[[str], Mapping[str, int]]) -> Limits:
    """documents: of a facet, how many each key has among the hits, 0 where own entries alone have it."""
    names = [name for name in axes.names if axes.most and name != YEAR]
    found = {name: _commonest(documents(name), query.filter_of(name).include, axes.most) for name in names}
    return {name: commonest for name, commonest in found.items() if commonest.rarer}


def _commonest(documents: Mapping[str, int], asked: Collection[str], most: int) -> Commonest:
    present = documents.keys() - {MISSING}
    keys = sorted(present & set(asked) if asked else present, key=lambda key: (-documents[key], key))
    rarer = present.difference(keys[:most]) if len(keys) > most else ()
    return Commonest(tuple(keys[:most]), frozenset(rarer))


def crossed(axes: Axes, query: SearchQuery, reading: Reading, tally: Tally, limited: Limits) -> Cross:
    """Without the rows and columns of values that an entry has beside those that the query asks for."""
    rows = _cells(tally.documents_of_rows, tally.projects_of_rows)
    columns = _cells(tally.documents_of_columns, tally.projects_of_columns)
    cells = _cells(tally.documents, tally.projects)
    everyone = _NOBODY.union(*(cell.projects for cell in rows.values()), *tally.projects_besides)
    if asked := set(query.filter_of(axes.rows).include):
        rows = {key: cell for key, cell in rows.items() if key in asked}
        cells = {key: cell for key, cell in cells.items() if key[0] in asked}
    if asked := set(query.filter_of(axes.columns).include):
        columns = {key: cell for key, cell in columns.items() if key in asked}
        cells = {key: cell for key, cell in cells.items() if key[1] in asked}
    total = Cell(tally.total_documents, everyone)
    return Cross(reading, cells, rows, columns, total, *(_left_out(name, query, limited) for name in axes.names))


def _left_out(name: str, query: SearchQuery, limited: Limits) -> int:
    """How many keys that the query asks for are not counted."""
    rarer = limited[name].rarer if name in limited else frozenset()
    asked = set(query.filter_of(name).include)
    return len(rarer & asked if asked else rarer)


def added(some: Sequence[Tally]) -> Tally:
    """Of parts of the entries."""
    return Tally(
        _counts_added(one.documents for one in some),
        _counts_added(one.documents_of_rows for one in some),
        _counts_added(one.documents_of_columns for one in some),
        sum(one.total_documents for one in some),
        _lists_added(one.projects for one in some),
        _lists_added(one.projects_of_rows for one in some),
        _lists_added(one.projects_of_columns for one in some),
        [ids for one in some for ids in one.projects_besides],
    )


def _counts_added(some: Iterable[Mapping[K, int]]) -> dict[K, int]:
    counts: Counter[K] = Counter()
    for one in some:
        counts.update(one)
    return dict(counts)


def _lists_added(some: Iterable[Mapping[K, list[Ids]]]) -> dict[K, list[Ids]]:
    lists: defaultdict[K, list[Ids]] = defaultdict(list)
    for one in some:
        for key, found in one.items():
            lists[key] += found
    return dict(lists)


def _cells(documents: Mapping[K, int], projects: Mapping[K, list[Ids]]) -> dict[K, Cell]:
    """Of everything that has either."""
    cells = {key: Cell(documents.get(key, 0), _NOBODY.union(*some)) for key, some in projects.items()}
    cells = {key: cell for key, cell in cells.items() if cell.projects}
    return cells | {key: Cell(count) for key, count in documents.items() if count and key not in cells}
