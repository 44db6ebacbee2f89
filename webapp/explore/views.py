"""/utforska: the page, and its table and charts as files."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp import charts
from webapp.bank import bank
from webapp.explore import choices, downloads, page
from webapp.explore.choices import View
from webapp.explore.kept_list import kept_views
from webapp.export.downloads import made_in_turn
from webapp.kept_terms import in_todays_terms
from webapp.search import today
from webapp.signed_in import my_audience

bp = Blueprint("explore", __name__)
bp.add_app_template_filter(charts.svg, "svg")
bp.add_app_template_filter(charts.keys, "chart_keys")
bp.add_app_template_filter(charts.told, "charted")


def asked() -> View:
    """The view of this request, for the person who asks. Raises BadQuery."""
    view = choices.read(request.args)
    query = view.query.visible_to(my_audience(), today())
    return replace(view, query=in_todays_terms(query, bank().database, view.first, view.second))


@bp.get("/utforska")
def explore() -> ResponseReturnValue:
    view = asked()
    if choices.needs_tidying(request.args):
        return redirect(choices.link(view), 303)
    return render_template("explore/page.html", page=page.build(view, bank()), kept=kept_views())


@bp.get("/utforska/tabell.<any(xlsx, csv):kind>")
def table(kind: str) -> ResponseReturnValue:
    """The whole table, also the rows and columns that the page leaves out; it may be large, so it takes a turn."""
    return made_in_turn(lambda: downloads.sent(downloads.table(page.build(asked(), bank(), complete=True)), kind))


@bp.get("/utforska/diagram.<any(svg, png, xlsx, csv):kind>")
def chart(kind: str) -> ResponseReturnValue:
    return downloads.sent(downloads.chart(page.build(asked(), bank())), kind)


@bp.get("/utforska/jamforelse.<any(svg, png, xlsx, csv):kind>")
def compared(kind: str) -> ResponseReturnValue:
    return downloads.sent(downloads.compared(page.build(asked(), bank())), kind)
