"""What search reaches and what it misses: each number is a condition, and its list asks by the very same one.

Editors alone are shown any of it, so no audience stands here; they see everything (catalog/audience.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from itertools import permutations
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, and_, case, cast, exists, func, not_, or_, select, true
from sqlalchemy.orm import Session

from catalog.documents import rereading
from catalog.documents.reading_end import IDENTITY
from catalog.models import Document, Drop, Page, Project, Scan
from catalog.scans import HARD_TO_READ

FINAL_REPORT, FINISHED, SWEDISH = "slutrapport", "avslutat", "sv"
# The states stand in the order in which a document is counted: once, under the first that holds.
STATES = ("failed", "queued", "reading", "waiting", "pictures", "cut", "hard", "scanned", "whole")
UNREAD = ("failed", "queued", "reading")
PROJECTS_LACK = ("report", "summary", "finding", "documents")
DEFECTIVE = ("waiting", "pictures", "cut", "hard")
SCANNED = '%"scanned"%'  # a limit that readers told before scans were read
_CUT, LANGUAGES = cast(Document.cut, Text), cast(Document.languages, Text)
_NO_LIST = ("[]", "null")


class ListedDocument(NamedTuple):
    """A row of a list of documents."""

    id: int
    title: str
    file_name: str
    media_type: str
    page_kind: str
    page_count: int
    state: str
    reason: str
    cut: list[str]
    project_slug: str | None
    project_title: str | None


class ListedProject(NamedTuple):
    id: int
    slug: str
    title: str
    status: str


class ListedFile(NamedTuple):
    """A dropped file that never became a document."""

    id: int
    file_name: str
    size: int
    dropped_by: str
    dropped_at: Any


def standing() -> ColumnElement[int]:
    """Which of STATES a document is counted under, by its place there."""
    conditions = _states(true())  # what is left after those of UNREAD
    return case(*((conditions[name], place) for place, name in enumerate(STATES)), else_=len(STATES) - 1)


def in_state(name: str) -> ColumnElement[bool]:
    """The documents that `standing` names so."""
    before = STATES[: STATES.index(name)]
    conditions = _states(Document.state == "read")
    return and_(conditions[name], *(not_(conditions[one]) for one in before))


def defective() -> ColumnElement[bool]:
    """Documents that were read, but not whole."""
    return or_(*map(in_state, DEFECTIVE))


def document_conditions(readers: rereading.Readers) -> dict[str, ColumnElement[bool]]:
    """Beside the states, each by its name; `readers` as for `rereading.older_reader`."""
    return {
        "defective": defective(),
        "older_reader": rereading.older_reader(readers),
        "reread_waiting": rereading.waiting(),
        "reread_failed": rereading.failed_again(),
        "identity": and_(Document.reason == IDENTITY, Document.published_at.is_(None)),
        "undated": and_(Document.document_date.is_(None), Document.year.is_(None)),
        "homeless": Document.project_id.is_(None),
        "mixed": LANGUAGES.like("%,%"),
    }


def project_conditions() -> dict[str, ColumnElement[bool]]:
    """Projects that lack something, by what they lack."""
    of_it = Document.project_id == Project.id
    report = exists().where(of_it, Document.document_type == FINAL_REPORT)
    # An empty value stands as "key": "" in JSON; quotes within a text are escaped there.
    summary = func.replace(cast(Project.summary, Text), '": ""', "").like('%": "%')
    return {
        "report": and_(Project.status == FINISHED, not_(report)),
        "summary": not_(summary),
        "finding": and_(Project.status == FINISHED, Project.finding == ""),
        "documents": not_(exists().where(of_it)),
    }


def count_projects(session: Session, names: Collection[str] = PROJECTS_LACK) -> dict[str, int]:
    """By what they lack."""
    conditions = {name: one for name, one in project_conditions().items() if name in names}
    columns = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in conditions.values()]
    row = session.execute(select(*columns).select_from(Project)).one()
    return {name: int(row[n]) for n, name in enumerate(conditions)}


def unread_files(session: Session) -> dict[str, int]:
    """Failed documents and refused files by their reason; refused ones until people put them away from the queue."""
    failed = select(Document.reason, func.count()).where(Document.state == "failed").group_by(Document.reason)
    refused = select(Drop.refused, func.count()).where(_refused()).group_by(Drop.refused)
    counted: dict[str, int] = {}
    for reason, number in (*session.execute(failed), *session.execute(refused)):
        counted[reason] = counted.get(reason, 0) + int(number)
    return counted


def failed_for(reason: str) -> ColumnElement[bool]:
    return and_(Document.state == "failed", Document.reason == reason)


def in_languages(wanted: Iterable[str]) -> ColumnElement[bool]:
    """The documents that are counted under these (catalog/coverage_counts.py); none: the language is not known."""
    several = tuple(wanted)
    was_read = Document.read_at.is_not(None)
    if len(several) > 1:
        return and_(was_read, LANGUAGES.in_([json.dumps(list(one)) for one in permutations(several)]))
    return and_(was_read, not_(LANGUAGES.like("%,%")), Document.language == (several[0] if several else ""))


def list_documents(
    session: Session, condition: ColumnElement[bool], *, limit: int, offset: int = 0
) -> list[ListedDocument]:
    """In the order of their titles."""
    asked = (
        select(
            *(getattr(Document, name) for name in ListedDocument._fields[:-2]),
            Project.slug,
            Project.title.label("project_title"),
        )
        .outerjoin(Project, Document.project_id == Project.id)
        .where(condition)
        .order_by(Document.title, Document.file_name, Document.id)
        .limit(limit)
        .offset(offset)
    )
    return [ListedDocument._make(row) for row in session.execute(asked)]


def list_projects(session: Session, name: str, *, limit: int, offset: int = 0) -> list[ListedProject]:
    asked = (
        select(*(getattr(Project, column) for column in ListedProject._fields))
        .where(project_conditions()[name])
        .order_by(Project.title_key, Project.id)
        .limit(limit)
        .offset(offset)
    )
    return [ListedProject._make(row) for row in session.execute(asked)]


def count_where(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Document).where(condition)) or 0


def list_refused(session: Session, reason: str, *, limit: int, offset: int = 0) -> list[ListedFile]:
    """Newest first."""
    asked = (
        select(*(getattr(Drop, column) for column in ListedFile._fields))
        .where(_refused(), Drop.refused == reason)
        .order_by(Drop.dropped_at.desc(), Drop.id)
        .limit(limit)
        .offset(offset)
    )
    return [ListedFile._make(row) for row in session.execute(asked)]


def _refused() -> ColumnElement[bool]:
    return and_(Drop.refused != "", Drop.hidden.is_(False))


def _states(was_read: ColumnElement[bool]) -> dict[str, ColumnElement[bool]]:
    """Each by itself; who asks takes off those before it."""
    is_cut = _CUT.not_in(_NO_LIST)
    unread = exists().where(Scan.document_id == Document.id, Scan.state == "failed")
    hard = exists().where(Page.document_id == Document.id, Page.confidence < HARD_TO_READ)
    return {
        "failed": Document.state == "failed",
        "queued": Document.state == "queued",
        "reading": Document.state == "reading",
        "waiting": and_(was_read, Document.scan_pages_waiting > 0),
        "pictures": and_(was_read, or_(and_(is_cut, _CUT.like(SCANNED)), and_(Document.scan_pages > 0, unread))),
        "cut": and_(was_read, is_cut),
        "hard": and_(was_read, Document.scan_pages > 0, hard),
        "scanned": and_(was_read, Document.scan_pages > 0),
        "whole": was_read,
    }
