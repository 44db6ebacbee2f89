"""Pages that are read from their pictures: what is to be read, what came of it, and what the document gains by it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalog import documents
from catalog.columns import now
from catalog.documents import scan_promises
from catalog.documents.retrying import queue_again
from catalog.models import Document, Job, Page, PageTokens, Scan
from catalog.scan_words import ScanWords, unpacked

HARD_TO_READ = 60  # a page whose words are less sure than this, of 100, says so
INDEX_SECONDS = 10.0  # at most so often is a document brought to search while its pages come one by one
LONGEST_DETAIL = 2_000
READER = "tesseract"
TO_BE_READ = ("waiting", "read")  # the first time, or again


@dataclass(frozen=True, slots=True)
class ScanToRead:
    """A page of a file, and the text that it has already.

    is_scanned: that text was read from its picture. is_again: it stands until something comes of this reading.
    """

    id: int
    document_id: int
    number: int
    sha256: str
    media_type: str
    cause: str
    text: str
    is_scanned: bool = False
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class ReadScan:
    """What reading gave. `page` is None where the page's own text is better and stands; `boxes` as packed."""

    reader: str
    rotation: int
    skew: float
    boxes: bytes = b""
    confidence: int | None = None
    page: documents.PageText | None = None
    analysis_version: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the scans of the whole bank stand, in pages. `documents`: those without any text, for want of the program."""

    waiting: int
    off: int
    failed: int
    hard_to_read: int
    documents: int


def to_read(session: Session, scan_id: int) -> ScanToRead | None:
    """None where it is gone, or nobody is to read it."""
    asked = (
        select(
            Scan.id,
            Scan.document_id,
            Scan.number,
            Document.sha256,
            Document.media_type,
            Scan.cause,
            func.coalesce(Page.text, ""),
            func.coalesce(Page.reader, "") == READER,
            Scan.state == "read",
        )
        .join(Document, Document.id == Scan.document_id)
        .outerjoin(Page, and_(Page.document_id == Scan.document_id, Page.number == Scan.number))
        .where(Scan.id == scan_id, Scan.state.in_(TO_BE_READ))
    )
    row = session.execute(asked).first()
    return ScanToRead(*row) if row else None


def store(session: Session, scan: ScanToRead, read: ReadScan) -> bool:
    """Keeps what was read, and the page's new text with it; false where the page is not waited for any more.

    A scanned text that stays because nothing came in its place keeps its words' boxes, too.
    """
    values = {"state": "read", "reason": "", "reason_detail": "", "reader": read.reader, "read_at": now()}
    if read.page or not scan.is_scanned:
        values |= {"rotation": read.rotation, "skew": read.skew, "boxes": read.boxes}
    if not _end(session, scan.id, values):
        return False
    if read.page:
        _replace_text(session, scan, read.page, read)
    _settle(session, scan.document_id, scan.id, again=scan.is_again)
    return True


def fail(session: Session, scan_id: int, reason: str, detail: str = "") -> int | None:
    """The reading of the page ended without text; gives its document, None where nobody waits for it any more.

    What was only read again keeps the text that it has, with the reason beside it.
    """
    asked = select(Scan.document_id, Scan.state).where(Scan.id == scan_id, Scan.state.in_(TO_BE_READ))
    row = session.execute(asked).first()
    if row is None:
        return None
    again = row.state == "read"
    values: dict[str, Any] = {"reason": reason, "reason_detail": detail[:LONGEST_DETAIL]}
    _end(session, scan_id, values if again else values | {"state": "failed", "read_at": now()})
    _settle(session, row.document_id, scan_id, again=again)
    return int(row.document_id)


def has_read(session: Session, document_id: int) -> bool:
    """Whether any page of the document was read as a scan."""
    asked = select(Scan.id).where(Scan.document_id == document_id, Scan.state == "read")
    return session.scalar(asked.limit(1)) is not None


def is_complete(session: Session, document_id: int) -> bool:
    """Whether it had pages to be scanned, and none of them is waited for any more."""
    row = session.execute(
        select(Document.scan_pages, Document.scan_pages_waiting).where(Document.id == document_id)
    ).first()
    return row is not None and row.scan_pages > 0 and row.scan_pages_waiting == 0


def is_last(session: Session, document_id: int, scan_id: int) -> bool:
    """Whether no other page of the document is to be read any more, for the first time or again."""
    return is_complete(session, document_id) and not scan_promises.has_more(session, document_id, but=scan_id)


def why_failed_again(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """(page number, reason) of the first page of each document that kept its old text when it was read again."""
    failed = (Scan.document_id.in_(document_ids), Scan.state == "read", Scan.reason != "")
    asked = select(Scan.document_id, Scan.number, Scan.reason).where(*failed).order_by(Scan.number.desc())
    return {document_id: (number, reason) for document_id, number, reason in session.execute(asked)}


def readers(session: Session) -> set[str]:
    """Fingerprints of all that have read a scan of the bank."""
    return set(session.scalars(select(Scan.reader).where(Scan.state == "read").distinct()))


def why_failed(session: Session, document_id: int) -> str:
    """The reason of the first page that could not be read; "" where all could."""
    asked = select(Scan.reason).where(Scan.document_id == document_id, Scan.state == "failed").order_by(Scan.number)
    return session.scalar(asked.limit(1)) or ""


def wake(session: Session, document_id: int | None = None) -> tuple[int, int]:
    """Promises to read what waited for the program, of one document or of all.

    Gives how much that was: (pages of documents with text, documents without any).
    """
    own = [Scan.document_id == document_id] if document_id is not None else []
    asleep = and_(Scan.state == "off", *own)
    asked_off = select(Scan.id, Scan.number, Scan.document_id).where(asleep).order_by(Scan.document_id, Scan.number)
    off = session.execute(asked_off).all()
    session.execute(update(Scan).where(asleep).values(state="waiting"))
    scan_promises.promise(session, [(row.id, row.number) for row in off], reset=True)
    for one in {row.document_id for row in off}:
        _settle(session, one)
    asked = select(Document).where(Document.state == "failed", Document.reason == "needs_ocr")
    if document_id is not None:
        asked = asked.where(Document.id == document_id)
    without_text = session.scalars(asked).all()
    for document in without_text:
        queue_again(session, document)
    return len(off), len(without_text)


def settle_forgotten(session: Session) -> list[int]:
    """Documents whose count of waiting scans was wrong, as a death may leave it; gives those that are complete."""
    waiting = (
        select(Scan.document_id, func.count().label("count"))
        .where(Scan.state.in_(scan_promises.OPEN_STATES))
        .group_by(Scan.document_id)
        .subquery()
    )
    asked = (
        select(Document.id)
        .outerjoin(waiting, waiting.c.document_id == Document.id)
        .where(Document.scan_pages > 0, Document.scan_pages_waiting != func.coalesce(waiting.c.count, 0))
    )
    found = list(session.scalars(asked))
    for document_id in found:
        _settle(session, document_id)
    return [one for one in found if is_complete(session, one)]


def standing(session: Session) -> Standing:
    counted: dict[str, int] = dict(session.execute(select(Scan.state, func.count()).group_by(Scan.state)).all())
    hard = session.scalar(select(func.count()).select_from(Page).where(Page.confidence < HARD_TO_READ))
    unread = select(func.count()).select_from(Document)
    unread = unread.where(Document.state == "failed", Document.reason == "needs_ocr")
    return Standing(
        counted.get("waiting", 0),
        counted.get("off", 0),
        counted.get("failed", 0),
        hard or 0,
        session.scalar(unread) or 0,
    )


def hard_pages(session: Session, document_ids: Sequence[int]) -> dict[int, int]:
    """How many pages of each document are hard to read; those without any are left out."""
    asked = (
        select(Page.document_id, func.count())
        .where(Page.document_id.in_(list(document_ids)), Page.confidence < HARD_TO_READ)
        .group_by(Page.document_id)
    )
    return dict(session.execute(asked).all())


def of_page(session: Session, document_id: int, number: int) -> Scan | None:
    return session.scalar(select(Scan).where(Scan.document_id == document_id, Scan.number == number))


def words_of(scan: Scan | None) -> ScanWords | None:
    """Where the scan's words stand on the page; None where its text does not stand."""
    return unpacked(scan.boxes) if scan and scan.state == "read" else None


