"""Charts that leave the page: title, legend, colours and fonts written in."""

from __future__ import annotations

from markupsafe import Markup
from resvg_py import svg_to_bytes

from webapp.charts.chart import Chart
from webapp.charts.drawing import described, drawn
from webapp.charts.legend import drawn_keys
from webapp.charts.letters import FAMILY, SIZE, font_files, lines
from webapp.charts.shapes import PAPER, Drawing, Shape, by_colour, readable, rect, written

MARGIN, TITLE_SIZE, TITLE_ROW = 24, 20, 28
# The first that a machine has; a picture is always drawn by the first, which comes along.
FONTS = f"{FAMILY}, Segoe UI, Roboto, Liberation Sans, Arial, sans-serif"


def svg_file(chart: Chart) -> bytes:
    """A file that looks the same without the page's stylesheet: light, on white."""
    made = _framed(chart)
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0:g}" height="{1:g}" viewBox="0 0 {0:g} {1:g}" '
        'font-family="{2}" font-size="{3}" role="img" aria-label="{4}">'
    ).format(round(made.width, 1), round(made.height, 1), FONTS, SIZE, readable(described(chart)))
    body = Markup("{}<title>{}</title>\n{}\n</svg>\n").format(
        head, readable(chart.title), written(made.shapes, by_colour)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def png(chart: Chart, width: int = 1600) -> bytes:
    """A picture so many pixels wide; its letters need no font of the machine."""
    drawing = svg_file(chart).decode()
    return bytes(
        svg_to_bytes(
            svg_string=drawing,
            width=width,
            background=PAPER,
            skip_system_fonts=True,
            font_files=list(font_files()),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def _framed(chart: Chart) -> Drawing:
    made = drawn(chart)
    title = lines(chart.title, made.width, most=3, size=TITLE_SIZE)
    parts: list[Shape] = [
        Shape("text", "strong", {"x": 0, "y": 20 + place * TITLE_ROW, "font_size": TITLE_SIZE}, line)
        for place, line in enumerate(title)
    ]
    height = TITLE_ROW * len(title) + 8.0
    if chart.kind == "stacked":
        legend = drawn_keys(chart, made.width)
        parts.append(_moved(legend, height))
        height += legend.height + 4
    parts.append(_moved(made, height))
    whole_width, whole_height = made.width + 2 * MARGIN, height + made.height + 2 * MARGIN
    inside = Shape("g", "", {"transform": f"translate({MARGIN} {MARGIN})"}, inside=tuple(parts))
    return Drawing(whole_width, whole_height, (rect(0, 0, whole_width, whole_height, "ground"), inside))


def _moved(made: Drawing, down: float) -> Shape:
    return Shape("g", "", {"transform": f"translate(0 {down:g})"}, inside=made.shapes)
