"""How the reading of a document went, from its start to its pages or its reason."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, case, delete, insert, select, update
from sqlalchemy.orm import Session

from catalog import identity, jobs
from catalog.columns import now
from catalog.documents.finding import get
from catalog.documents.reading_end import note, publish_as_asked
from catalog.documents.reading_values import FileToRead, PageText, Reading, is_proposed, proposed
from catalog.documents.scan_promises import kept_scans, replace_scans
from catalog.errors import NotThere
from catalog.models import Document, Page, PageTokens

LONGEST_TITLE, LONGEST_HEADING = 400, 300
INDEX_PRIORITY = 5


def reading_started(session: Session, document_id: int) -> FileToRead:
    """A worker has begun; raises NotThere where the document was removed meanwhile.

    What is read again stays "read" until its new text is in, and is searched by its old one.
    """
    values = {"id_": document_id, "started": now()}
    row = session.connection().execute(_STARTED, values).first()
    if row is None:
        raise NotThere(f"There is no document {document_id}.")
    return FileToRead(row.sha256, row.media_type)


def progress(session: Session, document_id: int, pages_read: int, page_count: int) -> None:
    """How far the reading has come; raises NotThere where the document was removed meanwhile.

    What is read again has its old pages yet.
    """
    again = Document.state == "read"
    values = {
        "pages_read": case((again, Document.pages_read), else_=pages_read),
        "page_count": case((again, Document.page_count), else_=page_count),
    }
    note(session, document_id, values)


def store_reading(session: Session, document_id: int, reading: Reading, priority: int = INDEX_PRIORITY) -> None:
    """Replaces pages and tokens, gives the document its state `read` and a new version, and publishes it if asked.

    What was to become open, or is open already, waits unpublished for a person where identity numbers were found.
    Fields that are still empty are filled from the reading; what a person wrote stands. `priority` is that of the
    reading: who dropped a file by hand waits for it before imports do, in the index too.
    """
    session.flush()
    known = session.connection().execute(_KNOWN, {"id_": document_id}).first()
    if known is None:
        raise NotThere(f"There is no document {document_id}.")
    wanted = {page.number: page.scan for page in reading.pages if page.scan}
    kept = kept_scans(session, document_id, wanted) if known.scan_pages else set()
    _replace_pages(session, known, reading, kept)
    values = _taken_over(known, reading) | {"cut": _cut(reading, kept)}
    version = session.connection().execute(_STORED, {"id_": document_id, **values}).scalar_one()
    if kept:
        _count_words(session, document_id)
    if wanted or known.scan_pages:
        replace_scans(session, document_id, wanted, kept, on=reading.reads_scans)
    _renew_held(session, document_id)
    if known.read_at:
        identity.carry_over(session, document_id)
    if (known.publish_when_read or known.published_at) and not _is_held(session, document_id):
        publish_as_asked(session, document_id)
    jobs.add(session, "index", "document", document_id, version, priority)


def _is_held(session: Session, document_id: int) -> bool:
    """Pages that are still to be read may hold identity numbers, so that what is to be open waits for them."""
    document = get(session, document_id)
    return document.classification == "open" and document.published_at is None and document.scan_pages_waiting > 0


def _renew_held(session: Session, document_id: int) -> None:
    """The document as an object, where the caller's session holds it, learns what the statement wrote."""
    for one in list(session):
        if isinstance(one, Document) and one.id == document_id:
            session.refresh(one)


def _replace_pages(session: Session, known: Row[Any], reading: Reading, kept: Collection[int]) -> None:
    """Pages that were read as scans stay as they are."""
    connection = session.connection()  # plain rows: a long report has thousands
    if known.read_at or known.page_count:  # a scan in which nothing was found has pages, too
        for clear, table in ((_CLEAR_TOKENS, _TOKENS), (_CLEAR_PAGES, _PAGE)):
            connection.execute(clear.where(table.c.number.not_in(sorted(kept))) if kept else clear, {"id_": known.id})
    new = [page for page in reading.pages if page.number not in kept]
    if not new:
        return
    connection.execute(_ADD_PAGES, [_page_row(known.id, page) for page in new])
    connection.execute(_ADD_TOKENS, [_tokens_row(known.id, page, reading.analysis_version) for page in new])


