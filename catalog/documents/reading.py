"""How the reading of a document went, from its start to its pages or its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from catalog.documents.editing import may_become_open, publish_now
from catalog.documents.finding import get
from catalog.documents.versioning import bump
from catalog.errors import NotThere
from catalog.models import Document, Page, PageTokens, now

LONGEST_TITLE, LONGEST_HEADING = 400, 300


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as it was read and analysed."""

    number: int
    text: str
    heading: str = ""
    reader: str = ""
    exact: str = ""
    base: str = ""
    spans: bytes = b""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave, in plain values. `suggestions` are {field: {"value", "page", "quote"}}."""

    pages: Sequence[PageText]
    title: str = ""
    language: str = ""
    summary: str = ""
    running: str = ""
    page_kind: str = "page"
    reader: str = ""
    cut: Sequence[str] = ()
    word_count: int = 0
    analysis_version: str = ""
    suggestions: Mapping[str, Any] = field(default_factory=dict)


def reading_started(session: Session, document_id: int, page_count: int | None = None) -> None:
    """A worker has begun; raises NotThere where the document was removed meanwhile."""
    values: dict[str, Any] = {
        "state": "reading",
        "reading_started_at": now(),
        "pages_read": 0,
        "attempts": Document.attempts + 1,
    }
    _note(session, document_id, {**values, "page_count": page_count} if page_count is not None else values)


def progress(session: Session, document_id: int, pages_read: int, page_count: int) -> None:
    """How far the reading has come; raises NotThere where the document was removed meanwhile."""
    _note(session, document_id, {"pages_read": pages_read, "page_count": page_count})


def store_reading(session: Session, document_id: int, reading: Reading) -> None:
    """Replaces pages and tokens, gives the document its state `read` and a new version, and publishes it if asked.

    What was to become open, or is open already, waits unpublished for a person where identity numbers were found.
    Fields that are still empty are filled from the reading; what a person wrote stands.
    """
    document = get(session, document_id)
    _replace_pages(session, document_id, reading)
    _take_over(document, reading)
    session.flush()
    if document.publish_when_read or document.published_at:
        if may_become_open(session, document):
            publish_now(session, document)
        else:
            document.published_at = None
    document.publish_when_read = False
    bump(session, document)


def fail(session: Session, document_id: int, reason: str, detail: str = "") -> None:
    """The reading ended without text, for a reason that the queue page shows."""
    _note(session, document_id, {"state": "failed", "reason": reason, "reason_detail": detail})


def _note(session: Session, document_id: int, values: dict[str, Any]) -> None:
    found = session.execute(
        update(Document)
        .where(Document.id == document_id)
        .values(values)
        .returning(Document.id)
        .execution_options(synchronize_session="fetch")
    ).first()
    if found is None:
        raise NotThere(f"There is no document {document_id}.")


def _replace_pages(session: Session, document_id: int, reading: Reading) -> None:
    session.execute(delete(PageTokens).where(PageTokens.document_id == document_id))
    session.execute(delete(Page).where(Page.document_id == document_id))
    if not reading.pages:
        return
    connection = session.connection()  # plain rows: a long report has thousands
    connection.execute(insert(Page), [_page_row(document_id, page) for page in reading.pages])
    connection.execute(
        insert(PageTokens), [_tokens_row(document_id, page, reading.analysis_version) for page in reading.pages]
    )


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
        "base": page.base,
        "spans": page.spans,
        "analysis_version": version,
    }


def _take_over(document: Document, reading: Reading) -> None:
    document.state, document.reason, document.reason_detail = "read", "", ""
    document.read_at = now()
    document.page_kind, document.reader = reading.page_kind, reading.reader
    document.page_count = document.pages_read = len(reading.pages)
    document.word_count, document.cut = reading.word_count, list(reading.cut)
    document.running, document.suggestions = reading.running, dict(reading.suggestions)
    document.language = document.language or reading.language
    document.summary = document.summary or reading.summary
    title = document.title or reading.title or PurePath(document.file_name).stem
    document.title = " ".join(title.split())[:LONGEST_TITLE]
    _take_suggested(document)


def _take_suggested(document: Document) -> None:
    """Type and year from the text, where nobody has said them; a person may correct them at any time."""
    suggested = {name: one.get("value") for name, one in document.suggestions.items() if isinstance(one, dict)}
    kind = suggested.get("document_type")
    if not document.document_type and isinstance(kind, str):
        document.document_type = kind
    year = str(suggested.get("year", ""))
    if document.year is None and year.isdecimal():
        document.year = int(year)
