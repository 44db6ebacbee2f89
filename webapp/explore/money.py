"""Sums of granted money: asked for of the record, and written in millions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from catalog import funding_sums
from catalog.database import Database
from indexer import MISSING
from webapp.charts.numbers import told
from webapp.explore.axes import FUNDING_YEAR, YEAR
from webapp.explore.choices import View
from webapp.explore.counting import ALL, Key

MILLION = 1_000_000


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
    """14 200 000 SEK as "14,2", 350 000 as "0,35": as on a chart's marks."""
    return told(crowns / MILLION, decimals=True)
