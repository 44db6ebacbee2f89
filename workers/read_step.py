"""Reads one dropped file: claim, read in a limited child, analyse, store, promise the index its turn."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from sqlalchemy.orm import Session

from catalog import documents, jobs, projects
from catalog.errors import MissingOriginal, NotThere
from catalog.jobs import Claimed
from catalog.models import Document
from catalog.unavailable import PASSING
from indexer import ANALYSIS_VERSION, Extraction, UnreadableFile, analyse, suggest
from workers.bank import Bank
from workers.queue import nudge

log = logging.getLogger(__name__)

LEASE_SECONDS = 120.0  # lengthened while pages come; a reading gives signs of life at least each minute
PROGRESS_SECONDS = 0.5  # how often the queue page can see a change
MEGABYTE = 1_000_000


def read_waiting(bank: Bank, seconds: float) -> None:
    """Reads files one after the other until none waits or the time is up, so that a file costs no message.

    Others are woken once, at the first file; after that each goes on by itself as this one does.
    """
    until = time.monotonic() + seconds
    going_on = read_next(bank)
    while going_on and time.monotonic() < until:
        going_on = read_next(bank, wake=False)
    if going_on:
        nudge("read")


def read_next(bank: Bank, *, wake: bool = True) -> int:
    """Reads the most urgent file and returns 1, or 0 where nothing waits. Wakes others while rows remain."""
    with bank.database.transaction(alone=False) as session:
        claimed = jobs.claim(session, "read", bank.owner, 1, LEASE_SECONDS, time.time())
        more = jobs.waiting(session).get("read", 0) > len(claimed)
        document = _start(session, claimed[0]) if claimed else None
    if more and claimed and wake:
        nudge("read")
    if document:
        _work(bank, claimed[0], document)
    return len(claimed)


def _start(session: Session, claimed: Claimed) -> Document | None:
    """The document, marked as being read; None where it was removed, which ends the promise."""
    try:
        documents.reading_started(session, claimed.subject_id)
        return documents.get(session, claimed.subject_id)
    except NotThere:
        jobs.done(session, claimed)
        return None


def _work(bank: Bank, claimed: Claimed, document: Document) -> None:
    try:
        reading = _read(bank, claimed, document)
    except (NotThere, LeaseLost):
        _let_go(bank, claimed)
    except MissingOriginal as error:
        _fail(bank, claimed, "damaged", str(error))
    except UnreadableFile as unreadable:
        _unreadable(bank, claimed, unreadable)
    except PASSING:  # the record's fault, not the file's
        raise
    except Exception as error:
        log.exception("Reading document %s failed.", claimed.subject_id)
        _unreadable(bank, claimed, UnreadableFile("damaged", f"{type(error).__name__}: {error}", transient=True))
    except BaseException:  # told to stop: the file is free at once for another process
        _let_go(bank, claimed)
        raise
    else:
        _store(bank, claimed, reading)


class LeaseLost(Exception):
    """Another process has the file now; what was read here is thrown away."""


def _read(bank: Bank, claimed: Claimed, document: Document) -> documents.Reading:
    path = bank.originals.path(document.sha256)
    extraction = bank.reader.read(path, document.media_type, _noting_progress(bank, claimed))
    return as_reading(extraction, bank.vocabularies)


def as_reading(extraction: Extraction, vocabularies: dict[str, dict[str, list[str]]]) -> documents.Reading:
    """What the record keeps of an extraction, each page analysed once and for all."""
    pages = []
    for page in extraction.pages:
        tokens = analyse(page.text)
        pages.append(
            documents.PageText(
                number=page.number,
                text=page.text,
                heading=page.heading,
                reader=page.reader,
                exact=tokens.exact,
                base=tokens.base,
                spans=tokens.spans,
            )
        )
    return documents.Reading(
        pages=pages,
        title=extraction.title,
        language=extraction.language,
        summary=extraction.summary,
        running=extraction.running,
        page_kind=extraction.page_kind,
        reader=extraction.reader,
        cut=extraction.cut,
        word_count=sum(page.exact.count(" ") + 1 for page in pages if page.exact),
        analysis_version=ANALYSIS_VERSION,
        suggestions=suggest(extraction, vocabularies),
    )


def _noting_progress(bank: Bank, claimed: Claimed) -> Callable[[int, int], None]:
    """Writes progress and lengthens the lease, at most each PROGRESS_SECONDS however fast pages come."""
    last = time.monotonic()

    def note(pages_read: int, page_count: int) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_SECONDS:
            return
        last = time.monotonic()
        with bank.database.transaction() as session:
            documents.progress(session, claimed.subject_id, pages_read, page_count)
            if not jobs.extend(session, claimed, LEASE_SECONDS):
                raise LeaseLost

    return note


def _store(bank: Bank, claimed: Claimed, reading: documents.Reading) -> None:
    try:
        with bank.database.transaction() as session:
            if not jobs.extend(session, claimed, LEASE_SECONDS):
                return
            documents.store_reading(session, claimed.subject_id, reading)
            projects.name_after(session, claimed.subject_id)
            jobs.done(session, claimed)
    except NotThere:
        log.info("Document %s was removed while it was read.", claimed.subject_id)
        return
    nudge("index")


def _unreadable(bank: Bank, claimed: Claimed, unreadable: UnreadableFile) -> None:
    """A lasting reason ends it; a crash or a limit counts as an attempt, the last of which ends it too."""
    if not unreadable.transient:
        _fail(bank, claimed, unreadable.reason, unreadable.detail)
        return
    with bank.database.transaction() as session:
        if jobs.failed(session, claimed, str(unreadable)):
            documents.fail(session, claimed.subject_id, unreadable.reason, unreadable.detail)
            return
    nudge("read")


def _fail(bank: Bank, claimed: Claimed, reason: str, detail: str) -> None:
    with bank.database.transaction() as session:
        if jobs.extend(session, claimed, LEASE_SECONDS):
            documents.fail(session, claimed.subject_id, reason, detail)
            jobs.done(session, claimed)


def _let_go(bank: Bank, claimed: Claimed) -> None:
    with bank.database.transaction() as session:
        jobs.release(session, claimed)
