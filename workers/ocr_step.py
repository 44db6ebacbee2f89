"""Reads scanned pages: claim, draw and read within limits, analyse, store, promise the index its turn."""

from __future__ import annotations

import logging
import time

from catalog import documents, jobs, scans
from catalog.documents.reading import INDEX_PRIORITY
from catalog.documents.scan_promises import AGAIN
from catalog.errors import MissingOriginal
from catalog.jobs import Claimed
from catalog.origin import working_for
from catalog.scan_words import packed
from catalog.scans import ReadScan, ScanToRead
from catalog.unavailable import PASSING
from indexer import ScannedPage, UnreadableFile, analyse, analysis_version, known_words, scan_reader
from workers.bank import Bank
from workers.conclusion import conclude
from workers.queue import nudge

log = logging.getLogger(__name__)

LEASE_SECONDS = 1200.0  # lengthened before each part of a page's reading, of which the longest may take 900 s


class LeaseLost(Exception):
    """Another process has the page now; what was read here is thrown away."""


def scan_waiting(bank: Bank, seconds: float) -> None:
    """Reads page after page until none waits or the time is up, then leaves the rest to another message.

    Files go first; neither tesseract nor the fork server is started while they are read.
    """
    until = time.monotonic() + seconds
    while bank.reads_scans and (bank.files_first.wait(bank.database) or scan_next(bank)):
        if time.monotonic() >= until:
            nudge("ocr")
            return


def scan_next(bank: Bank) -> int:
    """Reads the most urgent page and returns 1, or 0 where nothing waits or nobody can read. Wakes others meanwhile."""
    if not bank.reads_scans:
        return 0
    bank.take_in_words()
    with bank.database.transaction(alone=False, redoable=True) as session:
        claimed = jobs.claim(session, "ocr", bank.owner, 1, LEASE_SECONDS, time.time())
        scan = scans.to_read(session, claimed[0].subject_id) if claimed else None
        if claimed and scan is None:  # its document was removed, or is read anew
            jobs.done(session, claimed[0])
        more = jobs.waiting(session).get("ocr", 0) > 1
    if claimed and scan:
        if more:
            nudge("ocr")
        with working_for(claimed[0].request_id):
            _read(bank, claimed[0], scan)
    return len(claimed)


def _read(bank: Bank, claimed: Claimed, scan: ScanToRead) -> None:
    """Ends in the record whatever happens; a record that is away, or a stop, is not the page's fault."""

    def hold() -> None:
        with bank.database.transaction(redoable=True) as session:
            if not jobs.extend(session, claimed, LEASE_SECONDS):
                raise LeaseLost

    try:
        page = bank.scanner.scan(bank.originals.path(scan.sha256), scan.number, hold)
    except LeaseLost:
        return
    except MissingOriginal as error:
        _fail(bank, claimed, UnreadableFile("damaged", str(error)))
    except UnreadableFile as unreadable:
        _fail(bank, claimed, unreadable)
    except PASSING:
        raise
    except Exception as error:
        log.exception("Reading page %s of document %s failed.", scan.number, scan.document_id)
        _fail(bank, claimed, UnreadableFile("damaged", f"{type(error).__name__}: {error}", transient=True))
    except BaseException:  # told to stop
        with bank.database.transaction(redoable=True) as session:
            jobs.release(session, claimed)
        raise
    else:
        _store(bank, claimed, scan, as_read(scan, page))


def as_read(scan: ScanToRead, page: ScannedPage) -> ReadScan:
    """What the record keeps of a page, with its text where that is to stand."""
    if not _stands(scan, page):
        return ReadScan(scan_reader(), page.quarter, page.skew)
    tokens = analyse(page.text)
    words = ((word.text, word.x, word.y, word.width, word.height) for word in page.words)
    return ReadScan(
        scan_reader(),
        page.quarter,
        page.skew,
        packed(page.width, page.height, words),
        page.confidence if page.words else None,
        documents.PageText(
            scan.number, page.text, page.heading, scans.READER, tokens.exact, tokens.parts, tokens.spans
        ),
        analysis_version(),
    )


def _stands(scan: ScanToRead, page: ScannedPage) -> bool:
    """The page's own text does unless the scan has more words that are known; an older scan's unless there is none."""
    if scan.is_scanned:
        return bool(page.words) or not scan.text
    return scan.cause == "picture" or page.known.known > known_words(scan.text).known


def _store(bank: Bank, claimed: Claimed, scan: ScanToRead, read: ReadScan) -> None:
    with bank.database.transaction(redoable=True) as session:
        if not jobs.extend(session, claimed, LEASE_SECONDS):
            return
        if scans.store(session, scan, read) and scans.is_last(session, scan.document_id, scan.id):
            conclude(bank, session, scan.document_id, _index_priority(claimed))
        jobs.done(session, claimed)
    nudge("index")


def _index_priority(claimed: Claimed) -> int:
    """Somebody waits for a new document; nobody does for what is only read again."""
    return claimed.priority if claimed.priority >= AGAIN else INDEX_PRIORITY


def _fail(bank: Bank, claimed: Claimed, unreadable: UnreadableFile) -> None:
    """A lasting reason ends it; a crash or a limit counts as an attempt, the last of which ends it too."""
    with bank.database.transaction(redoable=True) as session:
        if unreadable.transient:
            if not jobs.failed(session, claimed, str(unreadable)):
                return
        elif not jobs.extend(session, claimed, LEASE_SECONDS):
            return
        document_id = scans.fail(session, claimed.subject_id, unreadable.reason, unreadable.detail)
        if document_id is not None and scans.is_last(session, document_id, claimed.subject_id):
            conclude(bank, session, document_id, _index_priority(claimed))
        jobs.done(session, claimed)
    log.warning("A scanned page of document %s ended as %s.", document_id, unreadable.reason)
    nudge("index")
