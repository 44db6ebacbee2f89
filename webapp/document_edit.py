"""The form of a document's own fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from catalog import documents
from catalog.audience import is_hidden_by
from catalog.columns import LARGEST_ID, one_line
from catalog.errors import IdentityNumbersUnconfirmed
from catalog.fitting import EARLIEST_YEAR, LATEST_YEAR
from catalog.models import Document
from webapp import project_choice
from webapp.bank import bank
from webapp.search_hits import title_of
from webapp.signed_in import editors_only, my_audience
from webapp.term_names import term_names
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary
from workers import queue

LANGUAGES = ("", "sv", "en", "no", "da", "fi")
CLASSES = ("open", "internal", "restricted")
LONGEST_TITLE = 400
LONGEST_NUMBER = 16  # digits of an id; ids lie below 2⁵³

bp = Blueprint("document_edit", __name__)
ID = f"<int(max={LARGEST_ID}):document_id>"


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """What was typed, as it was typed. project: the id of the one whose name stands in the field."""

    title: str
    kind: str
    day: str
    year: str
    project: str
    language: str
    classification: str
    version: str
    project_name: str = field(default="", compare=False)


@bp.get(f"/dokument/{ID}/granska")
@editors_only
def review(document_id: int) -> ResponseReturnValue:
    """To where the facts are: the project's form, or the document's own where it has no project."""
    found = _document(document_id)
    where = f"/projekt/{found.project.slug}/redigera" if found.project else f"/dokument/{found.id}/redigera"
    return redirect(where, HTTPStatus.SEE_OTHER)


@bp.get(f"/dokument/{ID}/redigera")
@editors_only
def edit(document_id: int) -> ResponseReturnValue:
    found = _document(document_id)
    return _show(found, _of_document(found))


@bp.post(f"/dokument/{ID}/redigera")
@editors_only
def change(document_id: int) -> ResponseReturnValue:
    found = _document(document_id)
    form, trouble = _with_project(_of_request(request.form))
    if wrong := _mistakes(form) | trouble:
        return _show(found, form, wrong), HTTPStatus.UNPROCESSABLE_ENTITY
    present = _of_document(found)
    if form.version != present.version and replace(form, version=present.version) != present:
        return _show(found, replace(form, version=present.version), theirs=present), HTTPStatus.CONFLICT
    return _save(found, form)


def _save(found: Document, form: DocumentForm) -> ResponseReturnValue:
    """What is published becomes open by a decision on its own page only; the other changes are kept meanwhile."""
    classification = form.classification
    waits = found.published_at is not None and classification == "open" and found.classification != "open"
    try:
        with bank().database.transaction() as session:
            documents.update(session, found.id, **_fields(form, found.classification if waits else classification))
    except IdentityNumbersUnconfirmed:
        flash(_("Texten innehåller ett personnummer. Bedöm det innan du sparar."), "err")
        return redirect(f"/dokument/{found.id}/publicera", HTTPStatus.SEE_OTHER)
    queue.nudge("index")
    if waits:
        flash(_("Uppgifterna är sparade. Gå igenom personuppgifter innan dokumentet blir öppet."), "warn")
        return redirect(f"/dokument/{found.id}/publicera", HTTPStatus.SEE_OTHER)
    flash(_("Dokumentet är sparat. Ändringarna syns i sökningen om några sekunder."), "ok")
    return redirect(f"/dokument/{found.id}", HTTPStatus.SEE_OTHER)


def _document(document_id: int) -> Document:
    with bank().database.reading() as session:
        return documents.visible(session, document_id, my_audience())


def _of_document(found: Document) -> DocumentForm:
    return DocumentForm(
        title=found.title,
        kind=found.document_type,
        day=found.document_date.isoformat() if found.document_date else "",
        year=str(found.year or ""),
        project=str(found.project_id or ""),
        language=found.language,
        classification=found.classification,
        version=str(found.version),
        project_name=found.project.title if found.project else "",
    )


def _of_request(sent: MultiDict[str, str]) -> DocumentForm:
    names = ("titel", "typ", "datum", "ar", "projekt", "sprak", "klass", "version", "projektet")
    typed = [sent.get(name, "").strip() for name in names]
    return DocumentForm(one_line(typed[0]), *typed[1:])


def _with_project(form: DocumentForm) -> tuple[DocumentForm, dict[str, str]]:
    """With the project that the typed name means, or what to mend."""
    if not form.project_name:
        return replace(form, project=""), {}
    shown = int(form.project[:LONGEST_NUMBER]) if form.project.isascii() and form.project.isdecimal() else None
    project_id, trouble = project_choice.chosen(bank().database, one_line(form.project_name), shown)
    return replace(form, project=str(project_id or "")), {"projektet": trouble} if trouble else {}


def _mistakes(form: DocumentForm) -> dict[str, str]:
    """What to mend by the id of its field."""
    wrong: dict[str, str] = {}
    if not form.title:
        wrong["titel"] = _("Skriv dokumentets titel.")
    elif len(form.title) > LONGEST_TITLE:
        wrong["titel"] = _("Titeln är för lång. Skriv högst 400 tecken.")
    if form.kind and form.kind not in term_names(bank().database).by_kind.get("document_type", {}):
        wrong["typ"] = _("Välj en dokumenttyp ur listan.")
    if form.day and _day(form.day) is None:
        wrong["datum"] = _("Skriv datumet som 2019-12-12.")
    if form.year and not _is_year(form.year):
        wrong["ar"] = _("Skriv året med fyra siffror, till exempel 2019.")
    if form.language not in LANGUAGES:
        wrong["sprak"] = _("Välj ett språk ur listan.")
    if form.classification not in CLASSES:
        wrong["klass"] = _("Välj en informationsklass.")
    return wrong


def _fields(form: DocumentForm, classification: str) -> dict[str, object]:
    day = _day(form.day)
    return {
        "title": form.title,
        "document_type": form.kind,
        "document_date": day,
        "year": day.year if day else int(form.year) if form.year else None,
        "project_id": int(form.project) if form.project else None,
        "language": form.language,
        "classification": classification,
    }


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if EARLIEST_YEAR <= day.year <= LATEST_YEAR else None


def _is_year(written: str) -> bool:
    return bool(re.fullmatch("[0-9]{4}", written)) and EARLIEST_YEAR <= int(written) <= LATEST_YEAR


def _show(
    found: Document, form: DocumentForm, wrong: dict[str, str] | None = None, theirs: DocumentForm | None = None
) -> str:
    return render_template(
        "documents/edit.html",
        document=found,
        hidden_by_project=found.project is not None and is_hidden_by(found.project, found),
        title=title_of(found),
        form=form,
        wrong=wrong or {},
        theirs=theirs,
        kinds=term_names(bank().database).by_kind.get("document_type", {}),
        languages=LANGUAGES,
        words=vocabulary(bank().database),
    )