def _end(session: Session, scan_id: int, values: dict[str, Any]) -> bool:
    ended = update(_SCAN).where(_SCAN.c.id == scan_id, _SCAN.c.state.in_(TO_BE_READ)).values(**values)
    return bool(session.connection().execute(ended).rowcount)


def _replace_text(session: Session, scan: ScanToRead, page: documents.PageText, read: ReadScan) -> None:
    """The page's row was made when its file was read: its tokens tell its words, and its heading may stand."""
    connection = session.connection()
    where = {"document_id": scan.document_id, "number": scan.number}
    had = connection.execute(select(_TOKENS.c.exact).where(*_same(_TOKENS, where))).scalar() or ""
    above = connection.execute(select(_PAGE.c.heading).where(*_same(_PAGE, where))).scalar() or ""
    for table in (_TOKENS, _PAGE):
        connection.execute(delete(table).where(*_same(table, where)))
    text = {"text": page.text, "heading": page.heading or above, "reader": page.reader, "confidence": read.confidence}
    connection.execute(insert(_PAGE), where | text)
    tokens = {"exact": page.exact, "parts": page.parts, "spans": page.spans, "analysis_version": read.analysis_version}
    connection.execute(insert(_TOKENS), where | tokens)
    more = len(page.exact.split()) - len(had.split())
    grown = update(_DOCUMENT).where(_DOCUMENT.c.id == scan.document_id)
    connection.execute(grown.values(word_count=_DOCUMENT.c.word_count + more))


