"""The charts of a report: of what its tables tell too, so that no figure stands in a picture alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from webapp.charts import Chart, Series, svg_file
from webapp.figures import upper_first
from webapp.report.choices import CHARTS
from webapp.report.content import Report, Row
from webapp.texts import gettext as _

FINDINGS, AREAS, MONEY = "utfall", "sakomraden", "medel"
THOUSAND = 1000


def charts(report: Report) -> Mapping[str, Chart]:
    """By place in the report; none where they were not asked for, or where there is nothing to compare."""
    if not report.has(CHARTS):
        return {}
    year = report.choices.year
    made = {
        FINDINGS: _of_projects(_("Projekt efter utfall %(year)s", year=year), report.findings),
        AREAS: _of_projects(_("Projekt efter sakområde %(year)s", year=year), report.areas),
        MONEY: _of_money(_("Beviljade medel efter förvaltning %(year)s, tkr", year=year), report.organisations),
    }
    return {place: chart for place, chart in made.items() if chart is not None}


def standing_alone(chart: Chart) -> Markup:
    """The drawing for a file that has no stylesheet of ours: colours written in."""
    return Markup(svg_file(chart).decode().partition("?>")[2])  # noqa: S704 - our own drawing, its texts escaped


def _of_projects(title: str, rows: Sequence[Row]) -> Chart | None:
    return _bars(title, rows, upper_first(_("projekt")), [row.projects for row in rows])


def _of_money(title: str, rows: Sequence[Row]) -> Chart | None:
    return _bars(title, rows, _("Tkr"), [round(row.money.granted / THOUSAND) for row in rows])


def _bars(title: str, rows: Sequence[Row], name: str, values: Sequence[int]) -> Chart | None:
    """None for a single bar."""
    if len(rows) < 2:  # noqa: PLR2004 - one bar compares nothing
        return None
    labels = tuple(upper_first(row.label) for row in rows)
    return Chart("bars", title, labels, (Series(name, tuple(float(value) for value in values)),))
