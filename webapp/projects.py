"""A project's page, and the form that writes it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer

from catalog import documents, projects
from catalog.columns import new_id
from catalog.errors import AlreadyThere, IdentityNumbersUnconfirmed, NotThere
from catalog.models import Document, Project
from webapp import project_checks, project_fields, project_form, publishing
from webapp.bank import bank
from webapp.document_facts import funds_told, project_facts
from webapp.project_form import ProjectForm
from webapp.search_hits import document_meta, project_meta, title_of
from webapp.signed_in import editors_only, my_audience
from webapp.similar import similar_to_project
from webapp.suggested import suggestions
from webapp.term_names import TermNames, term_names
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary
from workers import queue

bp = Blueprint("projects", __name__)
bp.register_blueprint(publishing.bp)


@bp.get("/projekt/<slug>")
def project(slug: str) -> ResponseReturnValue:
    found, kept = _with_documents(slug)
    words = vocabulary(bank().database)
    parts = [(part.label, found.summary.get(part.field, "")) for part in project_fields.SUMMARY]
    return render_template(
        "projects/project.html",
        project=found,
        meta=project_meta(found, words),
        words=words,
        facts=project_facts(found, words),
        summary=[(label, text) for label, text in parts if text],
        listed=[(one, title_of(one), document_meta(one, words)) for one in kept],
        similar=similar_to_project(bank(), found),
    )


@bp.get("/nytt-projekt")
@editors_only
def new() -> ResponseReturnValue:
    return _show(None, [], project_form.empty(), mark=_marks().sign(str(new_id())).decode())


@bp.post("/nytt-projekt")
@editors_only
def create() -> ResponseReturnValue:
    """One project for one form, however often its button is pressed, and however fast."""
    mark = request.form.get("formular", "")
    project_id = _id_of(mark)
    try:
        return _saved_before(project_id)
    except NotThere:
        form = project_form.of_request(request.form)
    if (answer := _pressed(None, [], form, mark)) is not None:
        return answer
    try:
        return _saved(_write(None, form, promised=project_id))
    except AlreadyThere:
        return _saved_before(project_id)


def _marks() -> Signer:
    """A form tells the id of the project that it is to make; nobody can choose one."""
    return Signer(str(current_app.config["SECRET_KEY"]), salt="nytt-projekt")


def _id_of(mark: str) -> int:
    try:
        return int(_marks().unsign(mark))
    except BadSignature:
        return new_id()


def _saved_before(project_id: int) -> ResponseReturnValue:
    """Raises NotThere."""
    with bank().database.reading() as record:
        made = projects.visible(record, project_id, my_audience())
    flash(_("Projektet är redan sparat. Vill du ändra något, välj Redigera."), "ok")
    return redirect(url_for("projects.project", slug=made.slug), HTTPStatus.SEE_OTHER)


@bp.get("/projekt/<slug>/redigera")
@editors_only
def edit(slug: str) -> ResponseReturnValue:
    found, kept = _with_documents(slug, whole=True)
    return _show(found, kept, project_form.of_project(found, _names()))


@bp.post("/projekt/<slug>/redigera")
@editors_only
def change(slug: str) -> ResponseReturnValue:
    found, kept = _with_documents(slug, whole=True)
    form = project_form.of_request(request.form)
    if (answer := _pressed(found, kept, form)) is not None:
        return answer
    present = project_form.of_project(found, _names())
    if form.version != found.version and not form.same_as(present):
        form.version = found.version  # the next press of the button is a choice
        return _show(found, kept, form, theirs=present), HTTPStatus.CONFLICT
    try:
        _write(found.id, form, confirmed="personnummer" in request.form)
    except IdentityNumbersUnconfirmed:
        return _show(found, kept, form, asks_for_numbers=True), HTTPStatus.UNPROCESSABLE_ENTITY
    return _saved(found.slug)


def _pressed(
    found: Project | None, kept: list[Document], form: ProjectForm, mark: str = ""
) -> ResponseReturnValue | None:
    """The form again, where one of its buttons was pressed or something must be mended; None where it can be saved."""
    offered = {name: one.values for name, one in suggestions(kept, form, _names()).items()}
    project_form.keep_unadded(form, request.form)
    if project_form.press(form, request.form, offered):
        return _show(found, kept, form, mark=mark)
    if wrong := project_checks.mistakes(form, _names().by_kind):
        return _show(found, kept, form, wrong=wrong, mark=mark), HTTPStatus.UNPROCESSABLE_ENTITY
    return None


def _write(project_id: int | None, form: ProjectForm, *, confirmed: bool = False, promised: int | None = None) -> str:
    """Writes the whole form at once, in a new project where there is none; gives the project's slug.

    promised: the new one's id. Raises AlreadyThere.
    """
    written = project_checks.fields(form)
    with bank().database.transaction() as record:
        if project_id is None:
            project_id = projects.create(record, title=written["title"], project_id=promised).id
        changed = projects.update(record, project_id, confirmed=confirmed, **written)
        projects.set_terms(record, changed, project_checks.terms(form))
        projects.set_funding(record, changed, project_checks.funding(form))
        return changed.slug


def _saved(slug: str) -> ResponseReturnValue:
    queue.nudge("index")
    flash(_("Projektet är sparat. Ändringarna syns i sökningen om några sekunder."), "ok")
    return redirect(url_for("projects.project", slug=slug), HTTPStatus.SEE_OTHER)


def _with_documents(slug: str, *, whole: bool = False) -> tuple[Project, list[Document]]:
    """The project and its documents, as this person may see them; whole: with their suggestions. Raises NotThere."""
    with bank().database.reading() as record:
        found = projects.by_slug(record, slug, my_audience())
        listed = documents.in_project(record, found.id, my_audience())
        if whole:
            read = documents.whole(record, [one.id for one in listed])
            listed = [read[one.id] for one in listed]
        return found, listed


def _names() -> TermNames:
    return term_names(bank().database)


def _show(
    found: Project | None,
    kept: list[Document],
    form: ProjectForm,
    *,
    wrong: dict[str, str] | None = None,
    theirs: ProjectForm | None = None,
    asks_for_numbers: bool = False,
    mark: str = "",
) -> str:
    names, words = _names(), vocabulary(bank().database)
    return render_template(
        "projects/edit.html",
        project=found,
        form=form,
        wrong=wrong or {},
        theirs=theirs,
        asks_for_numbers=asks_for_numbers,
        mark=mark,
        offered=suggestions(kept, form, names),
        names=names.by_kind,
        funds="; ".join(funds_told(found)) if found else "",
        words=words,
        fields=project_fields,
        counted_words=project_checks.counted_words,
        listed=[(one, title_of(one), document_meta(one, words)) for one in kept],
    )
