"""What the figures of a table mean, in sentences beside it and in the head of a file."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.explore.axes import FUNDING_YEAR, YEAR, Axis
from webapp.explore.choices import View
from webapp.explore.table import Table
from webapp.figures import upper_first
from webapp.texts import gettext as _


def title(view: View) -> str:
    """Sakområde och utfall."""
    if view.columns is None:
        return str(view.rows.label)
    return _("%(rows)s och %(columns)s", rows=view.rows.label, columns=_inside(str(view.columns.label)))


def caption(view: View) -> str:
    """Antal projekt efter sakområde och utfall."""
    told = {"projekt": upper_first(_("projekt")), "dokument": _("Dokument"), "medel": _("Beviljade medel")}[view.count]
    by = _inside(str(view.rows.label))
    if view.columns is None:
        return _("%(what)s efter %(rows)s", what=told, rows=by)
    return _("%(what)s efter %(rows)s och %(columns)s", what=told, rows=by, columns=_inside(str(view.columns.label)))


def over(view: View, table: Table) -> str:
    """Over the table: what is counted, of what the shares are, and who is counted twice."""
    what = {
        "projekt": _("Antal projekt"),
        "dokument": _("Antal dokument"),
        "medel": _("Beviljade medel i miljoner kronor"),
    }[view.count]
    share = {"rad": _("andel av raden"), "kolumn": _("andel av kolumnen"), "alla": _("andel av alla")}[view.share]
    return " ".join([_("%(what)s, och %(share)s.", what=what, share=share), *_twice(view, table)])


def under(view: View, table: Table) -> Iterator[str]:
    """Under the table: what shades and money mean."""
    if table.heads:
        of = {
            "rad": _("Starkare färg betyder större andel av raden."),
            "kolumn": _("Starkare färg betyder större andel av kolumnen."),
            "alla": _("Starkare färg betyder större andel av alla."),
        }
        yield of[view.share]
    if "finding" in {view.rows.name, view.columns.name if view.columns else ""}:
        yield _("Utfall är vad utvärderingen visade, inte om projektet var bra.")
    yield money(view)


def money(view: View) -> str:
    """What the sums of granted money are of."""
    if {YEAR, FUNDING_YEAR} & {view.rows.name, view.columns.name if view.columns else ""}:
        return _(
            "Medel för ett år är det som projekten där fick beviljat just det året. Sista raden är alla år "
            "tillsammans, och räknar varje projekt en gång."
        )
    return _(
        "Medel är det som projekten på raden har fått beviljat, alla år tillsammans. Ett projekt på flera rader räknas "
        "på var och en av dem, och en gång i sista raden."
    )


def _twice(view: View, table: Table) -> Iterator[str]:
    """Whether something stands in several rows, or columns, as the figures themselves tell."""
    each = _("varje dokument") if view.count == "dokument" else _("varje projekt")
    if sum(line.total.value for line in table.lines) > table.foot.total.value:
        yield _("%(several)s; sista raden räknar %(each)s en gång.", several=_several(view, view.rows), each=each)
    across = ((sum(cell.value for cell in line.cells), line.total.value) for line in (*table.lines, table.foot))
    if view.columns and any(cells > total for cells, total in across):
        several = _several(view, view.columns)
        yield _("%(several)s; kolumnen efter dem räknar %(each)s en gång.", several=several, each=each)


def _several(view: View, axis: Axis) -> str:
    if view.count == "dokument":
        return _("Ett dokument kan ha flera %(many)s", many=axis.many)
    if axis.name == YEAR:
        return _("Ett projekt kan ha dokument från flera år")
    return _("Ett projekt kan ha flera %(many)s", many=axis.many)


def _inside(label: str) -> str:
    """A label inside a sentence."""
    return label[:1].lower() + label[1:]
