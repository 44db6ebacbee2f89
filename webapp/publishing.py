"""Publication of a project or of a single document, after one decision for each identity number found."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from catalog import documents, identity, projects
from catalog.columns import LARGEST_ID
from catalog.errors import IdentityNumbersUnconfirmed
from catalog.models import Document, Project
from webapp import publish_check
from webapp.bank import bank
from webapp.figures import number
from webapp.my_name import my_name
from webapp.publish_check import MAY_STAND, REMOVE, Check, needs_reason
from webapp.search_hits import document_meta, title_of
from webapp.signed_in import editors_only, my_audience
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary
from workers import queue

CLASSES = ("open", "internal", "restricted")
WITHDRAW = "avpublicera"
LONGEST_WHY = 1000  # characters

bp = Blueprint("publishing", __name__)


@bp.get("/projekt/<slug>/publicera")
@editors_only
def project(slug: str) -> ResponseReturnValue:
    found, read = _project(slug)
    return _show(found, read, [one.id for one in read])


@bp.post("/projekt/<slug>/publicera")
@editors_only
def publish_project(slug: str) -> ResponseReturnValue:
    found, read = _project(slug)
    chosen = set(request.form.getlist("dokument"))
    return _act(found, read, [one for one in read if str(one.id) in chosen])


@bp.get(f"/dokument/<int(max={LARGEST_ID}):document_id>/publicera")
@editors_only
def document(document_id: int) -> ResponseReturnValue:
    found = _document(document_id)
    return _show(None, [found], [found.id])


@bp.post(f"/dokument/<int(max={LARGEST_ID}):document_id>/publicera")
@editors_only
def publish_document(document_id: int) -> ResponseReturnValue:
    found = _document(document_id)
    return _act(None, [found], [found])


def _project(slug: str) -> tuple[Project, list[Document]]:
    """The project and those of its documents that have been read. Raises NotThere."""
    with bank().database.reading() as session:
        found = projects.by_slug(session, slug, my_audience())
        kept = documents.in_project(session, found.id, my_audience())
        return found, [one for one in kept if one.state == "read"]


def _document(document_id: int) -> Document:
    with bank().database.reading() as session:
        return documents.visible(session, document_id, my_audience())


def _act(found: Project | None, read: Sequence[Document], chosen: Sequence[Document]) -> ResponseReturnValue:
    """Notes the decisions, then does what the pressed button says; all of it or nothing."""
    checked = publish_check.check(bank().database, None, read, {})
    why = " ".join(request.form.get("skal", "").split())
    if problem := _problem(checked, why):
        return _show(found, read, [one.id for one in chosen], why_problem=problem), HTTPStatus.UNPROCESSABLE_ENTITY
    unwanted = _decide(checked, why)
    wanted = request.form.get("gor", "")
    if unwanted is not None:
        return redirect(f"/dokument/{unwanted}/ta-bort?skal=personnummer", HTTPStatus.SEE_OTHER)
    if wanted == WITHDRAW:
        _withdraw(found, chosen)
    elif wanted in CLASSES:
        try:
            _publish(found, chosen, wanted)
        except IdentityNumbersUnconfirmed as unconfirmed:
            told = _show(found, read, [one.id for one in chosen], undecided=len(unconfirmed.findings))
            return told, HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        flash(_("Besluten är sparade."), "ok")
        return redirect(request.path, HTTPStatus.SEE_OTHER)
    queue.nudge("index")
    return redirect(f"/projekt/{found.slug}" if found else f"/dokument/{chosen[0].id}", HTTPStatus.SEE_OTHER)


def _problem(checked: Check, why: str) -> str:
    """What is wrong with the reason, "" for nothing. Decisions of before anybody was asked for one stand without."""
    if len(why) > LONGEST_WHY:
        return _("Skälet är för långt. Skriv högst %(most)s tecken.", most=number(LONGEST_WHY))
    new = [one for one in publish_check.decisions(checked.found, request.form) if one[1] != one[0].decision]
    if not why and any(choice == MAY_STAND for _finding, choice in new):
        return _("Skriv varför numret får stå.")
    return ""


def _decide(checked: Check, why: str) -> int | None:
    """Writes down each new decision; gives the id of a document that is to be removed, if any.

    The reason goes with each number that may stand and has none yet.
    """
    unwanted = None
    with bank().database.transaction() as session:
        for finding, choice in publish_check.decisions(checked.found, request.form):
            if choice == REMOVE:
                unwanted = finding.subject_id
            elif choice != finding.decision or (why and needs_reason(finding, choice)):
                place = (finding.subject_id, finding.page, finding.fingerprint)
                identity.decide(session, *place, choice, by=my_name(), why=why if choice == MAY_STAND else "")
    return unwanted


def _publish(found: Project | None, chosen: Sequence[Document], classification: str) -> None:
    confirmed = request.form.get("egna") == "ja"
    with bank().database.transaction() as session:
        for one in chosen:
            documents.publish(session, one.id, classification, my_name())
        if found is not None:
            projects.publish(session, found.id, classification, my_name(), confirmed=confirmed)
    label = vocabulary(bank().database).label("classification", classification)
    flash(_("Publicerat som %(classification)s. Det syns i sökningen om några sekunder.", classification=label), "ok")


def _withdraw(found: Project | None, chosen: Sequence[Document]) -> None:
    with bank().database.transaction() as session:
        for one in chosen:
            documents.unpublish(session, one.id)
        if found is not None:
            projects.unpublish(session, found.id)
    flash(_("Publiceringen är tillbakadragen. Bara redaktörer ser det nu."), "ok")


def _show(
    found: Project | None,
    read: Sequence[Document],
    chosen: Sequence[int],
    *,
    undecided: int = 0,
    why_problem: str = "",
) -> str:
    words = vocabulary(bank().database)
    return render_template(
        "publishing/check.html",
        project=found,
        title=found.title if found else title_of(read[0]),
        back=f"/projekt/{found.slug}/redigera" if found else f"/dokument/{read[0].id}/redigera",
        check=publish_check.check(bank().database, found, read, request.form),
        listed=[(one, title_of(one), document_meta(one, words)) for one in read],
        chosen=set(chosen),
        undecided=undecided,
        why=request.form.get("skal", "")[:LONGEST_WHY],
        why_problem=why_problem,
        longest_why=LONGEST_WHY,
        words=words,
    )
