"""The three places of the upload queue: what needs a person's help, what is under way, what is done.

Where a file stands is decided here and nowhere else; the record counts by it and hands out each place a part at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.orm import Session

from catalog.models import Document, Drop, Scan

HELP, UNDER_WAY, DONE = PLACES = ("help", "under_way", "done")


class Part(NamedTuple):
    """So many files of a place, after the first `offset`."""

    limit: int
    offset: int = 0


class Standing(NamedTuple):
    """counts: files by place, of the whole queue. ids: the drops of the parts that were asked for."""

    counts: dict[str, int]
    ids: list[int]


def standing(session: Session, parts: Mapping[str, Part], *, reads_scans: bool) -> Standing:
    """Nobody's hidden files. In each place what is being read comes first, then the newest.

    One statement counts, one more hands out each part: windows over the whole queue would take twice as long.
    """
    here = place(reads_scans=reads_scans).label("place")
    queue = select(here).select_from(Drop).outerjoin(Document, Drop.document_id == Document.id)
    queue = queue.where(Drop.hidden.is_(False))
    counted = session.execute(queue.add_columns(func.count()).group_by("place")).all()
    counts = dict.fromkeys(PLACES, 0) | {name: int(files) for name, files in counted}
    ids: list[int] = []
    for name, part in parts.items():
        first = (case((Document.state == "reading", 0), else_=1),) if name == UNDER_WAY else ()
        asked = queue.with_only_columns(Drop.id).where(place(reads_scans=reads_scans) == name)
        asked = asked.order_by(*first, Drop.dropped_at.desc(), Drop.id.desc()).limit(part.limit).offset(part.offset)
        ids += session.scalars(asked) if counts[name] else ()
    return Standing(counts, ids)


def place(*, reads_scans: bool) -> ColumnElement[str]:
    """Of a drop with its outer-joined document. reads_scans: whether the bank reads scanned pages."""
    asleep = exists().where(Scan.document_id == Document.id, Scan.state == "off") if reads_scans else not_(false())
    awaits_open = and_(Document.published_at.is_(None), Document.classification == "open")
    return case(
        (Drop.refused != "", HELP),
        (Drop.duplicate.is_(True), DONE),
        (Document.state == "failed", HELP),
        (Document.state != "read", UNDER_WAY),
        (and_(Document.scan_pages_waiting > 0, asleep), HELP),
        (or_(Document.scan_pages_waiting > 0, Document.indexed_version < Document.version), UNDER_WAY),
        (awaits_open, HELP),
        else_=DONE,
    )
