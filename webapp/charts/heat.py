"""A heat map: a square for each label and series, its figure written in it, darker for more."""

from __future__ import annotations

from webapp.charts.chart import Chart
from webapp.charts.letters import SIZE, lines, width
from webapp.charts.numbers import told
from webapp.charts.shapes import Drawing, Shape, path, rect, text

WIDTH = 760
ROW, HEAD, LABEL_ROOM, NARROWEST = 32, 44, 240, 56
STEPS = 5


def step(value: float | None, highest: float) -> int:
    """1 to 5, for the classes heat-1 to heat-5; 0 where there is nothing."""
    if not value or value < 0 or highest <= 0:
        return 0
    return min(STEPS, 1 + int(value / highest * STEPS))


def draw(chart: Chart) -> Drawing:
    """Wider than a page's charts where there are many columns; the page lets it be scrolled."""
    left = min(LABEL_ROOM, max(width(label) for label in chart.labels)) + 16
    room = max(NARROWEST, (WIDTH - left) / len(chart.series))
    shapes: list[Shape] = []
    for column, one in enumerate(chart.series):
        shapes += _written(one.name, left + room * (column + 0.5), HEAD - 12, room - 8, "middle")
        for place, value in enumerate(one.values):
            shapes += _square(value, chart, (left + room * column, HEAD + ROW * place, room))
    for place, label in enumerate(chart.labels):
        shapes += _written(label, left - 8, HEAD + ROW * place + ROW / 2 + 5, LABEL_ROOM, "end")
    shapes.append(path("axis", f"M0 {HEAD - 1}H{left + room * len(chart.series):.1f}"))
    return Drawing(left + room * len(chart.series), HEAD + ROW * len(chart.labels) + 2, tuple(shapes))


def _square(value: float | None, chart: Chart, at: tuple[float, float, float]) -> list[Shape]:
    x, y, room = at
    heat = step(value, chart.highest)
    said = text(
        x + room / 2,
        y + ROW / 2 + 5,
        told(value, chart.unit, decimals=chart.decimals),
        "text" if heat else "dim",
        "middle",
    )
    return [rect(x + 1, y + 1, room - 2, ROW - 2, f"heat-{heat}"), said] if heat else [said]


def _written(said: str, x: float, foot: float, room: float, anchor: str) -> list[Shape]:
    """On one line, or two that end at the same height."""
    parts = lines(said, room)
    rise = SIZE * 1.15
    shift = (len(parts) - 1) * (rise / 2 if anchor == "end" else rise)
    return [text(x, foot - shift + place * rise, part, anchor=anchor) for place, part in enumerate(parts)]
