"""How a reading may end without pages, and the publication that waited for its end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, update
from sqlalchemy.orm import Session

from catalog.documents.editing import may_become_open, publish_now
from catalog.documents.finding import get
from catalog.errors import NotThere
from catalog.models import Document

IDENTITY = "identity"  # the reason of a document whose new reading holds identity numbers to be decided about


def publish_as_asked(session: Session, document_id: int) -> None:
    """What is published already stays so, without its project where that was withdrawn meanwhile."""
    document = get(session, document_id)
    if not may_become_open(session, document):
        document.published_at, document.reason = None, IDENTITY
    elif document.published_at is None:
        publish_now(session, document)
    document.publish_when_read = False
    session.flush()


def give_up(session: Session, document_id: int, reason: str, detail: str = "") -> None:
    """As `fail`; but what was only read again keeps its state and the text that it has, with the reason beside it."""
    state = case((Document.state == "read", "read"), else_="failed")
    note(session, document_id, {"state": state, "reason": reason, "reason_detail": detail})


def fail(session: Session, document_id: int, reason: str, detail: str = "") -> None:
    """The reading ended without text, for a reason that the queue page shows."""
    note(session, document_id, {"state": "failed", "reason": reason, "reason_detail": detail})


def note(session: Session, document_id: int, values: dict[str, Any]) -> None:
    found = session.execute(
        update(Document)
        .where(Document.id == document_id)
        .values(values)
        .returning(Document.id)
        .execution_options(synchronize_session="fetch")
    ).first()
    if found is None:
        raise NotThere(f"There is no document {document_id}.")
