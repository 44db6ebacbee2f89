"""What the fills of stacked bars stand for."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from webapp.charts.chart import MARKS, Chart
from webapp.charts.letters import width
from webapp.charts.marks import filled, patterns
from webapp.charts.shapes import Drawing, by_class, text, written

ROW, SIGN, BETWEEN = 26, 14, 28


class Key(NamedTuple):
    """sign: a small SVG of the fill, hidden from those who hear the page."""

    name: str
    sign: Markup


def keys(chart: Chart) -> tuple[Key, ...]:
    """For a page; empty for charts whose marks carry their names."""
    if chart.kind != "stacked":
        return ()
    name = f"{chart.name}t"
    return tuple(Key(one.name, _sign(mark, name)) for mark, one in zip(MARKS, chart.series, strict=False))


def _sign(mark: str, name: str) -> Markup:
    shapes = (*patterns(name, (mark,)), filled((1, 1, SIGN, SIGN), mark, name))
    return Markup('<svg viewBox="0 0 16 16" class="legend__key chart" aria-hidden="true">{}</svg>').format(
        written(shapes, by_class)
    )


def drawn_keys(chart: Chart, room: float) -> Drawing:
    """The same for a file: as many rows as the names need."""
    x, y = 0.0, 0.0
    shapes = [*patterns("tecken", MARKS[: len(chart.series)])]
    for mark, one in zip(MARKS, chart.series, strict=False):
        taken = SIGN + 8 + width(one.name)
        if x and x + taken > room:
            x, y = 0.0, y + ROW
        shapes += [filled((x + 1, y + 1, SIGN, SIGN), mark, "tecken"), text(x + SIGN + 8, y + 13, one.name)]
        x += taken + BETWEEN
    return Drawing(room, y + ROW, tuple(shapes))
