"""The table of a view: every figure with its share, its shade and the link to the hits that it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer import SearchQuery
from webapp.explore import axes
from webapp.explore.axes import Axis
from webapp.explore.choices import View
from webapp.explore.counting import ALL, NOTHING, Counting
from webapp.explore.money import millions
from webapp.figures import number
from webapp.texts import gettext as _
from webapp.vocabulary import Vocabulary

MOST_ROWS, MOST_COLUMNS = 30, 12  # of a page; a file has all
MOST_YEARS, MOST_YEARS_ACROSS = 61, 20
MOST_CELLS = 10_000  # of a page that shows "all": more is a file's work
SHADES = 5
EIGHTHS = 8  # each shade is an eighth of a row or column, the darkest half of it and more
HUNDRED = 100

Link = Callable[[SearchQuery], str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell: what it says, its share in words ("" for none), its shade (0 to 5), where it leads ("" where empty).

    part: the share as a number, None for none.
    """

    value: int
    part: float | None
    told: str
    share: str
    shade: int
    link: str


@dataclass(frozen=True, slots=True)
class Head:
    key: str
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row. total: of the whole row. beside: its money, or its projects where money is what is counted.

    granted: SEK; projects: how many.
    """

    head: Head
    cells: tuple[Figure, ...]
    total: Figure
    beside: str
    granted: int
    projects: int


@dataclass(frozen=True, slots=True)
class Table:
    """foot: the line of all. rows_left_out, columns_left_out: how many rarer ones the page does not show."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    foot: Line
    rows_left_out: int
    columns_left_out: int


@dataclass(frozen=True, slots=True)
class Tabulating:
    """What a table is made of. query: the base with its reading decided, which every link carries."""

    view: View
    query: SearchQuery
    counting: Counting
    words: Vocabulary
    link: Link

    def table(self, *, complete: bool = False) -> Table:
        """complete: with every row and column, however many, as a file has them."""
        view, counting = self.view, self.counting
        rows = self._keys(view.rows, (row for row, column in counting.cells if row != ALL and column == ALL))
        columns = self._keys(view.columns, (one for row, one in counting.cells if row == ALL != one))
        most_rows, most_columns = (len(rows), len(columns)) if complete else _most(view, len(columns))
        shown = _shown(view.rows, rows, most_rows, lambda key: counting.value(key, ALL))
        across = _shown(view.columns, columns, most_columns, lambda key: counting.value(ALL, key))
        highest = max((counting.part(row, column) or 0 for row in shown for column in across), default=0)
        return Table(
            heads=tuple(self._head(view.columns, column) for column in across if view.columns),
            lines=tuple(self._line(row, across, highest) for row in shown),
            foot=self._line(ALL, across, 0),
            rows_left_out=len(rows) - len(shown) + counting.rows_left_out,
            columns_left_out=len(columns) - len(across) + counting.columns_left_out,
        )

    def _keys(self, axis: Axis | None, present: Iterable[str]) -> list[str]:
        return axes.keys(axis, present, self.query, self.words) if axis else []

    def _line(self, row: str, columns: list[str], highest: float) -> Line:
        granted = self.counting.granted.get((row, ALL), 0)
        projects = len(self.counting.cells.get((row, ALL), NOTHING).projects)
        beside = number(projects) if self.view.count == "medel" else millions(granted)
        head = self._head(self.view.rows, row) if row != ALL else Head(ALL, _whole(self.view), self.link(self.query))
        cells = tuple(self._figure(row, column, highest) for column in columns)
        return Line(head, cells, self._figure(row, ALL, 0), beside, granted, projects)

    def _figure(self, row: str, column: str, highest: float) -> Figure:
        value, part = self.counting.value(row, column), self.counting.part(row, column)
        told = millions(value) if self.view.count == "medel" else number(value)
        shade = _shade(part or 0, highest, relative=self.view.share == "alla") if ALL not in {row, column} else 0
        there = (row, column) in self.counting.cells
        return Figure(
            value, part, told, percent(part) if value else "", shade, self._link(row, column) if there else ""
        )

    def _head(self, axis: Axis | None, key: str) -> Head:
        """The link of a row or column that nothing is in would open an empty list."""
        row = axis is self.view.rows
        place = (key, ALL) if row else (ALL, key)
        link = self._link(*place) if place in self.counting.cells else ""
        return Head(key, axes.label(axis, key, self.words) if axis else "", link)

    def _link(self, row: str, column: str) -> str:
        return self.link(narrowed(self.query, self.view, row, column))


def narrowed(query: SearchQuery, view: View, row: str, column: str) -> SearchQuery:
    """The question that finds exactly what the cell counts."""
    if row != ALL:
        query = query.narrowed(view.rows.name, row)
    if column != ALL and view.columns:
        query = query.narrowed(view.columns.name, column)
    return query


def percent(part: float | None) -> str:
    """31 %, or < 1 %; nothing where there is no share."""
    if part is None:
        return ""
    if 0 < part < 1 / HUNDRED / 2:
        return "<\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}%"
    return f"{round(part * HUNDRED)}\N{NO-BREAK SPACE}%"


def _shade(part: float, highest: float, *, relative: bool) -> int:
    """relative: of all, where the largest share may be small, the shade is of that one."""
    if not part:
        return 0
    steps = part / highest * SHADES if relative else part * EIGHTHS
    return 1 + min(SHADES - 1, int(steps))


def _whole(view: View) -> str:
    return {"projekt": _("Alla projekt"), "dokument": _("Alla dokument"), "medel": _("Alla medel")}[view.count]


def _most(view: View, columns: int) -> tuple[int, int]:
    """How many rows and columns a page shows."""
    if view.whole:
        across = min(columns, MOST_CELLS // MOST_ROWS)
        return MOST_CELLS // max(across, 1), across
    rows = MOST_YEARS if view.rows.name == axes.YEAR else MOST_ROWS
    return rows, MOST_YEARS_ACROSS if view.columns and view.columns.name == axes.YEAR else MOST_COLUMNS


def _shown(axis: Axis | None, keys: list[str], most: int, count: Callable[[str], int]) -> list[str]:
    """As many as a page shows, in the order that they had: the latest years, of others the commonest."""
    if len(keys) <= most:
        return keys
    if axis and axis.name == axes.YEAR:
        return keys[-most:]
    kept = set(sorted(keys, key=lambda key: (-count(key), key))[:most])
    return [key for key in keys if key in kept]
