"""A hit list as a file: rows a second and the memory of the process that serves, for few hits and for many.

python -m benchmarks.export [--rows 100000] [--folder KEPT]

The bank is wide and thin: a page a document, twenty documents a project. Each form is asked for a tenth of the bank
and for all of it; processor time is the serving process's own. Beside it stands csv.writer, given ready rows.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from pathlib import Path

import psutil

from benchmarks.bench_bank import EVERYONE, FIRST_ID, SEED, TYPES, BenchBank, Made
from benchmarks.bench_record import Recorder
from benchmarks.serving import RunningBank, running_bank
from catalog import terms
from catalog.database import open_database
from indexer import IndexEntry, PageEntry, analyse, collation_key, open_engine
from settings import Settings

DOCUMENTS_A_PROJECT = 20
TEXTS = 400  # different titles and pages; what they say makes no difference here
TENTH = "subject_area-0"  # ten areas, drawn evenly by project
FORMS = ("csv", "json", "xlsx")
KILOBYTE, MEGABYTE = 1024, 1_000_000


def thin(rows: int) -> Iterator[Made]:
    """Projects with their documents, until there are so many documents."""
    dice, texts = random.Random(SEED), BenchBank().sentences[:TEXTS]
    analysed = {text: analyse(text) for text in texts}
    for number in range(-(-rows // DOCUMENTS_A_PROJECT)):
        project_id = FIRST_ID + number * 100
        shared = {
            "subject_area": (f"subject_area-{number % 10}",),
            "organisation": (f"organisation-{dice.randrange(20)}",),
            "keyword": tuple(f"keyword-{at}" for at in dice.sample(range(300), 3)),
            "method": (f"method-{dice.randrange(40)}",),
            "status": ("avslutat",),
            "finding": ("stod",),
            "project_type": ("forskningsprojekt",),
        }
        for at in range(DOCUMENTS_A_PROJECT + 1):
            title, page = dice.choice(texts), dice.choice(texts)
            year = dice.randint(2000, 2026)
            entry = IndexEntry(
                id=project_id + at,
                kind="document" if at else "project",
                project_id=project_id,
                version=1,
                texts={"title": analysed[title]},
                facets=shared | ({"document_type": (dice.choice(TYPES),)} if at else {}),
                audience=EVERYONE,
                year=year,
                sort_date=year * 10_000 + 101,
                sort_title=collation_key(title),
                pages=(PageEntry(1, analysed[page]),) if at else (),
            )
            yield Made(entry, title, (page,) if at else ())


def build(folder: Path, rows: int) -> None:
    settings, made = Settings(data=str(folder)), thin(rows)
    folder.mkdir(parents=True)
    database = open_database(settings.database_url)
    database.migrate()
    engine = open_engine(settings.engine, settings.index_folder)
    with database.transaction() as session:
        terms.seed(session)
        recorder = Recorder(session)
        while some := list(islice(made, 5_000)):
            with engine.writing() as writer:
                for one in some:
                    writer.put(one.entry)
                    recorder(one)
        recorder.flush()
        recorder.count_words()
    engine.close()
    database.dispose()


@dataclass(frozen=True)
class Taken:
    """What one export cost the process that served it: seconds of the processor, bytes of memory at its highest."""

    rows: int
    size: int
    processor: float
    wall: float
    highest: int
    first: float

    @property
    def speed(self) -> float:
        return self.rows / max(self.processor, 0.01)  # the kernel counts in hundredths


def take(bank: RunningBank, server: psutil.Process, form: str, question: str, counted: int) -> Taken:
    Path(f"/proc/{server.pid}/clear_refs").write_text("5", encoding="ascii")  # the highest mark begins anew
    before, started, size, first = sum(server.cpu_times()[:2]), time.perf_counter(), 0, 0.0
    with urllib.request.urlopen(f"{bank.address}/sok/export.{form}?{question}") as answer:
        while piece := answer.read(1 << 16):
            first = first or time.perf_counter() - started
            size += len(piece)
    wall = time.perf_counter() - started
    return Taken(counted, size, sum(server.cpu_times()[:2]) - before, wall, highest(server.pid), first)


def highest(pid: int) -> int:
    """Most memory that the process has had since the mark was taken back: VmHWM of the kernel."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * KILOBYTE for line in lines if line.startswith("VmHWM"))


def read_rows(bank: RunningBank, question: str) -> list[list[str]]:
    with urllib.request.urlopen(f"{bank.address}/sok/export.csv?{question}") as answer:
        text = answer.read().decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))[2:]


def serving(bank: RunningBank) -> psutil.Process:
    """The one process that answers: asked for a page, it is the one that works."""
    processes = psutil.Process(bank.process.pid).children(recursive=True)
    before = {process: sum(process.cpu_times()[:2]) for process in processes}
    for _ in range(5):
        urllib.request.urlopen(f"{bank.address}/sok").read()
    return max(processes, key=lambda process: sum(process.cpu_times()[:2]) - before[process])


def bare(rows: list[list[str]]) -> float:
    """Rows a second of processor time that csv.writer takes."""
    started = time.process_time()
    for start in range(0, len(rows), 500):
        csv.writer(StringIO(newline=""), delimiter=";").writerows(rows[start : start + 500])
    return len(rows) / max(time.process_time() - started, 1e-6)


def measure(folder: Path, rows: int) -> None:
    if not (folder / "data").exists():
        build(folder / "data", rows)
    with running_bank(folder / "data", KB_WEB_PROCESSES="1") as bank:
        server = serving(bank)
        tenth = read_rows(bank, f"sak={TENTH}")
        baseline = bare(tenth)
        heads = ("rows", "MB", "peak MB", "cpu s", "wall s", "first s", "rows/s", "ratio")
        print(f"{'form':6} " + " ".join(f"{head:>8}" for head in heads))
        print_row("bare", len(tenth), baseline, 1.0)
        for form in FORMS:
            for question, count in ((f"sak={TENTH}", len(tenth)), ("", len(read_rows(bank, "")))):
                taken = take(bank, server, form, question, count)
                told = (taken.size / MEGABYTE, taken.highest / MEGABYTE, taken.processor, taken.wall, taken.first)
                print_row(form, count, taken.speed, taken.speed / baseline, told)


def print_row(name: str, rows: int, speed: float, ratio: float, told: tuple[float, ...] = ()) -> None:
    middle = " ".join(f"{value:8.2f}" for value in told) or " " * 44
    print(f"{name:6} {rows:8} {middle} {speed:8.0f} {ratio:8.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.folder is not None:
        measure(given.folder, given.rows)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.rows)


if __name__ == "__main__":
    main()
