"""How the reading of a document went, from its start to its pages or its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, case, delete, insert, select, update
from sqlalchemy.orm import Session

from catalog import identity, jobs
from catalog.columns import now
from catalog.documents.editing import may_become_open, publish_now
from catalog.documents.finding import get
from catalog.documents.scan_promises import kept_scans, replace_scans
from catalog.documents.versioning import bump
from catalog.errors import NotThere
from catalog.models import Document, Page, PageTokens

LONGEST_TITLE, LONGEST_HEADING = 400, 300
INDEX_PRIORITY = 5
IDENTITY = "identity"  # the reason of a document whose new reading holds identity numbers to be decided about


@dataclass(frozen=True, slots=True)
class FileToRead:
    """The bytes of a document and what kind of file they are."""

    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as it was read and analysed. scan: why it is to be read from its picture too (see `Scan`); "" if not."""

    number: int
    text: str
    heading: str = ""
    reader: str = ""
    exact: str = ""
    parts: str = ""
    spans: bytes = b""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave, in plain values. `suggestions` are {field: {"value", "page", "quote"}}.

    `is_scan`: without its scans it has no text to speak of. `reads_scans`: whether anybody will read
    the pages that are to be scanned.
    """

    pages: Sequence[PageText]
    title: str = ""
    language: str = ""
    languages: Sequence[str] = ()
    summary: str = ""
    running: str = ""
    page_kind: str = "page"
    reader: str = ""
    cut: Sequence[str] = ()
    word_count: int = 0
    analysis_version: str = ""
    suggestions: Mapping[str, Any] = field(default_factory=dict)
    is_scan: bool = False
    reads_scans: bool = False


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the whole text says of a document, once its last scan is read. `suggestions` as those of a Reading.

    `reason`: why there is no text, where there is none.
    """

    title: str = ""
    language: str = ""
    languages: Sequence[str] = ()
    summary: str = ""
    suggestions: Mapping[str, Any] = field(default_factory=dict)
    reason: str = "no_text"


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
    _note(session, document_id, values)


def store_reading(session: Session, document_id: int, reading: Reading, priority: int = INDEX_PRIORITY) -> None:
    """Replaces pages and tokens, gives the document its state `read` and a new version, and publishes it if asked.

    What was to become open, or is open already, waits unpublished for a person where identity numbers were found.
    Fields that are still empty are filled from the reading; what a person wrote stands. `priority` is that of the
    reading: what was less urgent than usual is so in the index, too.
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
        _publish_as_asked(session, document_id)
    jobs.add(session, "index", "document", document_id, version, max(priority, INDEX_PRIORITY))


def conclude(session: Session, document_id: int, conclusion: Conclusion, priority: int = INDEX_PRIORITY) -> None:
    """The last scan of the document is in: fills what is still empty, and publishes what was held back for it.

    A title that is only the file's name gives way. A document that turned out to have no word at all has failed.
    """
    document = get(session, document_id)
    stem = PurePath(document.file_name).stem
    if not document.word_count:
        document.read_at = None
        fail(session, document_id, conclusion.reason)
        session.refresh(document)
        jobs.add(session, "index", "document", document_id, document.version)  # it is found by nothing any more
        return
    if conclusion.title and document.title in {"", " ".join(stem.split())[:LONGEST_TITLE]}:
        document.title = " ".join(conclusion.title.split())[:LONGEST_TITLE]
    document.language = document.language or conclusion.language
    document.languages = list(conclusion.languages)
    if not document.summary or (conclusion.summary and _is_proposed(document, "summary")):
        document.summary = conclusion.summary
    document.suggestions = dict(conclusion.suggestions)
    kind, year = _proposed(conclusion.suggestions)
    document.document_type = document.document_type or kind
    document.year = document.year or year
    session.flush()
    if document.publish_when_read:
        _publish_as_asked(session, document_id)
    bump(session, document, priority)


def _is_held(session: Session, document_id: int) -> bool:
    """Pages that are still to be read may hold identity numbers, so that what is to be open waits for them."""
    document = get(session, document_id)
    return document.classification == "open" and document.published_at is None and document.scan_pages_waiting > 0


def _renew_held(session: Session, document_id: int) -> None:
    """The document as an object, where the caller's session holds it, learns what the statement wrote."""
    for one in list(session):
        if isinstance(one, Document) and one.id == document_id:
            session.refresh(one)


def _publish_as_asked(session: Session, document_id: int) -> None:
    document = get(session, document_id)
    if may_become_open(session, document):
        publish_now(session, document)
    else:
        document.published_at, document.reason = None, IDENTITY
    document.publish_when_read = False
    session.flush()


def give_up(session: Session, document_id: int, reason: str, detail: str = "") -> None:
    """As `fail`; but what was only read again keeps its state and the text that it has, with the reason beside it."""
    state = case((Document.state == "read", "read"), else_="failed")
    _note(session, document_id, {"state": state, "reason": reason, "reason_detail": detail})


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
    kind, year = _proposed(reading.suggestions)
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
        "summary": reading.summary if _is_proposed(known, "summary") else known.summary or reading.summary,
        "title": " ".join(title.split())[:LONGEST_TITLE],
        "document_type": known.document_type or ("" if reading.is_scan else kind),
        "year": year if known.year is None and not reading.is_scan else known.year,
    }


def _cut(reading: Reading, kept: Collection[int]) -> list[str]:
    """The limits that bit; no picture is left out where all of them keep the text of an earlier reading."""
    pictures = {page.number for page in reading.pages if page.scan == "picture"}
    return [code for code in reading.cut if code != "scanned" or not pictures.issubset(kept) or not pictures]


def _is_proposed(known: Row[Any] | Document, field: str) -> bool:
    """Whether the document has what its last reading proposed, so that a better proposal may take its place."""
    proposed = known.suggestions.get(field) if isinstance(known.suggestions, dict) else None
    return isinstance(proposed, dict) and proposed.get("value") == getattr(known, field)


def _proposed(suggestions: Mapping[str, Any]) -> tuple[str, int | None]:
    """Document type and year."""
    suggested = {name: one.get("value") for name, one in suggestions.items() if isinstance(one, dict)}
    kind, year = suggested.get("document_type"), str(suggested.get("year", ""))
    return kind if isinstance(kind, str) else "", int(year) if year.isdecimal() else None


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
