"""Brings a batch of promised entries into the index: one commit of the engine, then one of the record."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from catalog import documents, generations, jobs, projects, words
from catalog.documents.reading import INDEX_PRIORITY
from catalog.jobs import Claimed, Owed
from catalog.origin import working_for
from catalog.renewed_tokens import renew
from catalog.unavailable import PASSING
from indexer import IndexBusy, SearchError, WriteBatch
from workers.bank import Bank
from workers.entry_making import made
from workers.index_batch import Batch
from workers.queue import nudge
from workers.switching import switch_when_ready

log = logging.getLogger(__name__)

LEASE_SECONDS = 300.0  # a commit that waits for merges may take half a minute on a slow disk
MOST_ENTRIES = 64
MOST_REBUILT = 2_048  # entries of a new generation in one batch, which ends early where a live one waits
BULK_FILES = 8  # that wait to be read: nobody dropped so many by hand to see them one by one
# How long entries of such a number of files are gathered at most: those that people wait for, and those of imports.
GATHERING_SECONDS = {True: 1.0, False: 2.0}
LOOK_SECONDS = 0.1  # meanwhile, whether the import has come to its end or a person waits
BUSY_SECONDS = 10.0  # how long another writer is waited for, before the rows are given back


def index_waiting(bank: Bank, seconds: float) -> None:
    """Indexes batch after batch until none waits or the time is up, so that a batch waits for no message."""
    until = time.monotonic() + seconds
    while index_next(bank) and time.monotonic() < until:
        pass


def index_next(bank: Bank) -> int:
    """Indexes the most urgent entries and returns how many; 0 where nothing waits. Nudges again while rows remain.

    A batch belongs to one generation of the index: the live one, as long as anything is owed to it. When nothing is
    owed any more to the one being built, searches are switched to it. Raises SearchError where the engine cannot be
    written; the rows are free again then.
    """
    while seconds := _gathering_seconds(bank):
        time.sleep(min(seconds, LOOK_SECONDS))
    bank.take_in_words()
    claimed, more = _claim(bank)
    if not claimed:
        switch_when_ready(bank)
        return 0
    try:
        postponed = _commit(bank, claimed)
    except BaseException:  # a busy or sleeping engine, or told to stop: nobody's fault
        _give_back(bank, claimed)
        raise
    if more or postponed:
        nudge("index")
    return len(claimed) - postponed


def _claim(bank: Bank) -> tuple[list[Claimed], bool]:
    """A batch of rows, and whether there is more to do after it: other rows, or a rebuild to be finished."""
    now = time.time()
    with bank.database.transaction(alone=False, redoable=True) as session:
        lent = jobs.claim(session, "index", bank.owner, MOST_ENTRIES, LEASE_SECONDS, now)
        claimed = _portion(session, lent, MOST_ENTRIES)
        more = jobs.waiting(session).get("index", 0) > len(claimed)
        building = generations.building(session)
        rebuilds = building is not None and building.paused_at is None
        if building is not None and rebuilds and not claimed:
            name = building.name
            lent = jobs.claim(session, "index", bank.owner, MOST_REBUILT, LEASE_SECONDS, now, generation=name)
            claimed = _portion(session, lent, MOST_REBUILT)
    return claimed, more or rebuilds


def _portion(session: Session, lent: list[Claimed], most: int) -> list[Claimed]:
    """Half as many for each time that one of them was lost with its process; the rest is given back.

    So the entry that kills is soon alone, and then every other one is written before it.
    """
    shared = [one for one in lent if most >> one.losses]
    portion = shared[: most >> max(one.losses for one in shared)] if shared else lent[:1]
    kept = {one.id for one in portion}
    jobs.release(session, *(one for one in lent if one.id not in kept))
    return portion


def _gathering_seconds(bank: Bank) -> float:
    """How long the next batch may grow: not at all, unless an import is going on and the batch is far from full.

    A commit of one entry takes nearly as long as one of fifty, and takes that time from the readers. What a person
    waits for is gathered only where people, too, have dropped many files at once.
    """
    with bank.database.reading() as session:
        owed = jobs.owed(session, before=INDEX_PRIORITY)
    entries = {urgent: of for (kind, urgent), of in owed.items() if kind == "index"}
    if not entries or sum(of.count for of in entries.values()) >= MOST_ENTRIES:
        return 0.0
    return max(0.0, min(_left(of, owed.get(("read", urgent)), urgent) for urgent, of in entries.items()))


def _left(entries: Owed, files: Owed | None, urgent: bool) -> float:
    """Seconds. Towards the end of an import batches grow smaller, so that the last one is small when all is read."""
    if files is None or files.count < max(BULK_FILES, entries.count // 2):
        return 0.0
    return GATHERING_SECONDS[urgent] - (datetime.now(UTC) - entries.oldest).total_seconds()


def _commit(bank: Bank, claimed: list[Claimed]) -> int:
    """Writes all at once; where that fails, one by one, so that the entry at fault is found and no other waits.

    Gives how many were postponed.
    """
    try:
        batch = _write(bank, claimed)
    except SearchError:
        raise
    except PASSING:  # the record's fault, not an entry's
        raise
    except Exception as error:  # noqa: BLE001 - whatever one entry brings about must not stop the others
        if len(claimed) > 1:
            return sum(_commit(bank, [one]) for one in claimed)
        batch = Batch(failed=[(claimed[0], error)])
    _note(bank, batch, claimed[0].generation)
    return len(batch.postponed)


def _write(bank: Bank, claimed: list[Claimed]) -> Batch:
    """Entries are made from the record while the engine takes in those before them."""
    batch = Batch()
    with ExitStack() as stack:
        index = _writer(bank, claimed[0].generation, stack)
        for one, entry in made(bank, claimed, batch):
            if entry is None:
                index.remove(one.subject_id, one.version)
                batch.gone.append(one)
            else:
                index.put(entry)
                batch.note(one, entry)
    batch.refuse(index.refused)
    return batch


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


def _note(bank: Bank, batch: Batch, generation: str) -> None:
    """A promise goes away only if its subject's version is still the one written.

    The record notes of the live generation only which version can be found.
    """
    written = bank.words_written.of(generation)
    counted = list(batch.words.counted(written))
    with bank.database.transaction(redoable=True) as session:
        renew(session, batch.renewed)
        if not generation or generations.is_known(session, generation):
            words.count(session, counted, generation)
        if not generation:
            documents.mark_indexed(session, batch.versions["document"])
            projects.mark_indexed(session, batch.versions["project"])
        jobs.all_done(session, [*batch.written, *batch.gone])
        jobs.release(session, *batch.postponed)
        for claimed, error in batch.failed:
            if jobs.failed(session, claimed, f"{type(error).__name__}: {error}"):
                with working_for(claimed.request_id):
                    log.error("%s %s could not be indexed: %s", claimed.subject, claimed.subject_id, error)
    written.update((one.word, one.key) for one in counted)


def _give_back(bank: Bank, claimed: list[Claimed]) -> None:
    with bank.database.transaction() as session:
        jobs.release(session, *claimed)
