"""The document view, the picture of a page, and the original to download."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue

from catalog import documents, dropping, scans
from catalog.columns import LARGEST_ID, one_line
from catalog.models import Document
from indexer import UnreadableFile
from webapp import document_address, document_edit, document_page, layouts
from webapp.bank import bank
from webapp.document_facts import bar_told, facts, head, hits_told, page_told
from webapp.document_links import page_name
from webapp.file_words import file_kind, file_size
from webapp.my_name import my_name
from webapp.pictures import Pictures, has_pictures, media_type_of
from webapp.scan_words import document_told
from webapp.search_hits import document_meta, title_of
from webapp.signed_in import editors_only, my_audience
from webapp.similar import similar_documents
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary
from workers import queue

# A downloaded file is shown by no browser: were it opened all the same, it runs nothing and reaches nothing.
LOCKED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}
DOWNLOADED_AS_IS = frozenset({"application/pdf", "text/plain"})
LONGEST_WHY = 2_000

bp = Blueprint("documents", __name__)
bp.register_blueprint(document_edit.bp)
ID = f"<int(max={LARGEST_ID}):document_id>"


@bp.get(f"/dokument/{ID}")
def document(document_id: int) -> ResponseReturnValue:
    found = _visible(document_id)
    address = document_address.read(document_id, request.args)
    page = document_page.build(bank(), found, address)
    template = "documents/zoom.html" if address.zoom and page.placed else "documents/document.html"
    return render_template(template, page=page, **_around(found, page))


def _around(found: Document, page: document_page.DocumentPage) -> dict[str, object]:
    """What stands about the page: the head, the facts, the project's other documents, similar ones."""
    words, kind = vocabulary(bank().database), found.page_kind
    with bank().database.reading() as session:
        others = documents.in_project(session, found.project_id, my_audience()) if found.project_id else []
        hard = scans.hard_pages(session, [found.id]).get(found.id, 0) if found.scan_pages else 0
    shown = [one.id for one in others]
    return {
        "title": title_of(found),
        "words": words,
        "head": head(found, words),
        "facts": facts(found, words, hard),
        "scans_told": document_told(found),
        "original_told": ", ".join(filter(None, (file_kind(found.media_type), file_size(found.size)))),
        "hits_told": hits_told(kind, page.hits.total, len(page.hits.pages)),
        "page_name": lambda number: page_name(kind, number),
        "bar_told": lambda bar: bar_told(kind, bar),
        "page_told": lambda number: page_told(kind, number),
        "others": [(one, title_of(one), document_meta(one, words)) for one in others if one.id != found.id],
        "similar": similar_documents(bank(), found, shown) if not page.address.zoom else [],
    }


@bp.get(f"/dokument/{ID}/sida/<int(max=9999999):number>.png")
def page_picture(document_id: int, number: int) -> ResponseReturnValue:
    """Kept by the reader's browser alone, which asks each time: rights may have changed."""
    found = _visible(document_id)
    layout = None if has_pictures(found) else layouts.find(bank(), found)
    count = layout.count if layout else found.page_count * has_pictures(found)
    if not 1 <= number <= count:
        abort(404)
    pictures, pdf = Pictures(bank().settings.pictures_folder, bank().originals), layout.pdf if layout else None
    try:
        picture = pictures.picture(found, number, _width(), pdf)
    except UnreadableFile:
        abort(404)
    response = make_response(picture)
    response.content_type = media_type_of(picture)
    response.set_etag(hashlib.sha256(picture).hexdigest()[:32])
    return response.make_conditional(request)


@bp.get(f"/dokument/{ID}/bild")
def laying_out(document_id: int) -> ResponseReturnValue:
    """How far the making of its pictures has come, for a page that waits for them."""
    response = jsonify(state=layouts.state(bank(), _visible(document_id)))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get(f"/dokument/{ID}/original")
def original(document_id: int) -> Response:
    found = _visible(document_id)
    response = send_file(
        bank().originals.path(found.sha256),
        mimetype=found.media_type if found.media_type in DOWNLOADED_AS_IS else "application/octet-stream",
        as_attachment=True,
        download_name=dropping.shown_name(found.file_name),
        etag=found.sha256,
        max_age=0,
    )
    response.headers.update(LOCKED)
    return response


@bp.get(f"/dokument/{ID}/ta-bort")
@editors_only
def leaving(document_id: int) -> ResponseReturnValue:
    """The reason is offered, never assumed: a person may change it before it is kept."""
    found = _visible(document_id)
    why = _("Dokumentet innehåller personnummer.") if request.args.get("skal") == "personnummer" else ""
    return _ask_why(found, why)


@bp.post(f"/dokument/{ID}/ta-bort")
@editors_only
def remove(document_id: int) -> ResponseReturnValue:
    """A recorded decision: who and why. Bytes, text, pictures and index follow."""
    found = _visible(document_id)
    why = request.form.get("varfor", "").strip()
    seen = one_line(why)
    if not seen or len(why) > LONGEST_WHY:
        told = _("Skriv varför. Skälet sparas med ditt namn.") if not seen else _("Skriv kortare, högst 2 000 tecken.")
        return _ask_why(found, why, told), HTTPStatus.UNPROCESSABLE_ENTITY
    remove_for_good(found, why)
    flash(_("%(title)s är borttaget ur banken.", title=title_of(found)), "ok")
    if found.project is not None:
        return redirect(f"/projekt/{found.project.slug}", HTTPStatus.SEE_OTHER)
    return redirect("/uppladdning", HTTPStatus.SEE_OTHER)


def remove_for_good(found: Document, why: str) -> None:
    with bank().database.transaction() as session:
        documents.remove(session, found.id, by=my_name(), why=why)
    with bank().database.transaction() as session:
        documents.clear_removed_bytes(session, bank().originals)
    Pictures(bank().settings.pictures_folder, bank().originals).forget(found.sha256)
    queue.nudge("index")


def _visible(document_id: int) -> Document:
    """The one check of rights: what this person may not see is not there. Raises NotThere."""
    with bank().database.reading() as session:
        return documents.visible(session, document_id, my_audience())


def _width() -> int:
    written = request.args.get("bredd", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 4 else 0  # noqa: PLR2004


def _ask_why(found: Document, why: str = "", told: str = "") -> str:
    return render_template("documents/remove.html", document=found, title=title_of(found), why=why, told=told)
