"""Reads dropped files: claim, read in a limited child, analyse, store, promise the index its turn."""

from __future__ import annotations

import time
from contextlib import suppress

from sqlalchemy.orm import Session

from catalog import documents, jobs
from catalog.documents import FileToRead
from catalog.errors import NotThere
from catalog.jobs import Claimed
from workers.bank import Bank
from workers.queue import nudge
from workers.read_turn import LEASE_SECONDS, Turn


def read_waiting(bank: Bank, seconds: float) -> None:
    """Reads files one after the other until none waits or the time is up, so that a file costs no message.

    Others are woken once, at the first file; after that each goes on by itself as this one does.
    """
    until = time.monotonic() + seconds
    wake = True
    while _read(bank, wake=wake):
        if time.monotonic() >= until:
            nudge("read")
            return
        wake = False


def read_next(bank: Bank) -> int:
    """Reads the most urgent file and returns 1, or 0 where nothing waits. Wakes others while rows remain."""
    return int(_read(bank, wake=True))


def _read(bank: Bank, *, wake: bool) -> bool:
    with bank.database.transaction(alone=False, redoable=True) as session:
        bank.take_in_words(session)
        claimed, file = _claimed(session, bank.owner)
        more = wake and jobs.waiting(session).get("read", 0) > 1
    if claimed is None or file is None:
        return False
    if more:
        nudge("read")
    Turn(bank, claimed).read(file)
    return True


def _claimed(session: Session, owner: str) -> tuple[Claimed, FileToRead] | tuple[None, None]:
    """The most urgent file, marked as being read. The promise to read what was removed has ended."""
    while claimed := jobs.claim(session, "read", owner, 1, LEASE_SECONDS, time.time()):
        with suppress(NotThere):
            return claimed[0], documents.reading_started(session, claimed[0].subject_id)
        jobs.done(session, claimed[0])
    return None, None
