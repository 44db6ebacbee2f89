"""The upload queue as its page shows it: each dropped file, how far it has come and how long it will take."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Label, Row, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from catalog import audience
from catalog.columns import now
from catalog.models import Document, Drop, Job, Project, Scan
from catalog.pace import Pace, recent, seconds_a_scan
from catalog.person_models import User
from catalog.queue_places import place


class _Classified(NamedTuple):
    classification: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One dropped file. `state` is the document's, "" for a refused file; `seconds_left` is None while unknown.

    `place` is one of catalog/queue_places.py.

    `hidden_by_project` where it is published for more people than see its project.
    Of the pages that are read as scans, `scan_pages_waiting` have not been; of these nobody reads the `scans_off`.
    """

    drop_id: int
    file_name: str
    size: int
    media_type: str
    dropped_by: str
    dropped_at: datetime
    document_id: int | None
    duplicate: bool
    refused: str
    state: str
    reason: str
    page_count: int
    pages_read: int
    seconds_left: float | None
    attempts: int
    published: bool
    indexed: bool
    project_id: int | None
    title: str
    place: str
    reason_detail: str = ""
    project_title: str = ""
    scan_pages: int = 0
    scan_pages_waiting: int = 0
    scans_off: int = 0
    scans_failed: int = 0
    scan_seconds_left: float | None = None
    hidden_by_project: bool = False

    @property
    def scan_pages_read(self) -> int:
        return self.scan_pages - self.scan_pages_waiting


def queue(session: Session, ids: Collection[int] | None = None, *, reads_scans: bool = True) -> list[QueueRow]:
    """Drops that nobody has hidden, newest first: all, or those with the given ids (see catalog/queue_places.py)."""
    asked = _asked(reads_scans=reads_scans)
    rows = session.execute(asked if ids is None else asked.where(Drop.id.in_(ids))).all()
    pace = recent(session) if any(row.promised_at for row in rows) else Pace()
    a_scan = seconds_a_scan(session) if any(row.scan_pages_waiting for row in rows) else None
    turns = _turns(session, rows)
    return [_row(row, turns.get(row.document_id, 0), pace, a_scan) for row in rows]


def hide(session: Session, drop_id: int) -> None:
    """Takes one drop off the page; its document stays as it is."""
    session.execute(update(Drop).where(Drop.id == drop_id).values(hidden=True))


def hide_done(session: Session, dropped_by: str) -> int:
    """Takes off what ended well, duplicates and refused files too, of what this person dropped. Tells how many.

    What came without anybody who has an account, as by a watched folder or a command, is everybody's to put away.
    """
    nobodys = ~exists().where(User.name == Drop.dropped_by)
    ended = exists().where(and_(Document.id == Drop.document_id, Document.state == "read"))
    over = or_(Drop.document_id.is_(None), Drop.duplicate.is_(True), ended)
    hidden = session.execute(
        update(Drop)
        .where(or_(Drop.dropped_by == dropped_by, nobodys), Drop.hidden.is_(False), over)
        .values(hidden=True)
        .returning(Drop.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(hidden)


def _asked(*, reads_scans: bool) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Drop.id,
            Drop.file_name,
            Drop.size,
            Drop.media_type,
            Drop.dropped_by,
            Drop.dropped_at,
            Drop.document_id,
            Drop.duplicate,
            Drop.refused,
            Document.state,
            Document.reason,
            Document.reason_detail,
            Document.page_count,
            Document.pages_read,
            Document.attempts,
            Document.reading_started_at,
            Document.classification,
            Document.published_at,
            Document.version,
            Document.indexed_version,
            Document.project_id,
            Document.title,
            Document.scan_pages,
            Document.scan_pages_waiting,
            _scans("off"),
            _scans("failed"),
            place(reads_scans=reads_scans).label("place"),
            Project.title.label("project_title"),
            Project.classification.label("project_classification"),
            Project.published_at.label("project_published_at"),
            Job.owner,
            Job.priority,
            Job.created_at.label("promised_at"),
        )
        .select_from(Drop)
        .outerjoin(Document, Drop.document_id == Document.id)
        .outerjoin(Project, Document.project_id == Project.id)
        .outerjoin(Job, and_(Job.kind == "read", Job.subject == "document", Job.subject_id == Drop.document_id))
        .where(Drop.hidden.is_(False))
        .order_by(Drop.dropped_at.desc(), Drop.id.desc())
    )


def _scans(state: str) -> Label[int]:
    """How many scans of a document stand so; nothing is looked for where it has none."""
    counted = select(func.count()).where(Scan.document_id == Document.id, Scan.state == state).scalar_subquery()
    return case((Document.scan_pages > 0, counted), else_=0).label(f"scans_{state}")


def _turns(session: Session, rows: Sequence[Row[Any]]) -> dict[int, int]:
    """How many files will have been read when each waiting one has been: those before the first, then one by one.

    Files that wait between two shown ones are not counted; the newest drops, which are shown, wait side by side.
    """
    waiting = sorted((row.priority, row.promised_at, row.document_id) for row in rows if row.promised_at)
    if not waiting:
        return {}
    priority, promised_at, _ = waiting[0]
    earlier = or_(Job.priority < priority, and_(Job.priority == priority, Job.created_at < promised_at))
    before = session.scalar(select(func.count()).select_from(Job).where(Job.kind == "read", earlier)) or 0
    ids = dict.fromkeys(document_id for _, _, document_id in waiting)
    return {document_id: before + place for place, document_id in enumerate(ids, start=1)}


def _row(row: Row[Any], turn: int, pace: Pace, a_scan: float | None) -> QueueRow:
    # A reader died and its promise is free again: the file waits for its next turn.
    state = "queued" if row.state == "reading" and not row.owner else row.state or ""
    return QueueRow(
        drop_id=row.id,
        file_name=row.file_name,
        size=row.size,
        media_type=row.media_type,
        dropped_by=row.dropped_by,
        dropped_at=row.dropped_at,
        document_id=row.document_id,
        duplicate=row.duplicate,
        refused=row.refused,
        state=state,
        reason=row.reason or "",
        page_count=row.page_count or 0,
        pages_read=row.pages_read or 0,
        seconds_left=_seconds_left(row, state, turn, pace),
        attempts=row.attempts or 0,
        published=row.published_at is not None,
        indexed=row.state == "read" and row.indexed_version >= row.version,
        project_id=row.project_id,
        title=row.title or "",
        place=row.place,
        reason_detail=row.reason_detail or "",
        project_title=row.project_title or "",
        scan_pages=row.scan_pages or 0,
        scan_pages_waiting=row.scan_pages_waiting or 0,
        scans_off=row.scans_off,
        scans_failed=row.scans_failed,
        scan_seconds_left=row.scan_pages_waiting * a_scan if a_scan and row.scan_pages_waiting else None,
        hidden_by_project=_is_hidden_by_project(row),
    )


def _is_hidden_by_project(row: Row[Any]) -> bool:
    if row.published_at is None or row.project_id is None:
        return False
    project = _Classified(row.project_classification, row.project_published_at)
    return audience.is_hidden_by(project, _Classified(row.classification, row.published_at))


def _seconds_left(row: Row[Any], state: str, turn: int, pace: Pace) -> float | None:
    if state == "reading":
        elapsed = (now() - row.reading_started_at).total_seconds() if row.reading_started_at else 0.0
        return pace.of_pages(row.page_count - row.pages_read, row.pages_read, elapsed)
    return pace.of_files(turn) if state == "queued" and turn else None
