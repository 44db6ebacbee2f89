"""Who may see what, decided here and nowhere else: audience tokens of documents and projects, and those of people.

A person sees what shares at least one token with them. Search carries the tokens in its entries; `*_seen_by` ask the
record the same question.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_, or_, true

from catalog.errors import BadValue
from catalog.models import Document, Project

PUBLIC, STAFF, RESTRICTED, EDITORS = "public", "staff", "restricted", "editors"

# From the least to the most strict.
AUDIENCE_OF_CLASSIFICATION: dict[str, frozenset[str]] = {
    "open": frozenset({PUBLIC, STAFF, RESTRICTED, EDITORS}),
    "internal": frozenset({STAFF, RESTRICTED, EDITORS}),
    "restricted": frozenset({RESTRICTED, EDITORS}),
}
AUDIENCE_OF_ROLE: dict[str, frozenset[str]] = {
    "lasare": frozenset({PUBLIC, STAFF}),
    "analytiker": frozenset({PUBLIC, STAFF}),
    "redaktionsrad": frozenset({PUBLIC, STAFF, RESTRICTED}),
    "redaktor": frozenset({PUBLIC, STAFF, RESTRICTED, EDITORS}),
    "administrator": frozenset({PUBLIC, STAFF, RESTRICTED, EDITORS}),
}
ANONYMOUS = frozenset({PUBLIC})
_UNPUBLISHED = frozenset({EDITORS})


class Classified(Protocol):
    """What a document and a project have in common here."""

    @property
    def classification(self) -> str: ...
    @property
    def published_at(self) -> datetime | None: ...


def of_document(document: Classified, project: Classified | None) -> frozenset[str]:
    """Those who see it by its own classification and its project too, of which its entry and its page tell."""
    seen = _of_one(document)
    return seen & of_project(project) if project else seen


def of_project(project: Classified) -> frozenset[str]:
    return _of_one(project)


def is_hidden_by(project: Classified, document: Classified) -> bool:
    """Whether the project keeps its document from somebody who may see what is classified as the document is."""
    return not of_project(project) >= _of_one(document)


def of_role(role: str | None) -> frozenset[str]:
    """The tokens of a person; `None`, or a role that nobody knows, is the public."""
    return AUDIENCE_OF_ROLE.get(role or "", ANONYMOUS)


def may_edit(role: str | None) -> bool:
    return EDITORS in of_role(role)


def may_administer(role: str | None) -> bool:
    """Whether this person may stop what the bank does for everybody, such as a rebuild of the index."""
    return role == "administrator"


def may_put_on_start(role: str | None) -> bool:
    """Whether what this person chooses to show stands on everybody's start page."""
    return role == "analytiker" or may_edit(role)


def check_classification(classification: str) -> str:
    """Gives the classification back; raises BadValue for one that nobody knows."""
    if classification not in AUDIENCE_OF_CLASSIFICATION:
        raise BadValue(f"{classification!r} is no classification; use {', '.join(AUDIENCE_OF_CLASSIFICATION)}.")
    return classification


def documents_seen_by(audience: frozenset[str]) -> ColumnElement[bool]:
    """The condition of `of_document` for a query that has outer-joined Project to Document."""
    if EDITORS in audience:
        return true()
    allowed = _allowed(audience)
    return and_(
        Document.published_at.is_not(None),
        Document.classification.in_(allowed),
        or_(Document.project_id.is_(None), projects_seen_by(audience)),
    )


def projects_seen_by(audience: frozenset[str]) -> ColumnElement[bool]:
    """The condition of `of_project` for a query on Project."""
    if EDITORS in audience:
        return true()
    return and_(Project.published_at.is_not(None), Project.classification.in_(_allowed(audience)))


def _of_one(one: Classified) -> frozenset[str]:
    """Once published its classification's. What nobody knows is seen by editors only, who can mend it."""
    if one.published_at is None:
        return _UNPUBLISHED
    return AUDIENCE_OF_CLASSIFICATION.get(one.classification, _UNPUBLISHED)


def _allowed(audience: frozenset[str]) -> list[str]:
    return [name for name, seen in AUDIENCE_OF_CLASSIFICATION.items() if seen & audience]