def _same(table: Table, where: dict[str, int]) -> list[Any]:
    return [table.c[name] == value for name, value in where.items()]


def _settle(session: Session, document_id: int, scan_id: int = 0, *, again: bool = False) -> None:
    """Counts anew, tells what is left out, and lets search follow: soon while pages come, at once when all are in.

    A page that was read `again` never hurries.
    """
    waiting = scan_promises.count(session, document_id)
    more = bool(waiting) or scan_promises.has_more(session, document_id, but=scan_id)
    document = session.get_one(Document, document_id, populate_existing=True)
    left_out = session.scalar(
        select(func.count())
        .select_from(Scan)
        .where(Scan.document_id == document_id, Scan.cause == "picture", Scan.state.in_(["off", "failed"]))
    )
    document.cut = [*(code for code in document.cut if code != "scanned"), *(["scanned"] if left_out else [])]
    documents.check_still_open(session, document)
    documents.bump(session, document, scan_promises.PRIORITY if again or more else 5)
    if more:
        _let_index_wait(session, document_id)


def _let_index_wait(session: Session, document_id: int) -> None:
    """Only what asks for nothing but this: a change that somebody made goes at once."""
    untouched = and_(Job.owner == "", Job.not_before == 0.0, Job.priority == scan_promises.PRIORITY)
    session.execute(
        update(Job)
        .where(Job.kind == "index", Job.subject == "document", Job.subject_id == document_id, Job.generation == "")
        .where(untouched)
        .values(not_before=time.time() + INDEX_SECONDS)
        .execution_options(synchronize_session=False)
    )


_SCAN, _DOCUMENT, _PAGE, _TOKENS = (cast("Table", model.__table__) for model in (Scan, Document, Page, PageTokens))
