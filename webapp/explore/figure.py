"""The chart beside the table: which kinds suit it, which one is drawn, and a sentence of what is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webapp.charts import MARKS, Chart, Kind, Series
from webapp.explore import choices
from webapp.explore.axes import YEAR
from webapp.explore.choices import View
from webapp.explore.counting import Counting
from webapp.explore.money import MILLION, millions
from webapp.explore.table import Figure, Line, Table
from webapp.figures import number, upper_first
from webapp.search_words import Choice
from webapp.texts import gettext as _

FEWEST_FOR_LINES = 2  # years


@dataclass(frozen=True, slots=True)
class Drawn:
    """kinds: those that suit the table, with links. left_out: columns that the chart has no room for."""

    chart: Chart
    kinds: tuple[Choice, ...]
    sentence: str
    left_out: str


def drawn(view: View, table: Table, counting: Counting, title: str) -> Drawn | None:
    """None where nothing was found."""
    if not table.lines or not counting.value("*", "*"):
        return None
    suited = _suited(view, table)
    kind = view.kind if view.kind in suited else suited[0]
    series, left_out = _series(view, table, kind)
    title = _("%(title)s, mnkr", title=title) if view.count == "medel" else title
    chart = Chart(kind, title, tuple(line.head.label for line in table.lines), series, decimals=view.count == "medel")
    kinds = tuple(Choice(_named(one), None, choices.link(replace(view, kind=one)), one == kind) for one in suited)
    return Drawn(chart, kinds if len(kinds) > 1 else (), sentence(view, table), left_out)


def _suited(view: View, table: Table) -> list[Kind]:
    """The first is the one that is drawn where nobody has chosen.

    Bars are stacked only where what they are made of does not overlap: a project of two methods would stand in both.
    """
    if not table.heads:
        lines: list[Kind] = ["lines"] if _runs(view, table) else []
        return ["bars", *lines]
    apart = all(sum(cell.value for cell in line.cells) == line.total.value for line in table.lines)
    kinds: list[Kind] = ["stacked"] if apart and not table.columns_left_out else []
    if _runs(view, table):
        kinds.append("lines")
    return [*kinds, "heat", "bars"]


def _runs(view: View, table: Table) -> bool:
    return view.rows.name == YEAR and len(table.lines) >= FEWEST_FOR_LINES


def _series(view: View, table: Table, kind: Kind) -> tuple[tuple[Series, ...], str]:
    """The series, and words on those that found no room."""
    if kind == "bars" or not table.heads:
        return (Series(_unit(view), tuple(_size(view, line.total) for line in table.lines)),), ""
    made = [
        Series(head.label, tuple(_size(view, line.cells[place]) for line in table.lines))
        for place, head in enumerate(table.heads)
    ]
    if kind == "heat" or len(made) <= len(MARKS):
        return tuple(made), ""
    order = sorted(range(len(made)), key=lambda place: -table.foot.cells[place].value)
    if kind == "lines":
        kept = sorted(order[: len(MARKS)])
        told = _("Diagrammet visar de %(n)s vanligaste av %(all)s; alla står i tabellen.", n=len(kept), all=len(made))
        return tuple(made[place] for place in kept), told
    kept = sorted(order[: len(MARKS) - 1])
    rest = [made[place] for place in order[len(MARKS) - 1 :]]
    others = Series(
        _("övriga %(n)s", n=len(rest)),
        tuple(sum(v or 0 for v in row) for row in zip(*(r.values for r in rest), strict=True)),
    )
    return (*(made[place] for place in kept), others), ""


def _size(view: View, figure: Figure) -> float:
    return figure.value / MILLION if view.count == "medel" else figure.value


def _unit(view: View) -> str:
    return {"projekt": upper_first(_("projekt")), "dokument": _("Dokument"), "medel": _("Medel")}[view.count]


def _named(kind: Kind) -> str:
    return {
        "bars": _("staplar"),
        "stacked": _("delade staplar"),
        "lines": _("linjer"),
        "heat": _("värmekarta"),
    }[kind]


def sentence(view: View, table: Table) -> str:
    """The tallest row, and the commonest column."""
    if not table.heads:
        return of_rows(view, table)
    place = max(range(len(table.heads)), key=lambda at: table.foot.cells[at].value)
    column, widest = table.heads[place].label, table.foot.cells[place]
    largest = _("Största kolumnen är %(column)s: %(n)s.", column=column, n=widest.told)
    return f"{of_rows(view, table)} {largest}"


def of_rows(view: View, table: Table) -> str:
    """The tallest row, of a table that has one."""
    tallest = max(table.lines, key=lambda line: line.total.value)
    told = {"row": tallest.head.label, "n": _told(view, tallest), "all": _told(view, table.foot)}
    if view.count == "medel":
        return _("Mest medel: %(row)s, %(n)s av %(all)s mnkr.", **told)
    if view.count == "dokument":
        return _("Flest dokument: %(row)s, %(n)s av %(all)s.", **told)
    return _("Flest projekt: %(row)s, %(n)s av %(all)s.", **told)


def _told(view: View, line: Line) -> str:
    return millions(line.total.value) if view.count == "medel" else number(line.total.value)