def _count_words(session: Session, document_id: int) -> None:
    """Of all pages, where some were kept that this reading has not counted."""
    asked = select(_TOKENS.c.exact).where(_TOKENS.c.document_id == document_id)
    words = sum(len(exact.split()) for (exact,) in session.connection().execute(asked))
    session.connection().execute(update(_DOCUMENT).where(_THIS_DOCUMENT), {"id_": document_id, "word_count": words})


def _page_row(document_id: int, page: PageText) -> dict[str, Any]:
    heading = page.heading[:LONGEST_HEADING]
    return {
        "document_id": document_id,
        "number": page.number,
        "text": page.text,
        "heading": heading,
        "reader": page.reader,
    }


def _tokens_row(document_id: int, page: PageText, version: str) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "number": page.number,
        "exact": page.exact,
        "parts": page.parts,
        "spans": page.spans,
        "analysis_version": version,
    }


def _taken_over(known: Row[Any], reading: Reading) -> dict[str, Any]:
    """The document's new values. Type and year come from the text where nobody has said them, of a scan later on."""
    kind, year = proposed(reading.suggestions)
    title = known.title or reading.title or PurePath(known.file_name).stem
    return {
        "state": "read",
        "reason": "",
        "reason_detail": "",
        "read_at": now(),
        "page_kind": reading.page_kind,
        "reader": reading.reader,
        "page_count": len(reading.pages),
        "pages_read": len(reading.pages),
        "word_count": reading.word_count,
        "running": reading.running,
        "suggestions": dict(reading.suggestions),
        "language": known.language or reading.language,
        "languages": list(reading.languages),
        "summary": reading.summary if is_proposed(known, "summary") else known.summary or reading.summary,
        "title": " ".join(title.split())[:LONGEST_TITLE],
        "document_type": known.document_type or ("" if reading.is_scan else kind),
        "year": year if known.year is None and not reading.is_scan else known.year,
    }


def _cut(reading: Reading, kept: Collection[int]) -> list[str]:
    """The limits that bit; no picture is left out where all of them keep the text of an earlier reading."""
    pictures = {page.number for page in reading.pages if page.scan == "picture"}
    return [code for code in reading.cut if code != "scanned" or not pictures.issubset(kept) or not pictures]


# A worker says these for every file: as plain statements on tables, made once, they take a third of the time.
_DOCUMENT, _PAGE, _TOKENS = (cast("Table", model.__table__) for model in (Document, Page, PageTokens))
_THIS_DOCUMENT = _DOCUMENT.c.id == bindparam("id_")
_AGAIN = _DOCUMENT.c.state == "read"
_STARTED = (
    update(_DOCUMENT)
    .where(_THIS_DOCUMENT)
    .values(
        state=case((_AGAIN, "read"), else_="reading"),
        reading_started_at=bindparam("started"),
        pages_read=case((_AGAIN, _DOCUMENT.c.pages_read), else_=0),
        attempts=case((_AGAIN, _DOCUMENT.c.attempts), else_=_DOCUMENT.c.attempts + 1),
    )
    .returning(_DOCUMENT.c.sha256, _DOCUMENT.c.media_type)
)
_KNOWN = (
    select(
        *(_DOCUMENT.c[name] for name in ("id", "title", "file_name", "language", "summary", "document_type", "year")),
        *(_DOCUMENT.c[name] for name in ("publish_when_read", "published_at", "read_at", "suggestions")),
        *(_DOCUMENT.c[name] for name in ("scan_pages", "page_count")),
    )
    .where(_THIS_DOCUMENT)
    .with_for_update()
)
_STORED = (
    # Counted in the database, as `bump` does.
    update(_DOCUMENT).where(_THIS_DOCUMENT).values(version=_DOCUMENT.c.version + 1).returning(_DOCUMENT.c.version)
)
_CLEAR_PAGES = delete(_PAGE).where(_PAGE.c.document_id == bindparam("id_"))
_CLEAR_TOKENS = delete(_TOKENS).where(_TOKENS.c.document_id == bindparam("id_"))
_ADD_PAGES, _ADD_TOKENS = insert(_PAGE), insert(_TOKENS)
