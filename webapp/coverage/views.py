"""The page, its lists, its table as a file, and the button that has documents read again."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from catalog.documents import rereading
from webapp.bank import bank
from webapp.coverage import list_page, lists, page
from webapp.export.sheets import CSV_TYPE, XLSX_TYPE, Table, csv_lines, workbook
from webapp.figures import full_date, number
from webapp.signed_in import editors_only
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.watched_folders import folders
from workers.rereading import promise_rereading, readers_today

LONGEST_NUMBER = 7  # digits of a page's number in an address

bp = Blueprint("coverage", __name__)


@bp.get("/administration/tackning")
@editors_only
def shown() -> str:
    return render_template("coverage/page.html", page=page.build(bank()), folders=folders())


@bp.get("/administration/tackning/<address>")
@editors_only
def listed(address: str) -> str:
    listing = lists.listing(address) or abort(404)
    found = list_page.build(bank(), listing, _page_number()) or abort(404)
    return render_template("coverage/list.html", page=found)


@bp.get("/administration/tackning/tabell.csv")
@editors_only
def csv_file() -> Response:
    about, table = _table()
    response = Response(csv_lines(table, about), content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="tackning.csv"'
    return response


@bp.get("/administration/tackning/tabell.xlsx")
@editors_only
def xlsx_file() -> Response:
    about, table = _table()
    return send_file(workbook(about, [table]), XLSX_TYPE, as_attachment=True, download_name="tackning.xlsx")


@bp.post("/administration/tackning/las-om")
@editors_only
def read_again() -> ResponseReturnValue:
    """Those of one list: what an older reader read, or what could not be read."""
    listing = lists.listing(request.form.get("lista", ""))
    if listing is None or not listing.can_be_read_again:
        abort(404)
    today = readers_today(bank().settings, bank().database)
    with bank().database.reading() as session:
        found = rereading.ids_where(session, lists.condition(listing, today))
    promise_rereading(bank().database, found, today, older_only=listing.name == "older_reader")
    told = ngettext("Ett dokument läses om.", "%(n)s dokument läses om.", len(found), n=number(len(found)))
    later = _("Det sker när inget annat väntar. Texten som finns söks tills den nya är klar.")
    flash(f"{told} {later}", "ok")
    return redirect(url_for("coverage.shown"), HTTPStatus.SEE_OTHER)


def _table() -> tuple[list[tuple[str, str]], Table]:
    name = _("Dokument och sidor efter läge")
    about = [(_("Bank"), bank().settings.name), (_("Tabell"), name), (_("Hämtad"), full_date(datetime.now(UTC)))]
    return about, Table(name, (_("Läge"), _("Dokument"), _("Sidor")), page.rows(page.build(bank())))


def _page_number() -> int:
    """The first page where none is named; 404 for what is no number."""
    written = request.args.get("sida", "1")
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER and int(written)):
        abort(404)
    return int(written)
