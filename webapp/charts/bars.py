"""Bars that stand where their labels are short (years), and lie where they are long (names)."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.charts.chart import MARKS, Chart
from webapp.charts.letters import SIZE, fitted, lines, width
from webapp.charts.marks import filled
from webapp.charts.numbers import is_whole, scale, told
from webapp.charts.shapes import Drawing, Shape, path, text

WIDTH, HEIGHT = 760, 300
TOP, FOOT, RIGHT = 38.5, 264.0, 750.0
SLOT = 36  # height of a lying bar with its room
BAR_SHARE = 0.64  # of the room that a bar has
LABEL_ROOM = 240
GAP = 8


def draw(chart: Chart) -> Drawing:
    room = (RIGHT - 44) / len(chart.labels)
    longest = max(
        width(label) for label in (*chart.labels, *(_told_of(chart, place) for place in range(len(chart.labels))))
    )
    return _standing(chart) if longest + 4 <= room else _lying(chart)


def _lines(chart: Chart) -> tuple[float, ...]:
    values = tuple(value for one in chart.series for value in one.values)
    return scale(0, chart.highest, whole=is_whole(values))


def _standing(chart: Chart) -> Drawing:
    steps = _lines(chart)
    left = 16 + max(width(told(step, chart.unit)) for step in steps)
    height = FOOT - TOP

    def y(value: float) -> float:
        return FOOT - value / steps[-1] * height

    shapes = []
    for step in steps:
        shapes.append(path("grid" if step else "axis", f"M{left:.1f} {y(step):.1f}H{RIGHT:g}"))
        shapes.append(text(left - 8, y(step) + 5, told(step, chart.unit), "dim", "end"))
    room = (RIGHT - left) / len(chart.labels)
    for place, label in enumerate(chart.labels):
        x, middle = left + room * (place + (1 - BAR_SHARE) / 2), left + room * (place + 0.5)
        low = 0.0
        for mark, value in _parts(chart, place):
            shapes.append(filled((x, y(low + value), room * BAR_SHARE, y(low) - y(low + value)), mark, chart.name))
            low += value
        shapes.append(text(middle, y(low) - 6, _told_of(chart, place), anchor="middle"))
        shapes.append(text(middle, FOOT + 20, label, "dim", "middle"))
    return Drawing(WIDTH, HEIGHT, tuple(shapes))


def _lying(chart: Chart) -> Drawing:
    left = min(LABEL_ROOM, max(width(label) for label in chart.labels)) + 2 * GAP
    values = [_told_of(chart, place) for place in range(len(chart.labels))]
    right = WIDTH - max(map(width, values)) - 2 * GAP
    highest = chart.highest or 1
    shapes: list[Shape] = []
    for place, label in enumerate(chart.labels):
        top, x = 4 + place * SLOT, left
        shapes += _label(label, left - GAP, top + SLOT / 2)
        for mark, value in _parts(chart, place):
            long = value / highest * (right - left)
            shapes.append(filled((x, top + SLOT * (1 - BAR_SHARE) / 2, long, SLOT * BAR_SHARE), mark, chart.name))
            x += long
        shapes.append(text(x + GAP, top + SLOT / 2 + 5, values[place]))
    height = 8 + SLOT * len(chart.labels)
    shapes.append(path("axis", f"M{left:.1f} 2V{height - 2}"))
    return Drawing(WIDTH, height, tuple(shapes))


def _label(label: str, right: float, middle: float) -> Iterator[Shape]:
    """On one line or two, against the bar's foot."""
    parts = lines(label, LABEL_ROOM)
    first = middle + 5 - (len(parts) - 1) * SIZE * 0.6
    for place, part in enumerate(parts):
        yield text(right, first + place * SIZE * 1.2, fitted(part, LABEL_ROOM), anchor="end")


def _parts(chart: Chart, place: int) -> Iterator[tuple[str, float]]:
    for mark, one in zip(MARKS, chart.series, strict=False):
        if value := one.values[place]:
            yield mark, float(value)


def _told_of(chart: Chart, place: int) -> str:
    """The bar's value; a dash where nothing is known, which is not 0."""
    known = any(one.values[place] is not None for one in chart.series)
    return told(chart.total(place) if known else None, chart.unit, decimals=chart.decimals)
