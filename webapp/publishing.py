"""Publication of a project or of a single document, after one decision for each identity number found."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from catalog import documents, identity, projects
from catalog.audience import is_hidden_by
from catalog.columns import LARGEST_ID, one_line
from catalog.errors import IdentityNumbersUnconfirmed
from catalog.models import Document, Project
from webapp import publish_check
from webapp.bank import bank
from webapp.figures import number
from webapp.my_name import my_name
from webapp.publish_check import LONGEST_WHY, MAY_STAND, REMOVE, Check, Decided, needs_reason, why_name_of
from webapp.search_hits import document_meta, title_of
from webapp.signed_in import editors_only, my_audience
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary
from workers import queue

CLASSES = ("open", "internal", "restricted")
WITHDRAW = "avpublicera"
WHY = "skal"  # the field of the reason for all numbers

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
    why = one_line(request.form.get(WHY, ""))
    if problem := _problem(checked, why):
        return _show(found, read, [one.id for one in chosen], problem=problem), HTTPStatus.UNPROCESSABLE_ENTITY
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


def _problem(checked: Check, why: str) -> tuple[str, str] | None:
    """(the field, what is wrong with it). Decisions of before anybody was asked for a reason stand without."""
    decided = list(publish_check.decisions(checked.found, request.form))
    for field, written in ((WHY, why), *((why_name_of(one.finding), one.own_why) for one in decided)):
        if len(written) > LONGEST_WHY:
            return field, _("Skälet är för långt. Skriv högst %(most)s tecken.", most=number(LONGEST_WHY))
    if not why and any(one.is_new and one.choice == MAY_STAND and not one.own_why for one in decided):
        return WHY, _("Skriv varför numret får stå.")
    return None


def _decide(checked: Check, why: str) -> int | None:
    """Writes down each new decision; gives the id of a document that is to be removed, if any.

    A reason of its own goes with the number; the one for all with each that may stand and has none.
    """
    unwanted = None
    with bank().database.transaction() as session:
        for one in publish_check.decisions(checked.found, request.form):
            if one.choice == REMOVE:
                unwanted = one.finding.subject_id
            elif one.is_new or (why and needs_reason(one.finding, one.choice)):
                place = (one.finding.subject_id, one.finding.page, one.finding.fingerprint)
                identity.decide(session, *place, one.choice, by=my_name(), why=_reason(one, why))
    return unwanted


def _reason(one: Decided, why: str) -> str:
    return one.own_why or why if one.choice == MAY_STAND else ""


def _publish(found: Project | None, chosen: Sequence[Document], classification: str) -> None:
    confirmed = request.form.get("egna") == "ja"
    with bank().database.transaction() as session:
        published = [documents.publish(session, one.id, classification, my_name()) for one in chosen]
        if found is not None:
            projects.publish(session, found.id, classification, my_name(), confirmed=confirmed)
    flash(*_published_told(published, classification))


def _published_told(published: Sequence[Document], classification: str) -> tuple[str, str]:
    """The message and its tone: whether whom the class admits will find it, or the project stands between."""
    words = vocabulary(bank().database)
    label = words.label("classification", classification)
    between = [one.project for one in published if one.project is not None and is_hidden_by(one.project, one)]
    if not between:
        told = _("Publicerat som %(classification)s. Det syns i sökningen om några sekunder.", classification=label)
        return told, "ok"
    if between[0].published_at is None:
        told = _("Publicerat som %(what)s, men bara redaktörer ser det tills projektet är publicerat.", what=label)
        return told, "warn"
    stricter = words.label("classification", between[0].classification)
    told = _(
        "Publicerat som %(what)s, men projektet har klassen %(project)s. Bara de som ser projektet ser dokumentet, "
        "tills projektet publiceras för fler.",
        what=label,
        project=stricter,
    )
    return told, "warn"


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
    problem: tuple[str, str] | None = None,
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
        why=request.form.get(WHY, "")[:LONGEST_WHY],
        why_problem=problem,
        longest_why=LONGEST_WHY,
        words=words,
    )
