"""Cross table and sums of money -> the one figure of each cell, row, column and of all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from indexer import Cell, Cross
from webapp.explore.choices import Count, Share, View

Key = tuple[str, str]  # of a row and a column; ALL stands for every one
ALL = "*"  # no term's key: those have letters
Sums = Callable[[Mapping[Key, Collection[int]]], Mapping[Key, int]]
"""Granted SEK of each group of projects, each project once in each group."""

NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Counting:
    """cells: also of rows, columns and all, by keys with ALL. granted: SEK of those that the view shows money of.

    rows_left_out, columns_left_out: how many rarer ones were not counted.
    """

    cells: Mapping[Key, Cell]
    granted: Mapping[Key, int]
    count: Count
    share: Share
    rows_left_out: int = 0
    columns_left_out: int = 0

    def value(self, row: str, column: str) -> int:
        if self.count == "medel":
            return self.granted.get((row, column), 0)
        cell = self.cells.get((row, column), NOTHING)
        return len(cell.projects) if self.count == "projekt" else cell.documents

    def part(self, row: str, column: str) -> float | None:
        """The figure's share of its row, its column or all; None where it is the whole itself, or there is none."""
        whole = {"rad": (row, ALL), "kolumn": (ALL, column), "alla": (ALL, ALL)}[self.share]
        if ALL in {row, column}:  # a sum is told as a part of all
            across = {"rad": row == ALL, "kolumn": column == ALL, "alla": True}[self.share]
            whole = (ALL, ALL) if across else (row, column)
        of = self.value(*whole)
        return self.value(row, column) / of if of and whole != (row, column) else None


def counted(cross: Cross, view: View, sums: Sums) -> Counting:
    cells: dict[Key, Cell] = {(ALL, ALL): cross.total}
    cells |= {(row, ALL): cell for row, cell in cross.rows.items()}
    if view.columns:
        cells |= {(ALL, column): cell for column, cell in cross.columns.items()}
        cells |= cross.cells
    asked = {key: cell.projects for key, cell in cells.items() if view.count == "medel" or key[1] == ALL}
    return Counting(
        cells, sums(asked), view.count, view.share, cross.rows_left_out, cross.columns_left_out if view.columns else 0
    )
