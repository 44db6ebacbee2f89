"""One file in a worker's hands, from its claim to its end in the record."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from catalog import documents, jobs, projects, scans
from catalog.documents import FileToRead
from catalog.errors import MissingOriginal, NotThere
from catalog.jobs import Claimed
from catalog.origin import working_for
from catalog.unavailable import PASSING
from indexer import Extraction, UnreadableFile, analyse, analysis_version, suggest
from workers.bank import Bank
from workers.conclusion import conclude
from workers.queue import nudge

log = logging.getLogger(__name__)
_ENDED = "Document %s ended as %s."

LEASE_SECONDS = 120.0  # lengthened while pages come; a reading gives signs of life at least each minute
PROGRESS_SECONDS = 0.5  # how often the queue page can see a change


class LeaseLost(Exception):
    """Another process has the file now; what was read here is thrown away."""


class Turn:
    """From the claim of a file until the record has its pages, or the reason why there are none."""

    def __init__(self, bank: Bank, claimed: Claimed) -> None:
        self._bank, self._claimed = bank, claimed
        self._told_at = time.monotonic()

    def read(self, file: FileToRead) -> None:
        """Ends in the record whatever happens; a record that is away, or a stop, is not the file's fault."""
        with working_for(self._claimed.request_id):
            try:
                self._read(file)
            except BaseException:
                self._let_go()
                raise

    def _read(self, file: FileToRead) -> None:
        try:
            reading = self._reading(file)
        except (NotThere, LeaseLost):
            self._let_go()
        except MissingOriginal as error:
            self._fail("damaged", str(error))
        except UnreadableFile as unreadable:
            self._unreadable(unreadable)
        except PASSING:
            raise
        except Exception as error:
            log.exception("Reading document %s failed.", self._claimed.subject_id)
            self._unreadable(UnreadableFile("damaged", f"{type(error).__name__}: {error}", transient=True))
        else:
            self._store(reading)

    def _let_go(self) -> None:
        """Gives the file back as it is: it is free at once for another process."""
        with self._bank.database.transaction(redoable=True) as session:
            jobs.release(session, self._claimed)

    def _reading(self, file: FileToRead) -> documents.Reading:
        path = self._bank.originals.path(file.sha256)
        extraction = self._bank.reader.read(path, file.media_type, self._note_progress)
        if extraction.is_scan and not self._bank.reads_scans and not self._was_scanned():
            raise UnreadableFile("needs_ocr", "nobody reads scans")
        reads_scans = any(page.scan for page in extraction.pages) and self._bank.reads_scans
        return as_reading(extraction, self._bank.vocabularies, reads_scans=reads_scans)

    def _was_scanned(self) -> bool:
        """Whether the document has the text of its scans from before: that stands, whoever reads scans today."""
        with self._bank.database.reading() as session:
            return scans.has_read(session, self._claimed.subject_id)

    def _note_progress(self, pages_read: int, page_count: int) -> None:
        """Writes progress and lengthens the lease, at most each PROGRESS_SECONDS however fast pages come."""
        if time.monotonic() - self._told_at < PROGRESS_SECONDS:
            return
        self._told_at = time.monotonic()
        with self._bank.database.transaction(redoable=True) as session:
            documents.progress(session, self._claimed.subject_id, pages_read, page_count)
            if not jobs.extend(session, self._claimed, LEASE_SECONDS):
                raise LeaseLost

    def _store(self, reading: documents.Reading) -> None:
        has_scans = any(page.scan for page in reading.pages)
        try:
            with self._bank.database.transaction(redoable=True) as session:
                if not jobs.hand_in(session, self._claimed):
                    return
                documents.store_reading(session, self._claimed.subject_id, reading, self._claimed.priority)
                if not reading.is_scan:
                    projects.name_after(session, self._claimed.subject_id)
                if has_scans and scans.is_complete(session, self._claimed.subject_id):  # each was read before
                    conclude(self._bank, session, self._claimed.subject_id)
        except NotThere:
            log.info("Document %s was removed while it was read.", self._claimed.subject_id)
            return
        nudge("index")
        if reading.reads_scans and has_scans:
            nudge("ocr")

    def _unreadable(self, unreadable: UnreadableFile) -> None:
        """A lasting reason ends it; a crash or a limit counts as an attempt, the last of which ends it too."""
        if not unreadable.transient:
            self._fail(unreadable.reason, unreadable.detail)
            return
        with self._bank.database.transaction(redoable=True) as session:
            if jobs.failed(session, self._claimed, str(unreadable)):
                documents.give_up(session, self._claimed.subject_id, unreadable.reason, unreadable.detail)
                log.warning(_ENDED, self._claimed.subject_id, unreadable.reason)
                return
        nudge("read")

    def _fail(self, reason: str, detail: str) -> None:
        """The detail stays in the record: it may hold words of the file, which belong in no log."""
        log.warning(_ENDED, self._claimed.subject_id, reason)
        with self._bank.database.transaction(redoable=True) as session:
            if jobs.hand_in(session, self._claimed):
                documents.give_up(session, self._claimed.subject_id, reason, detail)


def as_reading(
    extraction: Extraction, vocabularies: dict[str, dict[str, list[str]]], *, reads_scans: bool = False
) -> documents.Reading:
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
                parts=tokens.parts,
                spans=tokens.spans,
                scan=page.scan,
            )
        )
    left_out = ("scanned",) if not reads_scans and any(page.scan == "picture" for page in pages) else ()
    # The date of a scan's file is that of the scanning, which may be decades after the report.
    told = replace(extraction, dates=()) if extraction.is_scan else extraction
    return documents.Reading(
        pages=pages,
        title=extraction.title,
        language=extraction.language,
        languages=extraction.languages,
        summary=extraction.summary,
        running=extraction.running,
        page_kind=extraction.page_kind,
        reader=extraction.reader,
        cut=(*extraction.cut, *left_out),
        is_scan=extraction.is_scan,
        reads_scans=reads_scans,
        word_count=sum(page.exact.count(" ") + 1 for page in pages if page.exact),
        analysis_version=analysis_version(),
        suggestions=suggest(told, vocabularies),
    )
