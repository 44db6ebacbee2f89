"""Charts as SVG for a page, as SVG files and as pictures: the same figures, drawn once."""

from webapp.charts.chart import MARKS, Chart, Kind, Series
from webapp.charts.drawing import described, svg
from webapp.charts.files import png, svg_file
from webapp.charts.legend import Key, keys
from webapp.charts.numbers import told

__all__ = ["MARKS", "Chart", "Key", "Kind", "Series", "described", "keys", "png", "svg", "svg_file", "told"]
