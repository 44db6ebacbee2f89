"""Lines over labels that follow each other, as years do; each line ends in its name and last value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from webapp.charts.chart import MARKS, Chart, Series
from webapp.charts.letters import fitted, width
from webapp.charts.marks import marker
from webapp.charts.numbers import is_whole, scale, told
from webapp.charts.shapes import Drawing, Shape, path, text

WIDTH, HEIGHT = 760, 300
TOP, FOOT = 14.0, 264.0
END_ROOM = 200  # for the names at the lines' ends
APART = 19  # between two names
LABEL_APART = 14  # between two labels under the axis

Place = Callable[[float], float]


def draw(chart: Chart) -> Drawing:
    values = tuple(value for one in chart.series for value in one.values)
    steps = scale(chart.lowest, chart.highest, whole=is_whole(values))
    ends = [_end(one, chart) for one in chart.series]
    left = 16 + max(width(told(step, chart.unit)) for step in steps)
    right = WIDTH - min(END_ROOM, max(map(width, ends))) - 16
    between = (right - left) / max(len(chart.labels) - 1, 1)

    def x(place: float) -> float:
        return left + between * place if len(chart.labels) > 1 else (left + right) / 2

    def y(value: float) -> float:
        return FOOT - (value - steps[0]) / (steps[-1] - steps[0]) * (FOOT - TOP)

    shapes = []
    for step in steps:
        shapes.append(path("grid" if step else "axis", f"M{left:.1f} {y(step):.1f}H{right:.1f}"))
        shapes.append(text(left - 8, y(step) + 5, told(step, chart.unit), "dim", "end"))
    shapes += [text(x(place), FOOT + 22, label, "dim", "middle") for place, label in _labels(chart, between)]
    for mark, one in zip(MARKS, chart.series, strict=False):
        shapes += _line(one, mark, x, y)
    shapes += _ends(chart, ends, right + 12, y)
    return Drawing(WIDTH, HEIGHT, tuple(shapes))


def _end(one: Series, chart: Chart) -> str:
    """Name and last known value; without a value the name alone."""
    last = next((value for value in reversed(one.values) if value is not None), None)
    if last is None:
        return fitted(one.name, END_ROOM)
    value = f", {told(last, chart.unit, decimals=chart.decimals)}"
    return fitted(one.name, END_ROOM - width(value)) + value


def _labels(chart: Chart, between: float) -> Iterator[tuple[int, str]]:
    """The last label and, counted back from it, as many as have room."""
    widest = max(map(width, chart.labels)) + LABEL_APART
    every = max(1, -int(-widest // between))
    last = len(chart.labels) - 1
    for place in range(last % every, last + 1, every):
        yield place, chart.labels[place]


def _line(one: Series, mark: str, x: Place, y: Place) -> Iterator[Shape]:
    """The line breaks where a value is unknown."""
    points = [(x(place), y(value)) if value is not None else None for place, value in enumerate(one.values)]
    drawn = "".join(
        f"{'L' if before else 'M'}{now[0]:.1f} {now[1]:.1f}" for before, now in pairwise((None, *points)) if now
    )
    if drawn:
        yield path(f"line-{mark}", drawn)
    yield from (marker(*point, mark) for point in points if point)


def _ends(chart: Chart, ends: list[str], left: float, y: Place) -> Iterator[Shape]:
    """Each name at its line's height, or as near as the names above and below let it."""
    lasts = [next((v for v in reversed(one.values) if v is not None), 0.0) for one in chart.series]
    order = sorted(range(len(ends)), key=lambda place: (y(lasts[place]), place))
    heights: list[float] = []
    for place in order:
        heights.append(max(y(lasts[place]), heights[-1] + APART if heights else TOP))
    for step, beyond in enumerate(reversed(range(len(heights)))):
        heights[beyond] = min(heights[beyond], FOOT - step * APART)
    for place, height in zip(order, heights, strict=True):
        yield text(left, height + 5, ends[place], "strong" if place == 0 else "text")
