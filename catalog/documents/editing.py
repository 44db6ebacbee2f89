"""Changes that people make: fields, publication."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from catalog import carriers, fitting, identity
from catalog.audience import check_classification
from catalog.columns import now
from catalog.documents.finding import get
from catalog.documents.versioning import bump
from catalog.errors import BadValue, IdentityNumbersUnconfirmed, check_version
from catalog.models import Document, Project

EDITABLE = frozenset(
    {
        "title",
        "document_type",
        "document_date",
        "year",
        "language",
        "summary",
        "classification",
        "project_id",
        "publish_when_read",
    }
)
# A change by a person is searched before the bulk of an import.
PEOPLES_PRIORITY = 3


def update(session: Session, document_id: int, *, seen_version: int | None = None, **fields: Any) -> Document:
    """Writes the fields that people may change; raises BadValue for another one.

    A published document becomes open only as `publish` lets it (IdentityNumbersUnconfirmed). Raises ChangedMeanwhile
    where it is no longer the version that was seen.
    """
    if unknown := fields.keys() - EDITABLE:
        raise BadValue(f"A document has no field {', '.join(sorted(unknown))} that can be changed.")
    fitting.check(Document, fields)
    if fields.get("document_date"):
        fields.setdefault("year", fields["document_date"].year)
    with _all_or_nothing(session, document_id) as document:
        check_version(seen_version, document.version)
        for name, value in fields.items():
            setattr(document, name, value)
        check_classification(document.classification)
        session.flush()
        if document.published_at:
            _check_open(session, document)
        bump(session, document, PEOPLES_PRIORITY)
    if "project_id" in fields:
        session.refresh(document, ["project"])
    return document


def publish(session: Session, document_id: int, classification: str, by: str) -> Document:
    """Lets the classification's audience see the document from now on.

    Raises IdentityNumbersUnconfirmed where it would become open with identity numbers that nobody has decided about.
    """
    with _all_or_nothing(session, document_id) as document:
        document.classification = check_classification(classification)
        _check_open(session, document)
        publish_now(session, document, by)
        bump(session, document, PEOPLES_PRIORITY)
    return document


def unpublish(session: Session, document_id: int) -> Document:
    """Takes the document back to those who edit."""
    document = get(session, document_id)
    document.published_at, document.published_by, document.publish_when_read = None, "", False
    bump(session, document, PEOPLES_PRIORITY)
    return document


def publish_now(session: Session, document: Document, by: str = "") -> None:
    """Publishes without asking; its first moment of publication stands. See `_publish_project`."""
    document.published_at = document.published_at or now()
    document.published_by = by or document.published_by
    if document.classification == "open":
        document.confirmed_at = now()
    session.flush()
    if document.project is not None and document.project.published_at is None:
        _publish_project(session, document.project, document.published_by)


def may_become_open(session: Session, document: Document) -> bool:
    """True for what is not open, and for what holds no identity number that waits for a decision."""
    return document.classification != "open" or not identity.undecided(session, document.id)


def check_still_open(session: Session, document: Document) -> None:
    """Takes an open document back to those who edit where its text has gained identity numbers to be decided about."""
    if document.published_at and not may_become_open(session, document):
        document.published_at = None
        session.flush()


@contextmanager
def _all_or_nothing(session: Session, document_id: int) -> Iterator[Document]:
    """Takes everything back where it is refused, though the caller may catch that and commit."""
    with session.begin_nested():
        yield get(session, document_id)


def _publish_project(session: Session, project: Project, by: str) -> None:
    """A document that can be found leads to its project: that is published too, to its own classification's audience.

    One that would become open with identity numbers in its texts stays with those who edit.
    """
    if project.classification == "open" and identity.in_project(project):
        return
    project.published_at, project.published_by = now(), by
    carriers.bump_project(session, project, PEOPLES_PRIORITY)


def _check_open(session: Session, document: Document) -> None:
    if document.classification == "open" and (left := identity.undecided(session, document.id)):
        raise IdentityNumbersUnconfirmed(left)
