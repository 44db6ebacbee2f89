"""Sums of granted money: asked for of the record, and written in millions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from catalog import funding_sums
from catalog.database import Database
from indexer import MISSING
from webapp.explore.axes import FUNDING_YEAR, YEAR
from webapp.explore.choices import View
from webapp.explore.counting import ALL, Key
from webapp.figures import HARD_BLANK, number
from webapp.languages import language

MILLION = 1_000_000
_WHOLE_FROM = 100  # millions; smaller sums have one decimal, those under one million two
_SMALLEST = 5_000  # SEK that are told as 0,01 million


def granted(database: Database, groups: Mapping[Key, Collection[int]], view: View) -> dict[Key, int]:
    """SEK granted to each group's projects, of those that the person may open.

    A year's row or column, be it of the funds, has what was granted in that year; all others, and the sums, have all
    years.
    """
    with database.rows() as rows:
        found = funding_sums.sums_of_groups(rows, groups, view.query.audience, _years(groups, view))
    return {key: money.granted for key, money in found.items()}


def _years(groups: Mapping[Key, Collection[int]], view: View) -> dict[Key, Collection[int]]:
    names = [axis.name if axis else "" for axis in (view.rows, view.columns)]
    at = next((names.index(name) for name in (FUNDING_YEAR, YEAR) if name in names), None)
    if at is None:
        return {}
    return {key: (int(key[at]),) for key in groups if key[at] not in {ALL, MISSING}}


def millions(crowns: int) -> str:
    """14 200 000 SEK as "14,2", 350 000 as "0,35"; what is less than the least that can be written says so."""
    value = crowns / MILLION
    if not crowns:
        return "0"
    if abs(crowns) < _SMALLEST:
        return f"<{HARD_BLANK}{_decimal(0.01, 2)}"
    if abs(value) >= _WHOLE_FROM:
        return number(round(value))
    return _decimal(value, 1 if abs(value) >= 1 else 2)


def _decimal(value: float, digits: int) -> str:
    written = f"{value:.{digits}f}"
    return written if language() == "en" else written.replace(".", ",")
