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
from webapp.signed_in import administrators_only, editors_only
from webapp.texts import gettext as _
from webapp.watched_folders import folders
from workers import queue
from workers.rebuilding import give_up, pause, promise_rebuild, resume

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


@bp.post("/administration/index/bygg-om/pausa")
@administrators_only
def pause_rebuild() -> ResponseReturnValue:
    done = pause(bank(), request.form.get("generation", ""))
    return _steered(done, _("Ombyggnaden är pausad. Sökningen svarar ur det gamla indexet."))


@bp.post("/administration/index/bygg-om/fortsatt")
@administrators_only
def resume_rebuild() -> ResponseReturnValue:
    done = resume(bank(), request.form.get("generation", ""))
    queue.nudge("index")
    return _steered(done, _("Ombyggnaden går vidare."))


@bp.get("/administration/index/bygg-om/avbryt")
@administrators_only
def ask_give_up() -> str:
    return render_template("administration/give_up.html", index=index_stands())


@bp.post("/administration/index/bygg-om/avbryt")
@administrators_only
def give_up_rebuild() -> ResponseReturnValue:
    done = give_up(bank(), request.form.get("generation", ""))
    return _steered(done, _("Ombyggnaden är avbruten. Det gamla indexet är kvar och svarar som förut."))


def _steered(done: bool, told: str) -> ResponseReturnValue:
    """Back to the page; where the rebuild has ended or changed since it was shown, that is told instead."""
    flash(told if done else _("Ombyggnaden hade redan ändrats. Så här står det nu."), "ok" if done else "warn")
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
