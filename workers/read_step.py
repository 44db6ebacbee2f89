"""Reads dropped files: claim, read in a limited child, analyse, store, promise the index its turn.

While a child reads one file, the worker works up the one before it.
"""

from __future__ import annotations

import time
from contextlib import suppress
from types import TracebackType
from typing import Self

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
    with Hands(bank) as hands:
        turn = hands.take(wake=True)
        while turn:
            turn.listen()
            # The next child reads while this file is worked up. It was not claimed before: behind a long file it
            # would have waited for this worker, though another one has nothing to do.
            is_late = time.monotonic() >= until
            following = None if is_late else hands.take()
            hands.finish(turn)
            if is_late:
                nudge("read")
            turn = following


def read_next(bank: Bank) -> int:
    """Reads the most urgent file and returns 1, or 0 where nothing waits. Wakes others while rows remain."""
    with Hands(bank) as hands:
        turn = hands.take(wake=True)
        if turn:
            turn.listen()
            hands.finish(turn)
        return int(turn is not None)


class Hands:
    """The files that this worker holds just now, two at most; what is left at the end of the block is free again."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._held: list[Turn] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for turn in self._held:
            turn.close()
        for turn in self._held:
            turn.let_go()

    def take(self, *, wake: bool = False) -> Turn | None:
        """Claims the most urgent file and lets a child begin with it; None where nothing waits."""
        with self._bank.database.transaction(alone=False, redoable=True) as session:
            self._bank.take_in_words(session)
            claimed, file = _claimed(session, self._bank.owner)
            more = wake and jobs.waiting(session).get("read", 0) > 1
        if claimed is None or file is None:
            return None
        turn = Turn(self._bank, claimed)
        self._held.append(turn)
        if more:
            nudge("read")
        turn.begin(file)
        return turn

    def finish(self, turn: Turn) -> None:
        turn.finish()
        self._held.remove(turn)


def _claimed(session: Session, owner: str) -> tuple[Claimed, FileToRead] | tuple[None, None]:
    """The most urgent file, marked as being read. The promise to read what was removed has ended."""
    while claimed := jobs.claim(session, "read", owner, 1, LEASE_SECONDS, time.time()):
        with suppress(NotThere):
            return claimed[0], documents.reading_started(session, claimed[0].subject_id)
        jobs.done(session, claimed[0])
    return None, None
