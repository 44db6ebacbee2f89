"""Reconciles record, index, originals and leases: whatever was lost or killed is mended here, and told in numbers."""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass

from catalog import documents, generations, jobs, scans
from catalog.documents import scan_promises
from catalog.origin import working_for
from indexer import SearchError
from workers import owners
from workers.bank import Bank
from workers.comparison import SUBJECTS
from workers.conclusion import conclude
from workers.promises import promise_entries
from workers.queue import KINDS, nudge
from workers.rebuilding import settle
from workers.switching import look_over, switch_when_ready

log = logging.getLogger(__name__)

UNFINISHED_SECONDS = 3600.0  # an upload that has not grown for an hour has no one behind it
PRIORITY = 7  # after what people and imports have just promised


@dataclass(frozen=True, slots=True)
class SweepReport:
    """How much was mended: all 0 on a healthy bank. `waiting` is by kind, `engine` what the engine complained of."""

    leases_freed: int = 0
    given_up: int = 0
    readings_promised: int = 0
    scans_promised: int = 0
    entries_promised: int = 0
    originals_cleared: int = 0
    unfinished_cleared: int = 0
    waiting_read: int = 0
    waiting_index: int = 0
    waiting_ocr: int = 0
    engine: str = ""

    def as_numbers(self) -> dict[str, int]:
        return {name: number for name, number in asdict(self).items() if isinstance(number, int)}


def sweep(bank: Bank) -> SweepReport:
    """Mends what it finds and nudges each kind of work that has rows waiting. Safe at any time, in any process."""
    with bank.database.transaction() as session:
        freed = jobs.free_dead(session, owners.is_alive, time.time())
    for one in freed.given_up:
        with working_for(one.request_id):
            log.error(
                "%s %s was given up: every process died that worked on it (%s).", one.subject, one.subject_id, one.kind
            )
    promised, engine = _compare_index(bank)
    with bank.database.transaction() as session:
        readings = documents.mend(session)
    scans_promised = _mend_scans(bank)
    with bank.database.transaction() as session:
        cleared = documents.clear_removed_bytes(session, bank.originals)
    with bank.database.reading() as session:
        waiting = jobs.waiting(session)
        building = generations.building(session)
    rebuilds = building is not None and building.paused_at is None
    for kind in KINDS:
        if waiting.get(kind) or (kind == "index" and rebuilds):
            nudge(kind)
    return SweepReport(
        leases_freed=freed.count,
        given_up=len(freed.given_up),
        readings_promised=readings,
        scans_promised=scans_promised,
        entries_promised=promised,
        originals_cleared=cleared,
        unfinished_cleared=bank.originals.clear_unfinished(UNFINISHED_SECONDS),
        waiting_read=waiting.get("read", 0),
        waiting_index=waiting.get("index", 0),
        waiting_ocr=waiting.get("ocr", 0),
        engine=engine,
    )


def _mend_scans(bank: Bank) -> int:
    """Promises that are missing, and documents whose last page ended with the death of its worker."""
    with bank.database.transaction() as session:
        promised = scan_promises.mend_promises(session)
        for document_id in scans.settle_forgotten(session):
            conclude(bank, session, document_id)
    return promised


def _compare_index(bank: Bank) -> tuple[int, str]:
    """Promises an entry wherever record and index differ, both ways, in each living generation of the index."""
    try:
        bank.engine_of("")  # makes the first generation of a new bank
        settle(bank)
        promised = _promise_differences(bank, "")
        with bank.database.reading() as session:
            building = generations.building(session)
            rests = building is not None and (building.paused_at or generations.is_owed(session, building.name))
        if building is not None and not rests and not switch_when_ready(bank):
            promised += _promise_differences(bank, building.name)
    except SearchError as error:
        return 0, str(error)
    return promised, ""


def _promise_differences(bank: Bank, generation: str) -> int:
    found = look_over(bank, generation)
    return sum(promise_entries(bank, subject, found.different(subject), PRIORITY) for subject in SUBJECTS)
