"""What administrators and editors look after: the index."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog import generations, jobs, scans
from catalog.generations import Owed
from webapp.bank import bank
from webapp.index_page import IndexPage, Standing, build
from webapp.scans_page import scans_page
from webapp.signed_in import editors_only
from webapp.texts import gettext as _
from webapp.watched_folders import folders
from workers import queue
from workers.rebuilding import promise_rebuild

bp = Blueprint("administration", __name__)


@bp.get("/administration/index")
@editors_only
def index() -> str:
    return render_template("administration/index.html", index=index_stands(), folders=folders())


@bp.get("/administration/index/nu")
@editors_only
def index_now() -> ResponseReturnValue:
    """What changes on the page alone, for the script that keeps it fresh; 304 where nothing has changed."""
    response = make_response(render_template("administration/index_now.html", index=index_stands()))
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request)


@bp.get("/administration/index/bygg-om")
@editors_only
def ask_rebuild() -> str:
    return render_template("administration/rebuild.html", index=index_stands())


@bp.post("/administration/index/bygg-om")
@editors_only
def begin_rebuild() -> ResponseReturnValue:
    begun = promise_rebuild(bank()).begun
    queue.nudge("index")
    if begun:
        flash(_("Ombyggnaden är påbörjad. Sökningen svarar som vanligt under tiden."), "ok")
    else:
        flash(_("En ombyggnad pågår redan."), "warn")
    return redirect(url_for("administration.index"), HTTPStatus.SEE_OTHER)


def index_stands() -> IndexPage:
    """The index at this moment, as the record knows it."""
    with bank().database.reading() as session:
        building = generations.building(session)
        owed = generations.owed(session, building.name) if building else Owed(0, 0)
        stands = Standing(generations.live(session), building, owed, jobs.waiting(session))
        scanning = scans.standing(session)
    return build(stands, bank().settings.engine, datetime.now(UTC), scans_page(bank().settings, scanning))


@bp.post("/administration/index/inskannade")
@editors_only
def read_scans() -> ResponseReturnValue:
    """Reads what waited for the program that reads scans."""
    with bank().database.transaction() as session:
        scans.wake(session)
    queue.nudge("read")
    queue.nudge("ocr")
    flash(_("Inskannade sidor läses nu."), "ok")
    return redirect(url_for("administration.index"), HTTPStatus.SEE_OTHER)
