"""Which pages of a document are to be read as scans: rows, and the promises to read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from catalog import jobs
from catalog.columns import new_id
from catalog.models import Document, Job, Scan

PRIORITY, LATER, AGAIN = 9, 10, 11  # the least urgent work of the bank; what has a text already comes last
FIRST_PAGES = 20  # of a document; its others come after the first ones of every other document
OPEN_STATES = ("waiting", "off")


def kept_scans(session: Session, document_id: int, wanted: Collection[int]) -> set[int]:
    """Numbers of the pages that were read as scans already, and are wanted so again."""
    asked = select(_SCAN.c.number).where(_SCAN.c.document_id == document_id, _SCAN.c.state == "read")
    return {number for (number,) in session.connection().execute(asked)} & set(wanted)


def replace_scans(
    session: Session, document_id: int, wanted: Mapping[int, str], kept: Collection[int], *, on: bool
) -> None:
    """Rows for the pages {number: cause}, those kept apart; promised where scans are read (`on`)."""
    forget_scans(session, document_id, but=kept)
    new = [(new_id(), number) for number in sorted(wanted) if number not in kept]
    state = "waiting" if on else "off"
    rows = [
        {"id": one, "document_id": document_id, "number": number, "cause": wanted[number], "state": state}
        for one, number in new
    ]
    if rows:
        session.connection().execute(insert(_SCAN), rows)
    if on:
        promise(session, new)
    count(session, document_id)


def forget_scans(session: Session, document_id: int, *, but: Collection[int] = ()) -> None:
    """Takes rows and promises back, those of some pages apart."""
    connection = session.connection()
    rows = connection.execute(select(_SCAN.c.id, _SCAN.c.number).where(_SCAN.c.document_id == document_id)).all()
    gone = [row.id for row in rows if row.number not in but]
    for some in _pieces(gone):
        jobs.forget(session, "ocr", "scan", some)
        connection.execute(delete(_SCAN).where(_SCAN.c.id.in_(some)))


def promise(session: Session, scans: Iterable[tuple[int, int]], *, reset: bool = False) -> None:
    """Promises scans their reading, each as (id, page number), in this order."""
    owed = [(one, 0, PRIORITY if number <= FIRST_PAGES else LATER) for one, number in scans]
    jobs.add_all(session, "ocr", "scan", owed, reset=reset)


def promise_again(session: Session, scan_ids: Iterable[int]) -> None:
    """Scans that were read stay so, with their text and places, until the new ones are in."""
    jobs.add_all(session, "ocr", "scan", [(one, 0, AGAIN) for one in scan_ids])


def has_more(session: Session, document_id: int, but: int) -> bool:
    """Whether pages of the document are promised to be read as scans, one apart."""
    promised = select(Job.subject_id).where(Job.kind == "ocr", Job.subject == "scan")
    own = select(Scan.id).where(Scan.document_id == document_id, Scan.id != but, Scan.id.in_(promised))
    return session.scalar(own.limit(1)) is not None


def count(session: Session, document_id: int) -> int:
    """Writes down how many scans the document has and how many wait; tells how many wait."""
    return int(session.connection().execute(_COUNT, {"id_": document_id}).scalar() or 0)


def mend_promises(session: Session) -> int:
    """Promises anew to read scans that wait without a promise. Tells how many; 0 unless something is broken."""
    promised = select(Job.subject_id).where(Job.kind == "ocr", Job.subject == "scan")
    asked = select(Scan.id, Scan.number).where(Scan.state == "waiting", Scan.id.not_in(promised))
    forgotten = [(row.id, row.number) for row in session.execute(asked)]
    promise(session, forgotten)
    return len(forgotten)


_SCAN, _DOCUMENT = (cast("Table", model.__table__) for model in (Scan, Document))
_AT_ONCE = 500  # parameters of one statement


def _pieces(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _counted(*conditions: Any) -> Any:
    own = _SCAN.c.document_id == _DOCUMENT.c.id
    return select(func.count()).select_from(_SCAN).where(own, *conditions).scalar_subquery()


_COUNT = (
    update(_DOCUMENT)
    .where(_DOCUMENT.c.id == bindparam("id_"))
    .values(scan_pages=_counted(), scan_pages_waiting=_counted(_SCAN.c.state.in_(OPEN_STATES)))
    .returning(_DOCUMENT.c.scan_pages_waiting)
)
