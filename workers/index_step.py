"""Brings a batch of promised entries into the index: one commit of the engine, then one of the record."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from catalog import documents, generations, jobs, projects, terms
from catalog.documents import AnalysedPage
from catalog.jobs import Claimed
from catalog.models import Document, Project
from catalog.renewed_tokens import RenewedTokens, renew
from indexer import IndexBusy, IndexEntry, SearchError, WriteBatch
from workers.bank import Bank
from workers.projection import Vocabulary, project_document, project_project
from workers.queue import nudge
from workers.reanalysis import renewed, with_renewed
from workers.rebuilding import switch_when_ready

log = logging.getLogger(__name__)

LEASE_SECONDS = 300.0  # a commit that waits for merges may take half a minute on a slow disk
MOST_ENTRIES = 64
MOST_REBUILT = 1_024  # entries of a new generation in one batch: a live one waits for a second or two at most
READ_AT_ONCE = 64  # documents that are read from the record in one query
MOST_CHARACTERS = 20_000_000  # of page tokens in one batch, which the writer holds in memory
BULK_FILES = 8  # that wait to be read: nobody dropped so many by hand to see them one by one
GATHERING_SECONDS = 1.0
SUBJECTS = ("document", "project")
BUSY_SECONDS = 10.0  # how long another writer is waited for, before the rows are given back


@dataclass(slots=True)
class Batch:
    """What one commit to one generation holds. `gone` are ids that search must forget; `postponed` did not fit."""

    generation: str = ""
    entries: list[tuple[Claimed, IndexEntry]] = field(default_factory=list)
    gone: list[Claimed] = field(default_factory=list)
    failed: list[tuple[Claimed, Exception]] = field(default_factory=list)
    postponed: list[Claimed] = field(default_factory=list)
    renewed: list[RenewedTokens] = field(default_factory=list)
    characters: int = 0

    def add(self, claimed: Claimed, entry: IndexEntry | None) -> None:
        if entry is None:
            self.gone.append(claimed)
            return
        self.entries.append((claimed, entry))
        self.characters += sum(len(page.tokens.exact) for page in entry.pages)

    @property
    def finished(self) -> list[Claimed]:
        return [claimed for claimed, _ in self.entries] + self.gone

    def versions(self, kind: str) -> dict[int, int]:
        return {entry.id: entry.version for _, entry in self.entries if entry.kind == kind}

    def singles(self) -> Iterator[Batch]:
        yield from (Batch(self.generation, entries=[pair]) for pair in self.entries)
        yield from (Batch(self.generation, gone=[claimed]) for claimed in self.gone)


def index_next(bank: Bank) -> int:
    """Indexes the most urgent entries and returns how many; 0 where nothing waits. Nudges again while rows remain.

    A batch belongs to one generation of the index: the live one, as long as anything is owed to it. When nothing is
    owed any more to the one being built, searches are switched to it. Raises SearchError where the engine cannot be
    written; the rows are free again then.
    """
    time.sleep(_gathering_seconds(bank))
    claimed, more = _claim(bank)
    if not claimed:
        switch_when_ready(bank)
        return 0
    try:
        batch = _project(bank, claimed)
        _commit(bank, batch)
    except BaseException:  # a busy or sleeping engine, or told to stop: nobody's fault
        _give_back(bank, claimed)
        raise
    if more or batch.postponed:
        nudge("index")
    return len(claimed) - len(batch.postponed)


def _claim(bank: Bank) -> tuple[list[Claimed], bool]:
    """A batch of rows, and whether there is more to do after it: other rows, or a rebuild to be finished."""
    now = time.time()
    with bank.database.transaction() as session:
        claimed = jobs.claim(session, "index", bank.owner, MOST_ENTRIES, LEASE_SECONDS, now)
        more = jobs.waiting(session).get("index", 0) > len(claimed)
        building = generations.building(session)
        if building is not None and not claimed:
            name = building.name
            claimed = jobs.claim(session, "index", bank.owner, MOST_REBUILT, LEASE_SECONDS, now, generation=name)
    return claimed, more or building is not None


def _gathering_seconds(bank: Bank) -> float:
    """How long the next batch may grow: not at all, unless an import is going on and the batch is far from full.

    A commit of one entry takes nearly as long as one of fifty, and takes that time from the readers.
    """
    with bank.database.reading() as session:
        waiting, oldest = jobs.waiting(session), jobs.oldest(session, "index")
    if oldest is None or waiting.get("read", 0) < BULK_FILES or waiting["index"] >= MOST_ENTRIES:
        return 0.0
    return max(0.0, GATHERING_SECONDS - (datetime.now(UTC) - oldest).total_seconds())


def _project(bank: Bank, claimed: list[Claimed]) -> Batch:
    """Reads the rows on one snapshot, until the batch is full. An entry that fails harms only itself."""
    batch = Batch(claimed[0].generation)
    with bank.database.reading() as session:
        vocabulary = terms.labels(session)
        for start in range(0, len(claimed), READ_AT_ONCE):
            some = claimed[start : start + READ_AT_ONCE]
            if batch.characters >= MOST_CHARACTERS:
                batch.postponed += some
            else:
                _project_some(Subjects.of(session, some), some, vocabulary, batch)
                session.expunge_all()
    return batch


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


def _project_some(found: Subjects, claimed: list[Claimed], vocabulary: Vocabulary, batch: Batch) -> None:
    for one in claimed:
        if batch.characters >= MOST_CHARACTERS:
            batch.postponed.append(one)
            continue
        try:
            batch.add(one, _entry(found, one, vocabulary, batch.renewed))
        except Exception as error:
            log.exception("%s %s cannot be made an entry.", one.subject, one.subject_id)
            batch.failed.append((one, error))


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


def _commit(bank: Bank, batch: Batch) -> None:
    """Writes all at once; where that fails, one by one, so that the entry at fault is found and no other waits."""
    try:
        _write(bank, batch)
    except SearchError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one entry brings about must not stop the others
        if len(batch.finished) == 1:
            batch = Batch(batch.generation, failed=[(batch.finished[0], error)], postponed=batch.postponed)
        else:
            for single in batch.singles():
                _commit(bank, single)
            batch = Batch(batch.generation, failed=batch.failed, postponed=batch.postponed, renewed=batch.renewed)
    _note(bank, batch)


def _write(bank: Bank, batch: Batch) -> None:
    if not batch.finished:
        return
    with ExitStack() as stack:
        index = _writer(bank, batch.generation, stack)
        for claimed in batch.gone:
            index.remove(claimed.subject_id)
        for _, entry in batch.entries:
            index.put(entry)


def _writer(bank: Bank, generation: str, stack: ExitStack) -> WriteBatch:
    """Waits a while for another writer, such as one that is just being stopped; raises IndexBusy after that."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return stack.enter_context(bank.engine_of(generation).writing())
        except IndexBusy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _note(bank: Bank, batch: Batch) -> None:
    """A promise goes away only if its subject's version is still the one written.

    The record notes of the live generation only which version can be found.
    """
    with bank.database.transaction() as session:
        renew(session, batch.renewed)
        if not batch.generation:
            documents.mark_indexed(session, batch.versions("document"))
            projects.mark_indexed(session, batch.versions("project"))
        for claimed in batch.finished:
            jobs.done(session, claimed)
        for claimed in batch.postponed:
            jobs.release(session, claimed)
        for claimed, error in batch.failed:
            if jobs.failed(session, claimed, f"{type(error).__name__}: {error}"):
                log.error("%s %s could not be indexed: %s", claimed.subject, claimed.subject_id, error)


def _give_back(bank: Bank, claimed: list[Claimed]) -> None:
    with bank.database.transaction() as session:
        for one in claimed:
            jobs.release(session, one)
