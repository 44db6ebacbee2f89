"""Work that the record's absence interrupts: waited out, then begun anew."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from catalog import jobs
from catalog.unavailable import PASSING
from workers.queue import nudge

if TYPE_CHECKING:
    from workers.bank import Bank  # commands that only drop files open none

log = logging.getLogger(__name__)

T = TypeVar("T")
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between two looks at a record that is away
FOR_EVER = float("inf")


def worked(bank: Bank, kind: str, work: Callable[[], object]) -> None:
    """Does the work. Where the record goes away, waits for it, gives back what this process held, and nudges.

    Without that, what was held would wait for the end of its lease: its owner lives.
    """
    try:
        work()
    except PASSING as error:
        log.warning("The record is away: %s", told(error))
        patiently(lambda: _give_back(bank), FOR_EVER)
        nudge(kind)


def patiently(act: Callable[[], T], seconds: float) -> T:
    """Does what can be begun anew, until the record answers; raises what it last raised when the time is up."""
    until = time.monotonic() + seconds
    for pause in _pauses():
        try:
            return act()
        except PASSING:
            if time.monotonic() + pause > until:
                raise
        time.sleep(pause)
    raise AssertionError("pauses never end")


def told(error: BaseException) -> str:
    """The first line of what a database says; statements and their values stand in the others."""
    return str(error).partition("\n")[0]


def _pauses() -> Iterator[float]:
    pause = SHORTEST_PAUSE
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


def _give_back(bank: Bank) -> None:
    with bank.database.transaction() as session:
        jobs.release_all(session, bank.owner)
