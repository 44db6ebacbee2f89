"""The act behind `import` and the samples: drops files one after the other and knows how each ended."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog import documents
from catalog.dropping import Desk, Dropped, drop
from catalog.models import Document
from commands.import_plan import Planned
from indexer import sniff
from workers.bank import Bank
from workers.outage import patiently
from workers.queue import nudge

NUDGE_SECONDS = 0.5  # between two nudges; a woken worker goes on by itself while files wait
PATIENCE_SECONDS = 120.0  # with a record that is away
AT_ONCE = 200  # documents asked for in one query
COLUMNS = ("path", "state", "reason", "pages", "words", "document id")


@dataclass(frozen=True, slots=True)
class Imported:
    """One file or zip member. `known` where the bank had it already."""

    shown: str
    document_id: int | None
    refused: str
    known: bool


def import_all(bank: Bank, planned: Iterable[Planned]) -> Iterator[Imported]:
    """Takes in one file after the other; a file that cannot be opened is told as damaged, and the rest goes on."""
    desk = Desk(bank.database, bank.originals, bank.settings.upload_limit, sniff)
    nudged = 0.0
    for one in planned:
        # A file is begun anew where the record went away in its middle: what was taken in by then is known.
        yield from patiently(lambda: list(_import(desk, one)), PATIENCE_SECONDS)  # noqa: B023 - called at once
        if time.monotonic() - nudged > NUDGE_SECONDS:
            nudged = time.monotonic()
            nudge("read")
    nudge("read")


def _import(desk: Desk, planned: Planned) -> Iterator[Imported]:
    try:
        with planned.path.open("rb") as stream:
            for dropped in drop(desk, stream, planned.path.name, planned.wish):
                yield _imported(planned, dropped)
    except OSError as error:
        yield Imported(f"{planned.shown} ({error.strerror})", None, "damaged", known=False)


def _imported(planned: Planned, dropped: Dropped) -> Imported:
    inside = dropped.path.partition("/")[2]
    shown = f"{planned.shown}/{inside}" if inside else planned.shown
    return Imported(shown, dropped.document_id, dropped.refused, known=dropped.duplicate)


def write_report(bank: Bank, imported: list[Imported], path: Path) -> None:
    """One row a file, states and reasons by their codes."""
    found = dict(_documents(bank, [one.document_id for one in imported if one.document_id is not None]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(one, found.get(one.document_id or 0)) for one in imported)


def count_by_end(bank: Bank, imported: list[Imported]) -> dict[str, int]:
    """How many files ended in each state."""
    found = dict(_documents(bank, [one.document_id for one in imported if one.document_id is not None]))
    counts: dict[str, int] = {}
    for one in imported:
        state = str(_row(one, found.get(one.document_id or 0))[1])
        counts[state] = counts.get(state, 0) + 1
    return counts


def _row(one: Imported, document: Document | None) -> tuple[object, ...]:
    if one.refused:
        return one.shown, "failed", one.refused, 0, 0, ""
    if document is None:
        return one.shown, "removed", "", 0, 0, ""
    return one.shown, document.state, document.reason, document.page_count, document.word_count, document.id


def _documents(bank: Bank, ids: list[int]) -> Iterator[tuple[int, Document | None]]:
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with bank.database.reading() as session:
            found = documents.by_ids(session, some)
        yield from ((one, found.get(one)) for one in some)


def _unfinished(bank: Bank, ids: list[int]) -> list[int]:
    with bank.database.reading() as session:
        return documents.unfinished(session, ids)


def wait_for(bank: Bank, imported: list[Imported], on_count: Callable[[int], None], pause: Callable[[], None]) -> None:
    """Returns when every file has ended; tells `on_count` how many have. `pause` waits between two looks."""
    left = [one.document_id for one in imported if one.document_id is not None]
    while left:
        # Files are read in the order of their rows, so the first ones tell whether anything moves.
        head = patiently(lambda: _unfinished(bank, left[:AT_ONCE]), PATIENCE_SECONDS)  # noqa: B023 - called at once
        left = head + left[AT_ONCE:]
        on_count(len(imported) - len(left))
        if head:
            pause()
