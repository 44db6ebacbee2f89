"""Promised entries, made from the record: of documents with their pages, and of projects."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import documents, generations, jobs, projects, terms
from catalog.documents import AnalysedPage
from catalog.jobs import Claimed
from catalog.models import Document, Project
from catalog.origin import working_for
from catalog.renewed_tokens import RenewedTokens
from catalog.unavailable import PASSING
from indexer import IndexEntry
from workers.bank import Bank
from workers.comparison import SUBJECTS
from workers.index_batch import Batch
from workers.projection import Vocabulary, project_document, project_project
from workers.reanalysis import renewed, with_renewed

log = logging.getLogger(__name__)

MADE_AT_ONCE = 32  # entries that are read from the record together, and lie in memory with their pages


def made(bank: Bank, claimed: list[Claimed], batch: Batch) -> Iterator[tuple[Claimed, IndexEntry | None]]:
    """The entry of each promise, None for what search must forget; one that fails harms only itself.

    Stops where the batch is full, a live one waits, or the rebuild for which they are made is paused or given up.
    """
    with bank.database.reading() as session:
        vocabulary = terms.labels(session)
    for start in range(0, len(claimed), MADE_AT_ONCE):
        some = claimed[start : start + MADE_AT_ONCE]
        with bank.database.reading() as session:
            if start and (batch.is_full or _must_wait(session, some[0].generation)):
                batch.postponed += claimed[start:]
                return
            entries = _made_together(session, some, vocabulary, batch)
        yield from entries


def _must_wait(session: Session, generation: str) -> bool:
    """Of entries for a generation that is being built."""
    if not generation:
        return False
    return bool(jobs.waiting(session).get("index")) or not generations.is_worked_on(session, generation)


def _made_together(
    session: Session, claimed: list[Claimed], vocabulary: Vocabulary, batch: Batch
) -> list[tuple[Claimed, IndexEntry | None]]:
    found, made = Subjects.of(session, claimed), []
    batch.known.update(found.indexed())
    for one in claimed:
        try:
            made.append((one, _entry(found, one, vocabulary, batch.renewed)))
        except PASSING:
            raise
        except Exception as error:
            with working_for(one.request_id):
                log.exception("%s %s cannot be made an entry.", one.subject, one.subject_id)
            batch.failed.append((one, error))
    return made


@dataclass(frozen=True, slots=True)
class Subjects:
    """What some promises are about, by id; what is gone, or is a document that was never read, is missing."""

    documents: dict[int, Document]
    projects: dict[int, Project]
    pages: dict[int, list[AnalysedPage]]

    @classmethod
    def of(cls, session: Session, claimed: list[Claimed]) -> Subjects:
        wanted = {subject: [one.subject_id for one in claimed if one.subject == subject] for subject in SUBJECTS}
        found = documents.whole(session, wanted["document"])
        return cls(
            {number: one for number, one in found.items() if one.read_at is not None},
            projects.by_ids(session, wanted["project"]),
            documents.analysed_of(session, found),
        )

    def indexed(self) -> Iterator[int]:
        """Ids of those that were brought to search before."""
        everything: list[Document | Project] = [*self.documents.values(), *self.projects.values()]
        return (one.id for one in everything if one.indexed_version)


def _entry(
    found: Subjects, claimed: Claimed, vocabulary: Vocabulary, renewed_tokens: list[RenewedTokens]
) -> IndexEntry | None:
    """None where the index must forget the subject. Adds what an older analysis left."""
    if claimed.subject == "project":
        project = found.projects.get(claimed.subject_id)
        return project_project(project, vocabulary) if project else None
    document = found.documents.get(claimed.subject_id)
    if document is None:
        return None
    pages = found.pages.get(document.id, [])
    if new := list(renewed(pages)):
        renewed_tokens += new
        pages = with_renewed(pages, new)
    return project_document(document, pages, vocabulary)
