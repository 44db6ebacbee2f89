"""The act behind `import` and the samples: drops files one after the other and knows how each ended."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog import documents
from catalog.database import Database, open_database
from catalog.dropping import Desk, Dropped, TakenIn, drop, register, take_in
from catalog.errors import MissingOriginal
from catalog.originals import open_originals
from commands.import_plan import Planned
from indexer import hanging, sniff
from settings import Settings
from workers import queue
from workers.outage import patiently
from workers.queue import nudge

PATIENCE_SECONDS = 120.0  # with a record that is away
WAITING_SECONDS = 0.05  # that a kept file waits for others, so that they share a transaction
MOST_WAITING = 100
AT_ONCE = 200  # documents asked for in one query
WATCHED = 16  # of them, while they are waited for
LOOK_SECONDS, SHORTEST_LOOK = 0.1, 0.02  # between two looks at them
COLUMNS = ("path", "state", "reason", "pages", "words", "document id")


@dataclass(frozen=True, slots=True)
class Imported:
    """One file or zip member. `known` where the bank had it already."""

    shown: str
    document_id: int | None
    refused: str
    known: bool


@contextmanager
def opened_desk(settings: Settings) -> Iterator[Desk]:
    """What an import needs of a bank: no index, no words and no reader of files, which take a while to load."""
    queue.configure(settings)
    database, originals = open_database(settings.database_url), open_originals(settings.originals_url)
    try:
        yield Desk(database, originals, settings.upload_limit, sniff, hanging)
    finally:
        database.dispose()


def import_all(desk: Desk, planned: Iterable[Planned]) -> Iterator[Imported]:
    """Takes in one file after the other; a file that cannot be opened is told as damaged, and the rest goes on.

    Bytes are kept one by one, rows made for several at once: of what a stop finds between the two, the next run makes
    the rows.
    """
    tray = _Tray(desk)
    for one in planned:
        try:
            for taken in _taken_in(desk, one):
                tray.put(one, taken)
                if tray.is_due:
                    yield from tray.emptied()
        except OSError as error:
            yield from tray.emptied()
            yield Imported(f"{one.shown} ({error.strerror})", None, "damaged", known=False)
    yield from tray.emptied()


def _taken_in(desk: Desk, planned: Planned) -> list[TakenIn]:
    """The file, or what a zip holds; begun anew where the record went away in its middle."""

    def taken_in() -> list[TakenIn]:
        with planned.path.open("rb") as stream:
            return list(take_in(desk, stream, planned.path.name, planned.wish))

    return patiently(taken_in, PATIENCE_SECONDS)


class _Tray:
    """Files that are kept and wait for their rows: for a moment only, since nobody reads a file without them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: list[tuple[Planned, TakenIn]] = []
        self._due_at = 0.0  # the very first file wakes the workers at once

    def put(self, planned: Planned, taken: TakenIn) -> None:
        self._waiting.append((planned, taken))

    @property
    def is_due(self) -> bool:
        return time.monotonic() >= self._due_at or len(self._waiting) >= MOST_WAITING

    def emptied(self) -> Iterator[Imported]:
        waiting, self._waiting = self._waiting, []
        if waiting:
            yield from _registered(self._desk, waiting)
            nudge("read")
        self._due_at = time.monotonic() + WAITING_SECONDS


def _registered(desk: Desk, waiting: list[tuple[Planned, TakenIn]]) -> Iterator[Imported]:
    try:
        dropped = patiently(lambda: register(desk, [taken for _, taken in waiting]), PATIENCE_SECONDS)
    except MissingOriginal:  # bytes were removed since they were kept: one by one, each can be kept again
        for planned in dict.fromkeys(planned for planned, _ in waiting):
            with planned.path.open("rb") as stream:
                again = list(drop(desk, stream, planned.path.name, planned.wish))
            yield from (_imported(planned, one) for one in again)
        return
    yield from (_imported(planned, one) for (planned, _), one in zip(waiting, dropped, strict=True))


def _imported(planned: Planned, dropped: Dropped) -> Imported:
    inside = dropped.path.partition("/")[2]
    shown = f"{planned.shown}/{inside}" if inside else planned.shown
    return Imported(shown, dropped.document_id, dropped.refused, known=dropped.duplicate)


def write_report(database: Database, imported: list[Imported], path: Path) -> None:
    """One row a file, states and reasons by their codes. A name's bytes that are no UTF-8 stand as half signs."""
    found = dict(_documents(database, [one.document_id for one in imported if one.document_id is not None]))
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(one, found.get(one.document_id or 0)) for one in imported)


def count_by_end(database: Database, imported: list[Imported]) -> dict[str, int]:
    """How many files ended in each state."""
    found = dict(_documents(database, [one.document_id for one in imported if one.document_id is not None]))
    counts: dict[str, int] = {}
    for one in imported:
        state = str(_row(one, found.get(one.document_id or 0))[1])
        counts[state] = counts.get(state, 0) + 1
    return counts


def _row(one: Imported, document: documents.End | None) -> tuple[object, ...]:
    if one.refused:
        return one.shown, "failed", one.refused, 0, 0, ""
    if document is None:
        return one.shown, "removed", "", 0, 0, ""
    return one.shown, document.state, document.reason, document.page_count, document.word_count, document.id


def _documents(database: Database, ids: list[int]) -> Iterator[tuple[int, documents.End | None]]:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with database.reading() as session:
            found = documents.ends(session, some)
        yield from ((one, found.get(one)) for one in some)


def _unfinished(database: Database, ids: list[int]) -> list[int]:
    with database.reading() as session:
        return documents.unfinished(session, ids)


def wait_for(
    database: Database, imported: list[Imported], on_count: Callable[[int], None], pause: Callable[[float], None]
) -> None:
    """Returns when every file has ended; tells `on_count` how many have. `pause` waits between two looks, so long."""
    left = [one.document_id for one in imported if one.document_id is not None]
    moved_at = time.monotonic()
    while left:
        # Files are read in the order of their rows, so the first ones tell whether anything moves.
        head = patiently(lambda: _unfinished(database, left[:WATCHED]), PATIENCE_SECONDS)  # noqa: B023 - called at once
        if len(head) < len(left[:WATCHED]):
            moved_at = time.monotonic()
        left = head + left[WATCHED:]
        on_count(len(imported) - len(left))
        if head:
            pause(_pause(len(left), time.monotonic() - moved_at))


def _pause(left: int, still: float) -> float:
    """Where few are left the end is near: looked for more often, less so the longer nothing moves (`still` seconds)."""
    return LOOK_SECONDS if left > WATCHED else min(LOOK_SECONDS, max(SHORTEST_LOOK, still / 10))
