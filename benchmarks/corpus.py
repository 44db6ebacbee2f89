"""Every file of the manifest ends as it should: `python benchmarks/corpus.py [CORPUS] [--small] [--ocr]`.

Without a corpus it reads the samples and says so. Ends with 1 where a file ends otherwise than the manifest allows.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer import Reader, Scanner, UnreadableFile, sniff

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus"
SAMPLES = REPOSITORY / "samples" / "documents"
SMALL = 10  # every so many files
SLOW = 3.0  # seconds
# What the manifest has no word for: a limit that struck is, in its words, a damaged file.
# A scan that was read, or in which no word was found, is what it calls for.
_IN_ITS_WORDS = {
    "needs_ocr": "needs-ocr",
    "scanned": "needs-ocr",
    "no_text": "needs-ocr",
    "too_large": "damaged",
    "too_slow": "damaged",
}


@dataclass(frozen=True)
class Wanted:
    """A row of the manifest; `states` is empty where every state will do."""

    path: Path
    category: str
    states: frozenset[str]


@dataclass(frozen=True)
class Ended:
    """How a file ended."""

    wanted: Wanted
    media_type: str
    state: str
    detail: str
    seconds: float

    @property
    def is_right(self) -> bool:
        if not self.wanted.states:
            return True
        return _IN_ITS_WORDS.get(self.state, self.state) in self.wanted.states


def manifest(corpus: Path) -> Iterator[Wanted]:
    """The rows of a corpus; all samples where there is none."""
    if not (corpus / "MANIFEST.csv").exists():
        print(f"There is no corpus in {corpus}; the samples are read instead, and nothing is expected of them.")
        for path in sorted(SAMPLES.rglob("*")):
            if path.is_file() and path.suffix != ".toml":
                yield Wanted(path, "sample", frozenset())
        return
    with (corpus / "MANIFEST.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            states = frozenset({row["expected"], *row["also_ok"].split()})
            yield Wanted(corpus / row["file"], row["category"], states)


def _scanned(scanner: Scanner, path: Path, pages: list[int]) -> tuple[str, str]:
    """The state after its pages were read as scans: "scanned", or "no_text" where that found no word."""
    words = sum(len(scanner.scan(path, number).words) for number in pages)
    return ("scanned" if words else "no_text"), f"{words} words on {len(pages)} scanned pages"


def ended(reader: Reader, wanted: Wanted, scanner: Scanner | None = None) -> Ended:
    """Reads a file and tells how it went; with a scanner, also what is a scan."""
    start = time.perf_counter()
    media_type = sniff(wanted.path, wanted.path.name)
    try:
        extraction = reader.read(wanted.path, media_type)
        state, detail = "text", f"{len(extraction.pages)} pages, cut {extraction.cut}"
        if extraction.is_scan:
            pages = [page.number for page in extraction.pages if page.scan]
            state, detail = _scanned(scanner, wanted.path, pages) if scanner else ("needs_ocr", f"{len(pages)} scans")
    except UnreadableFile as error:
        state, detail = error.reason, error.detail[:100]
    return Ended(wanted, media_type, state, detail, time.perf_counter() - start)


def report(results: list[Ended]) -> bool:
    """Prints the tables; true where all is right."""
    table = Counter((result.state, result.is_right) for result in results)
    print(f"\n{'state':<12} {'as it should':>12} {'otherwise':>10}")
    for state in sorted({result.state for result in results}):
        print(f"{state:<12} {table[state, True]:>12} {table[state, False]:>10}")
    for result in results:
        if not result.is_right:
            states = " or ".join(sorted(result.wanted.states))
            print(f"WRONG {result.wanted.path.name}: {result.state} ({result.detail}), wanted {states}")
        if result.seconds > SLOW:
            print(f"slow  {result.wanted.path.name}: {result.seconds:.1f} s, {result.state}")
    print(f"{len(results)} files, {sum(result.seconds for result in results):.1f} s")
    return all(result.is_right for result in results)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--small", action="store_true", help=f"every {SMALL}th file only")
    parser.add_argument("--ocr", action="store_true", help="scans are read by tesseract too, which takes some minutes")
    given = parser.parse_args()
    wanted = list(manifest(given.corpus))[:: SMALL if given.small else 1]
    with Reader() as reader, Scanner() as scanner:
        return 0 if report([ended(reader, one, scanner if given.ocr else None) for one in wanted]) else 1


if __name__ == "__main__":
    sys.exit(main())
