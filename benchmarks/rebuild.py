"""A rebuild from the catalog against the engine's bare writing of the same entries; and the memory of its process.

Bare: the entries lie ready in memory and are written in batches of the same size. Ours: rows are claimed, the record is
read, entries are made and written, rows taken away; at the end record and index are compared and the switch is made.

    python -m benchmarks.rebuild [--scale 1] [--folder KEPT]
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.bench_bank import BenchBank
from benchmarks.bench_record import build
from catalog import documents, generations, projects, terms
from catalog.documents import AnalysedPage
from indexer import IndexEntry
from settings import Settings
from workers import queue
from workers.bank import Bank
from workers.index_step import MOST_REBUILT, index_next
from workers.projection import project_document, project_project
from workers.rebuilding import promise_rebuild

READ_AT_ONCE = 500
LOOK_SECONDS = 0.1
_MEMORY = re.compile(r"(RssAnon|RssFile):\s+(\d+) kB")


@dataclass
class Spent:
    """Seconds by the clock and of processor time (user and system), and the process's largest memory in MB.

    `anonymous` is what it has taken for itself, `mapped` what it has open of the index's files, which the system takes
    back where others need it.
    """

    clock: float = 0.0
    processor: float = 0.0
    anonymous: float = 0.0
    mapped: float = 0.0
    entries: int = 0
    pages: int = 0

    @contextmanager
    def measured(self) -> Iterator[None]:
        ended = threading.Event()
        watch = threading.Thread(target=self._watch, args=(ended,))
        watch.start()
        clock, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        yield
        after = resource.getrusage(resource.RUSAGE_SELF)
        ended.set()
        watch.join()
        self.clock = time.perf_counter() - clock
        self.processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def _watch(self, ended: threading.Event) -> None:
        while not ended.wait(LOOK_SECONDS):
            found = dict(_MEMORY.findall(Path("/proc/self/status").read_text()))
            self.anonymous = max(self.anonymous, int(found["RssAnon"]) / 1000)
            self.mapped = max(self.mapped, int(found["RssFile"]) / 1000)


def bare(settings: Settings) -> Spent:
    bank, spent = Bank(settings), Spent()
    entries = list(_entries(bank))
    spent.entries, spent.pages = len(entries), sum(len(entry.pages) for entry in entries)
    engine = bank.engine_of(bank.generations.make())
    with spent.measured():
        for start in range(0, len(entries), MOST_REBUILT):
            with engine.writing() as batch:
                for entry in entries[start : start + MOST_REBUILT]:
                    batch.put(entry)
    bank.close()
    return spent


def rebuild(settings: Settings) -> Spent:
    queue.configure(settings)
    bank, spent = Bank(settings), Spent()
    with spent.measured():
        asked = promise_rebuild(bank)
        while index_next(bank):
            pass
    with bank.database.reading() as session:
        live = generations.live(session)
    assert live is not None
    assert live.name == asked.name == bank.generations.live()
    assert live.differences == 0
    spent.entries, spent.pages = live.entries, live.pages
    bank.close()
    return spent


def _entries(bank: Bank) -> Iterator[IndexEntry]:
    """All that the index holds, in the order of a rebuild."""
    with bank.database.reading() as session:
        vocabulary = terms.labels(session)
        for some in _pieces(sorted(projects.versions(session))):
            yield from (project_project(one, vocabulary) for one in projects.by_ids(session, some).values())
            session.expunge_all()
        for some in _pieces(sorted(documents.versions(session))):
            pages: dict[int, list[AnalysedPage]] = documents.analysed_of(session, some)
            found = documents.whole(session, some)
            yield from (project_document(found[one], pages.get(one, []), vocabulary) for one in some)
            session.expunge_all()


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + READ_AT_ONCE] for start in range(0, len(ids), READ_AT_ONCE))


def _alone(work: Callable[[Settings], Spent], settings: Settings) -> Spent:
    """In a process of its own, so that memory is that of this work only."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (settings,))


def _told(name: str, spent: Spent) -> str:
    rate, own = spent.pages / spent.clock, spent.pages / spent.processor
    speed = f"{spent.clock:8.1f} {spent.processor:10.1f} {rate:10.0f} {own:12.0f}"
    return f"{name:24} {speed} {spent.anonymous:6.0f} {spent.mapped:6.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--folder", type=Path, help="keeps the bank, or takes up one that is there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        settings = Settings(data=str(folder))
        if not (folder / "catalog.sqlite").exists():
            build(folder, BenchBank(given.scale))
        ours, alone = _alone(rebuild, settings), _alone(bare, settings)
    print(f"{ours.entries} entries, {ours.pages} pages")
    print(f"{'':24} {'seconds':>8} {'processor':>10} {'pages/s':>10} {'pages/s cpu':>12} {'MB':>6} {'mapped':>6}")
    print(_told("bare writing", alone))
    print(_told("rebuild", ours))
    print(f"of bare: {alone.clock / ours.clock:.2f} by the clock, {alone.processor / ours.processor:.2f} by processor")


if __name__ == "__main__":
    main()
