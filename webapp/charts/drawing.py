"""A chart drawn: for a page, in the stylesheet's classes."""

from __future__ import annotations

from markupsafe import Markup

from webapp.charts import bars, heat, line_chart
from webapp.charts.chart import MARKS, Chart
from webapp.charts.marks import patterns
from webapp.charts.shapes import Drawing, by_class, readable, written
from webapp.texts import gettext

_DRAWN = {"bars": bars.draw, "stacked": bars.draw, "lines": line_chart.draw, "heat": heat.draw}


def drawn(chart: Chart) -> Drawing:
    """The shapes of the chart alone, without its title and legend."""
    made = _DRAWN[chart.kind](chart)
    used = MARKS[: len(chart.series)] if chart.kind == "stacked" else ()
    return Drawing(made.width, made.height, (*patterns(chart.name, used), *made.shapes))


def svg(chart: Chart) -> Markup:
    """For a page that shows title, legend and table around it; without any style attribute."""
    made = drawn(chart)
    return Markup('<svg class="chart" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">\n{}\n</svg>').format(
        round(made.width, 1), round(made.height, 1), readable(described(chart)), written(made.shapes, by_class)
    )


def described(chart: Chart) -> str:
    """What somebody hears who does not see the chart; the figures themselves stand in its table."""
    first, last = chart.labels[0], chart.labels[-1]
    if chart.kind == "heat":
        return gettext("Värmekarta: %(title)s. Siffrorna finns i tabellen.", title=chart.title)
    if chart.kind == "lines":
        said = gettext("Linjer: %(title)s, %(first)s till %(last)s.", title=chart.title, first=first, last=last)
    else:
        said = gettext("Staplar: %(title)s, %(first)s till %(last)s.", title=chart.title, first=first, last=last)
    return gettext("%(said)s Siffrorna finns i tabellen.", said=said)
