"""A recorded decision to remove a document, and the clearing of its bytes."""

from __future__ import annotations

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from catalog import fitting, jobs
from catalog.columns import new_id
from catalog.documents.editing import PEOPLES_PRIORITY
from catalog.documents.finding import get
from catalog.documents.scan_promises import forget_scans
from catalog.models import Document, Drop, Removal
from catalog.originals import Originals


def remove(session: Session, document_id: int, *, by: str, why: str) -> Removal:
    """Removes the document, its text, tokens, scans, drops and decisions; the index is promised to follow.

    The bytes go after the commit, by `clear_removed_bytes`: a transaction that is rolled back loses none. Raises
    BadValue for a reason that does not fit.
    """
    fitting.check(Removal, {"why": why})
    document = get(session, document_id)
    removal = Removal(
        id=new_id(),
        document_id=document.id,
        sha256=document.sha256,
        file_name=document.file_name,
        removed_by=by,
        why=why,
    )
    session.add(removal)
    jobs.forget(session, "read", "document", [document.id])
    forget_scans(session, document.id)
    jobs.add(session, "index", "document", document.id, document.version + 1, PEOPLES_PRIORITY)
    session.execute(delete(Drop).where(Drop.document_id == document.id))
    session.delete(document)  # pages, tokens and decisions go with it
    session.flush()
    return removal


def clear_removed_bytes(session: Session, originals: Originals) -> int:
    """Clears the bytes of removed documents, unless the same file was dropped anew. Tells how many were cleared.

    Call it in a transaction of its own: the rows stay locked meanwhile, so that `register` cannot come between.
    """
    waiting = session.scalars(select(Removal).where(Removal.bytes_cleared.is_(False)).with_for_update()).all()
    cleared = 0
    for removal in waiting:
        if not session.scalar(select(exists().where(Document.sha256 == removal.sha256))):
            originals.remove(removal.sha256)
            cleared += 1
        removal.bytes_cleared = True
    return cleared


def missing_originals(session: Session, originals: Originals) -> int:
    """How many documents have lost their bytes."""
    return sum(not originals.exists(sha256) for sha256 in session.scalars(select(Document.sha256)))
