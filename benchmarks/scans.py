"""Scanned pages: words found, pages a second beside two bare tesseract processes, and ordinary files meanwhile.

python -m benchmarks.scans [CORPUS] [--small]
Without a corpus, and at the small size, it reads the scan of the sample collection and expects nothing of its words.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil

from benchmarks.drop import Person
from benchmarks.measure import Series, print_table
from benchmarks.serving import RunningBank, running_bank
from indexer import Reader, Scanner, scan_program
from indexer.analysis.folding import fold
from indexer.ocr.tesseract import ScanLimits, words_table
from tests.webapp.small_pdf import small_pdf

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus"
SAMPLE = "*(skannad).pdf"
PDF = "application/pdf"
AIMS = {"words": 0.95, "pace": 0.85, "meanwhile": 2.0}
SIDE_BY_SIDE = 2
DROPS, SMALL_DROPS = 10, 2
PATIENCE_SECONDS = 900
T = TypeVar("T")
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class ScannedFile:
    path: Path
    truth: str = ""


@dataclass(frozen=True)
class ToScan:
    """The pages of a file that are read as scans, and the text of the others."""

    file: ScannedFile
    pages: tuple[int, ...]
    text: str


def scanned_files(corpus: Path) -> list[ScannedFile]:
    """Scans of the corpus, genuine and rasterised; the sample where there is none."""
    found = sorted([*(corpus / "sv").glob("scan*.pdf"), *(corpus / "sv").glob("RA-FS-*.pdf")])
    if not found:
        print(f"There is no corpus in {corpus}; the scan of the sample collection is read instead.")
        return [ScannedFile(path) for path in sorted((REPOSITORY / "samples").rglob(SAMPLE))]
    return [ScannedFile(path, _truth(corpus / "truth" / f"{path.stem}.txt")) for path in found]


def _truth(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def to_scan(files: list[ScannedFile]) -> Iterator[ToScan]:
    with Reader() as reader:
        for file in files:
            read = reader.read(file.path, PDF)
            scans = tuple(page.number for page in read.pages if page.scan)
            yield ToScan(file, scans, "\n".join(page.text for page in read.pages if not page.scan))


def words_found(wanted: list[ToScan]) -> float:
    """The smallest share of the words of any truth, each as often as it stands there; 1.0 where there is no truth."""
    print(f"\n{'words found':42} {'pages':>6} {'words':>7} {'share':>7} {'sure':>5}")
    shares = [1.0]
    with Scanner() as scanner:
        for one in wanted:
            pages = [scanner.scan(one.file.path, number) for number in one.pages]
            sure = round(sum(page.confidence for page in pages) / max(len(pages), 1))
            truth, read = _words(one.file.truth), _words("\n".join([one.text, *(page.text for page in pages)]))
            share = (truth & read).total() / truth.total() if truth else float("nan")
            print(f"{one.file.path.name[:42]:42} {len(pages):>6} {truth.total():>7} {share:>7.3f} {sure:>5}")
            if truth:
                shares.append(share)
    return min(shares)


def _words(text: str) -> Counter[str]:
    return Counter(fold(word) for word in _WORD.findall(re.sub(r"-\n\s*(?=[a-zåäö])", "", text)))


@contextmanager
def processor_time(pages: int, series: Series) -> Iterator[None]:
    """Adds the processor seconds a page of the children that end in the block."""
    before = _of_children()
    yield
    series.values.append((_of_children() - before) / pages)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bare(wanted: list[ToScan], series: Series) -> None:
    """Two tesseract processes side by side, on the pictures that the bank reads, drawn before the clock starts."""
    with Scanner() as scanner:
        drawn = [
            scanner._drawn(one.file.path, number, None).picture  # noqa: SLF001 - the very same pictures
            for one in wanted
            for number in one.pages
        ]
    program = scan_program().path
    with processor_time(len(drawn), series), ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(lambda picture: words_table(program, picture, ScanLimits()), drawn))


def bank_reads(wanted: list[ToScan], folder: Path, series: Series) -> None:
    """The same files imported by a bank with two scanning processes: all processor time of those, over its pages."""
    pages = sum(len(one.pages) for one in wanted)
    with running_bank(folder, KB_OCR_WORKERS=str(SIDE_BY_SIDE)) as bank:
        scanners = _scanners(bank)
        before = sum(map(_used, scanners))
        bank.command("import", *(str(one.file.path) for one in wanted))
        _wait_for_scans(bank)
        series.values.append((sum(map(_used, scanners)) - before) / pages)


def meanwhile(wanted: list[ToScan], folder: Path, drops: int) -> tuple[Series, Series]:
    """Small ordinary files, from drop to findable: on an idle bank, and while it reads scans."""
    idle, busy = Series("nothing else to do"), Series("while scans are read")
    with running_bank(folder, KB_OCR_WORKERS=str(SIDE_BY_SIDE)) as bank:
        person = Person(bank)
        _drop_all(person, drops, idle)
        for one in wanted:
            person.drop(one.file.path.name, one.file.path.read_bytes())
        _wait_until(lambda: _standing(bank)["ocr"] > 0, "the first scan")
        _drop_all(person, drops, busy)
        if not _standing(bank)["ocr"]:
            print("The scans were read before the last file was dropped: too few for this measurement.")
    return idle, busy


def _drop_all(person: Person, drops: int, series: Series) -> None:
    """Warms up with one that is not counted."""
    for number in range(drops + 1):
        word = "q" + "".join(secrets.choice("aeioubdgklmnprst") for _ in range(12))
        start = time.perf_counter()
        person.drop(f"{word}.pdf", small_pdf(["Rapport", f"Här står {word}."]))
        _wait_until(lambda word=word: person.finds(word), word, pause=0.01)  # type: ignore[misc]
        if number:
            series.values.append((time.perf_counter() - start) * 1000)


def _scanners(bank: RunningBank) -> list[psutil.Process]:
    """They give way to everything else, and nobody else does."""
    children = psutil.Process(bank.process.pid).children

    def all_of_them() -> list[psutil.Process]:
        found = [one for one in children() if one.nice() > 0]
        return found if len(found) == SIDE_BY_SIDE else []

    return _wait_until(all_of_them, "the scanning processes")


def _used(process: psutil.Process) -> float:
    """Processor seconds of a process, of those under it, and of those that have ended there."""
    return sum(sum(one.cpu_times()[:4]) for one in [process, *process.children(recursive=True)])


def _standing(bank: RunningBank) -> dict[str, int]:
    jobs: dict[str, int] = json.loads(bank.command("status", "--json"))["jobs"]
    return jobs


def _wait_for_scans(bank: RunningBank) -> None:
    _wait_until(lambda: not any(_standing(bank).values()), "the last scan", pause=2.0)


def _wait_until(condition: Callable[[], T], what: str, pause: float = 0.1) -> T:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(pause)
    return found


def _told(reached: dict[str, float]) -> bool:
    print()
    is_good = True
    for what, value in reached.items():
        aim = AIMS[what]
        good = value <= aim if what == "meanwhile" else value >= aim
        is_good = is_good and good
        print(f"{what:12} {value:6.3f}  aim {aim:.2f}{'' if good else '  NOT REACHED'}")
    return is_good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--small", action="store_true", help="the scan of the sample collection only")
    given = parser.parse_args()
    if not scan_program().is_there:
        print("tesseract is not installed; there is nothing to measure.")
        return 1
    wanted = list(to_scan(scanned_files(given.corpus / "none" if given.small else given.corpus)))
    drops = SMALL_DROPS if given.small else DROPS
    share = words_found(wanted)
    program, ours = Series("two bare tesseract processes", "s"), Series("the bank's two scanning processes", "s")
    with tempfile.TemporaryDirectory() as folder:
        bare(wanted, program)
        bank_reads(wanted, Path(folder) / "pace", ours)
        idle, busy = meanwhile(wanted, Path(folder) / "meanwhile", drops)
    print_table(f"processor time a page, {sum(len(one.pages) for one in wanted)} pages", program, [ours])
    print_table("from drop to findable, one page of text", idle, [busy])
    reached = {"words": share, "pace": program.median / ours.median, "meanwhile": busy.median / idle.median}
    good = _told(reached)
    return 0 if good or given.small else 1


if __name__ == "__main__":
    sys.exit(main())
