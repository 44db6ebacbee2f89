"""Brings a batch of promised entries into the index: one commit of the engine, then one of the record."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from catalog import documents, jobs, projects, terms
from catalog.errors import NotThere
from catalog.jobs import Claimed
from catalog.renewed_tokens import RenewedTokens, renew
from indexer import EntryRefused, IndexBusy, IndexEntry, SearchError, WriteBatch
from workers.bank import Bank
from workers.projection import Vocabulary, project_document, project_project
from workers.queue import nudge
from workers.reanalysis import renewed, with_renewed

log = logging.getLogger(__name__)

LEASE_SECONDS = 300.0  # a commit that waits for merges may take half a minute on a slow disk
MOST_ENTRIES = 64
MOST_CHARACTERS = 20_000_000  # of page tokens in one batch, which the writer holds in memory
BULK_FILES = 8  # that wait to be read: nobody dropped so many by hand to see them one by one
GATHERING_SECONDS = 1.0
BUSY_SECONDS = 10.0  # how long another writer is waited for, before the rows are given back


@dataclass(slots=True)
class Batch:
    """What one commit holds. `gone` are ids that search must forget; `postponed` did not fit any more."""

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

    def refuse(self, refused: Mapping[int, str]) -> None:
        """What the index did not take has failed; all else of the batch is in."""
        for claimed in self.finished:
            if claimed.subject_id in refused:
                self.failed.append((claimed, EntryRefused(refused[claimed.subject_id])))
        self.entries = [pair for pair in self.entries if pair[0].subject_id not in refused]
        self.gone = [claimed for claimed in self.gone if claimed.subject_id not in refused]

    def versions(self, kind: str) -> dict[int, int]:
        return {entry.id: entry.version for _, entry in self.entries if entry.kind == kind}

    def singles(self) -> Iterator[Batch]:
        yield from (Batch(entries=[pair]) for pair in self.entries)
        yield from (Batch(gone=[claimed]) for claimed in self.gone)


def index_next(bank: Bank) -> int:
    """Indexes the most urgent entries and returns how many; 0 where nothing waits. Nudges again while rows remain.

    Raises SearchError where the engine cannot be written; the rows are free again then.
    """
    time.sleep(_gathering_seconds(bank))
    with bank.database.transaction() as session:
        claimed = jobs.claim(session, "index", bank.owner, MOST_ENTRIES, LEASE_SECONDS, time.time())
        more = jobs.waiting(session).get("index", 0) > len(claimed)
    if not claimed:
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
    batch = Batch()
    with bank.database.reading() as session:
        vocabulary = terms.labels(session)
        for one in claimed:
            if batch.characters >= MOST_CHARACTERS:
                batch.postponed.append(one)
                continue
            try:
                batch.add(one, _entry(session, one, vocabulary, batch.renewed))
            except Exception as error:
                log.exception("%s %s cannot be made an entry.", one.subject, one.subject_id)
                batch.failed.append((one, error))
    return batch


def _entry(
    session: Session, claimed: Claimed, vocabulary: Vocabulary, renewed_tokens: list[RenewedTokens]
) -> IndexEntry | None:
    """None where the subject is gone, or is a document that was never read. Adds what an older analysis left."""
    try:
        if claimed.subject == "project":
            return project_project(projects.get(session, claimed.subject_id), vocabulary)
        document = documents.get(session, claimed.subject_id)
    except NotThere:
        return None
    if document.read_at is None:
        return None
    pages = documents.analysed(session, document.id)
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
            batch = Batch(failed=[(batch.finished[0], error)], postponed=batch.postponed)
        else:
            for single in batch.singles():
                _commit(bank, single)
            batch = Batch(failed=batch.failed, postponed=batch.postponed, renewed=batch.renewed)
    _note(bank, batch)


def _write(bank: Bank, batch: Batch) -> None:
    if not batch.finished:
        return
    with ExitStack() as stack:
        index = _writer(bank, stack)
        for claimed in batch.gone:
            index.remove(claimed.subject_id, claimed.version)
        for _, entry in batch.entries:
            index.put(entry)
    batch.refuse(index.refused)


def _writer(bank: Bank, stack: ExitStack) -> WriteBatch:
    """Waits a while for another writer, such as one that is just being stopped; raises IndexBusy after that."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return stack.enter_context(bank.engine.writing())
        except IndexBusy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _note(bank: Bank, batch: Batch) -> None:
    """A promise goes away only if its subject's version is still the one written."""
    with bank.database.transaction() as session:
        renew(session, batch.renewed)
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
