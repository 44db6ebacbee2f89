"""Dropping files and following them through the queue."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Blueprint, Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog import documents, drops, queue_places, scans
from catalog.errors import IdentityNumbersUnconfirmed, NotThere
from webapp import project_choice, queue_part
from webapp.bank import bank
from webapp.my_name import my_name
from webapp.queue_page import QueuePage, Reader, build
from webapp.signed_in import editors_only
from webapp.taking_in import Taken, take_in
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.upload_wish import PRESENT, UploadWish, read_wish
from webapp.uploads import takes_files
from workers import queue
from workers.scan_reading import reads_scans

bp = Blueprint("upload", __name__)


@bp.get("/uppladdning")
@editors_only
def upload() -> ResponseReturnValue:
    return _page(read_wish(request.args) if "projekt" in request.args else UploadWish())


@bp.post("/uppladdning")
@takes_files
@editors_only
def uploaded() -> ResponseReturnValue:
    """Every original is safe before the answer; the workers are told once."""
    wish = _with_project(read_wish(request.form))
    files = [one for one in request.files.getlist("filer") if one.filename]
    if not files and not wish.trouble:
        wish = wish.with_trouble("filer", _("Välj minst en fil."))
    if wish.trouble:
        return _not_taken(wish)
    try:
        taken = take_in(bank(), files, wish, my_name())
    except IdentityNumbersUnconfirmed:
        told = _("Namnet innehåller ett personnummer. Skriv ett annat namn.")
        return _not_taken(wish.with_trouble("projektnamn", told))
    except NotThere:
        return _not_taken(wish.with_trouble("projektet", _("Projektet finns inte längre. Välj ett annat.")))
    queue.nudge("read")
    return _answer(taken)


@bp.get("/uppladdning/ko")
@editors_only
def queue_now() -> ResponseReturnValue:
    """The queue alone, for the script that keeps the page fresh; 304 where nothing has changed."""
    response = make_response(render_template("upload/queue.html", queue=_queue()))
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request)


@bp.get("/uppladdning/projekt")
@editors_only
def propose_projects() -> ResponseReturnValue:
    """Names for what is being typed in a field for a project's name."""
    response = jsonify(project_choice.proposals(bank().database, request.args.get("q", "")))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.post("/uppladdning/ko")
@editors_only
def change_queue() -> ResponseReturnValue:
    told = ""
    if again := request.form.get("igen"):
        told = ngettext("En fil läses igen.", "%(num)s filer läses igen.", _retry(again))
    elif "skannade" in request.form:
        told = _wake_scans(request.form["skannade"])
    elif away := request.form.get("bort"):
        _put_away(away)
    if request.headers.get("X-Requested-With") == "fetch":  # the script shows the queue itself
        return "", HTTPStatus.NO_CONTENT
    if told:
        flash(told, "ok")
    where = url_for("upload.upload", _external=False, **queue_part.read(request.form).parameters)
    return redirect(where, HTTPStatus.SEE_OTHER)


def _retry(which: str) -> int:
    """Tells how many files are to be read again."""
    count = 1
    with bank().database.transaction() as session:
        if which == "alla":
            count = documents.retry_all_failed(session)
        else:
            documents.retry(session, _number(which))
    queue.nudge("read")
    return count


def _wake_scans(which: str) -> str:
    """What waited for the program that reads scans is read now."""
    with bank().database.transaction() as session:
        pages, files = scans.wake(session, None if which == "alla" else _number(which))
    queue.nudge("read")
    queue.nudge("ocr")
    return _("Inskannade sidor läses nu.") if pages or files else _("Inga inskannade sidor väntar.")


def _put_away(which: str) -> None:
    with bank().database.transaction() as session:
        if which == "klara":
            drops.hide_done(session, my_name())
        else:
            drops.hide(session, _number(which))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 16):  # noqa: PLR2004 - digits of the largest id
        raise NotThere("That is no id.")
    return int(text)


def _queue() -> QueuePage:
    settings, wanted = bank().settings, queue_part.read(request.values)
    is_read = reads_scans(settings)
    with bank().database.reading() as session:
        stands = queue_places.standing(session, wanted.parts, reads_scans=is_read)
        if wanted.page > (last := queue_part.pages(stands.counts.get(wanted.place, 0))):  # it has become shorter
            wanted = wanted.at(last)
            stands = queue_places.standing(session, wanted.parts, reads_scans=is_read)
        rows = drops.queue(session, stands.ids, reads_scans=is_read)
        hard = scans.hard_pages(session, [row.document_id for row in rows if row.document_id and row.scan_pages])
    reader = Reader(my_name(), int(settings.upload_megabytes), datetime.now(UTC), is_read, hard)
    return build(rows, stands.counts, wanted, reader)


def _page(wish: UploadWish) -> str:
    name = wish.project_name or project_choice.title_of(bank().database, wish.project_id)
    return render_template("upload/page.html", wish=wish, project_name=name, queue=_queue())


def _with_project(wish: UploadWish) -> UploadWish:
    """With the project that the typed name means."""
    if wish.project != PRESENT or not wish.project_name:
        return wish
    project_id, trouble = project_choice.chosen(bank().database, wish.project_name, wish.project_id)
    return wish.with_trouble("projektet", trouble) if trouble else replace(wish, project_id=project_id)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _not_taken(wish: UploadWish) -> ResponseReturnValue:
    if _wants_json():
        return jsonify(trouble=" ".join(wish.trouble.values())), HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(wish), HTTPStatus.UNPROCESSABLE_ENTITY


def _answer(taken: Taken) -> Response | tuple[Response, int]:
    """A file over the limit is told as such (413) where nothing else came with it; the queue shows it anyway."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if taken.only_too_large else HTTPStatus.CREATED
    if _wants_json():
        return jsonify(files=len(taken.files), refused=taken.refused), status
    if taken.only_too_large:
        limit = bank().settings.upload_megabytes
        told = _("Filen är för stor. Gränsen är %(limit)s MB per fil. Dela den och släpp delarna.", limit=limit)
        flash(told, "err")
        return make_response(_page(UploadWish()), status)
    flash(ngettext("En fil är mottagen.", "%(num)s filer är mottagna.", len(taken.files)), "ok")
    return make_response(redirect(url_for("upload.upload"), HTTPStatus.SEE_OTHER))
