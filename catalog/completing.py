"""What of the record completes a question that is being typed: projects by title, and how many documents stand behind.

Rights are asked of the record here, by the conditions of catalog/audience.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from catalog.audience import documents_seen_by, projects_seen_by
from catalog.columns import folded
from catalog.models import ControlledTerm, Document, Project, ProjectTerm

MOST_LOOKED_AT = 60  # titles that hold the letters somewhere; the likeliest stand first
MOST_STARTS = 6  # words that a title is compared with
LONGEST_COMPLETED = 200  # characters; whoever writes more pastes a text
_BEFORE_WORD = r"(?:^|[\W_])"


class TitledProject(NamedTuple):
    """`documents` of it are read and may be seen by whoever asks."""

    id: int
    slug: str
    title: str
    documents: int


def starts(text: str) -> list[str]:
    """Beginnings that a label or title is compared with; none before two letters have been typed."""
    if len(text) > LONGEST_COMPLETED:
        return []
    found = re.findall(r"[^\W_]+", folded(text))[:MOST_STARTS]
    return found if any(len(start) >= 2 for start in found) else []  # noqa: PLR2004 - two letters, as said


def holds(text: str, starts: Sequence[str]) -> bool:
    """Whether each of the folded beginnings is that of a word of the text."""
    return _all_begin(folded(text), starts)


def _all_begin(key: str, starts: Sequence[str]) -> bool:
    return all(re.search(_BEFORE_WORD + re.escape(start), key) for start in starts)


def projects_titled(
    session: Session, starts: Sequence[str], audience: frozenset[str], most: int
) -> list[TitledProject]:
    """Projects with a word in the title for each beginning; those whose title begins so first, then short titles."""
    asked = select(Project.id, Project.slug, Project.title, Project.title_key).where(
        projects_seen_by(audience), *(Project.title_key.contains(start, autoescape=True) for start in starts)
    )
    begins = Project.title_key.startswith(starts[0], autoescape=True)
    rows = session.execute(
        asked.order_by(begins.desc(), func.length(Project.title), Project.title_key).limit(MOST_LOOKED_AT)
    )
    holding = ((number, slug, title) for number, slug, title, key in rows if _all_begin(key, starts))
    found = list(islice(holding, most))
    counts = _documents(session, [number for number, _, _ in found], audience)
    return [TitledProject(number, slug, title, counts.get(number, 0)) for number, slug, title in found]


def documents_of_terms(session: Session, kind: str, audience: frozenset[str]) -> Mapping[str, int]:
    """How many documents of projects with each term of the kind this person may see; terms without any are left out."""
    rows = session.execute(
        select(ControlledTerm.key, func.count(Document.id))
        .join(ProjectTerm, ProjectTerm.term_id == ControlledTerm.id)
        .join(Project, Project.id == ProjectTerm.project_id)
        .join(Document, and_(Document.project_id == Project.id, Document.read_at.is_not(None)))
        .where(ControlledTerm.kind == kind, documents_seen_by(audience))
        .group_by(ControlledTerm.key)
    )
    return {key: count for key, count in rows if count}


def _documents(session: Session, projects: Sequence[int], audience: frozenset[str]) -> Mapping[int, int]:
    rows = session.execute(
        select(Document.project_id, func.count(Document.id))
        .join(Project, Project.id == Document.project_id)
        .where(Document.project_id.in_(projects), Document.read_at.is_not(None), documents_seen_by(audience))
        .group_by(Document.project_id)
    )
    return {int(number or 0): count for number, count in rows}
