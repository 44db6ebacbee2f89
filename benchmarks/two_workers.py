"""How much faster two reading workers are than one, on each layout.

python -m benchmarks.two_workers [FOLDER] [--files N] [--turns N]
Seconds run from the first file's start to the last file's end, as the record has them, so that the start of Python
does not count. Two workers can only be faster where two cores are idle: the load is told beside the figures.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from benchmarks.serving import installed
from catalog import jobs, terms
from catalog.dropping import Wish
from catalog.models import Document
from commands.import_plan import plan
from commands.importing import import_all, opened_desk
from settings import Settings
from tests.journeys.serving import HOUSE, command
from tests.journeys.small_files import small_files, write
from tests.servers.postgresql_cluster import NotInstalled, create_database, postgresql
from tests.servers.redis_server import redis_server
from workers import queue
from workers.bank import Bank

SEED = 11
CORPUS = HOUSE.parent / "shared" / "corpus" / "sv"


@dataclass(frozen=True, slots=True)
class Measured:
    seconds: float
    processor_seconds: float


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=CORPUS, help="PDF files; where missing, made ones")
    asked.add_argument("--files", type=int, default=100)
    asked.add_argument("--turns", type=int, default=3, help="each with one and with two; medians are told")
    given = asked.parse_args()
    print(f"Load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        source = Path(name) / "in"
        _gather(given.folder, source, given.files)
        print("| layout | one worker | two workers | times as fast | processor seconds, one and two |")
        print("|---|---|---|---|---|")
        _tell("SQLite, files", source, dict, given.turns)
        try:
            servers = _servers(stack, Path(name))
        except NotInstalled as missing:
            print(f"PostgreSQL with Redis is left out: {missing}.")
            return
        _tell("PostgreSQL, Redis", source, servers, given.turns)


def _servers(stack: ExitStack, folder: Path) -> Callable[[], dict[str, str]]:
    """Gives the settings of a bank of its own on both servers; raises NotInstalled."""
    program = shutil.which("redis-server")
    if program is None:
        raise NotInstalled("redis-server is not installed")
    server = stack.enter_context(postgresql())
    broker = stack.enter_context(redis_server(program, folder))
    return lambda: {"KB_DATABASE": create_database(server), "KB_BROKER": broker.url}


def _tell(layout: str, source: Path, servers: Callable[[], dict[str, str]], turns: int) -> None:
    measured = [[_measured(source, servers(), workers) for workers in (1, 2)] for _ in range(turns)]
    one, two = (median(turn[place].seconds for turn in measured) for place in (0, 1))
    used = ", ".join(f"{median(turn[place].processor_seconds for turn in measured):.1f}" for place in (0, 1))
    print(f"| {layout} | {one:.2f} s | {two:.2f} s | {one / two:.2f} | {used} |")


def _measured(source: Path, servers: dict[str, str], workers: int) -> Measured:
    """Reads all files with so many workers, on an empty bank."""
    with tempfile.TemporaryDirectory() as data, ExitStack() as stack:
        environ = {"KB_DATA": data, **servers}
        bank = Bank(Settings.from_environ(environ))
        stack.callback(bank.close)
        _drop(bank, source)
        before = _processor_seconds()
        with ExitStack() as living:
            for _ in range(workers):
                living.enter_context(_worker(environ))
            while _waits(bank):
                time.sleep(0.05)
        return Measured(_reading_seconds(bank), _processor_seconds() - before)


def _drop(bank: Bank, source: Path) -> None:
    queue.configure(bank.settings)
    bank.database.migrate()
    with bank.database.transaction() as session:
        terms.seed(session)
    with opened_desk(bank.settings) as desk:
        list(import_all(desk, plan(desk.database, [source], Wish("benchmark"))))


@contextmanager
def _worker(environ: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command("worker", "--queue", "read"), env=installed(environ), cwd=HOUSE)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _waits(bank: Bank) -> bool:
    with bank.database.reading() as session:
        return bool(jobs.waiting(session).get("read"))


def _reading_seconds(bank: Bank) -> float:
    asked = select(func.min(Document.reading_started_at), func.max(Document.read_at))
    with bank.database.reading() as session:
        first, last = session.execute(asked).one()
    assert first is not None
    assert last is not None
    return (last - first).total_seconds()


def _processor_seconds() -> float:
    """Of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _gather(folder: Path, target: Path, count: int) -> None:
    """Real reports where they are at hand, else made ones, which it says."""
    reports = sorted(folder.rglob("*.pdf"))[:count] if folder.is_dir() else []
    if not reports:
        print(f"There is no PDF file in {folder}; {count} small made files are read instead.")
        write(small_files(count, SEED), target)
        return
    target.mkdir(parents=True)
    for number, report in enumerate(reports):
        shutil.copy(report, target / f"{number:04d}.pdf")


if __name__ == "__main__":
    main()
