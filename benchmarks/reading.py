"""How fast and how well PDFs are read: `python benchmarks/reading.py [CORPUS] [--small] [--thresholds]`.

Throughput: two processes that read through `Reader`, against two that ask PDFium for the bare text of the same pages.
Likeness: the share of words in the same order as in `truth/`, beside pdfminer.six alone with its defaults.
Without a corpus it reads the samples and says so; then there is no truth to compare with.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from statistics import mean, median

from indexer import Reader, UnreadableFile
from indexer.extraction.media_types import PDF

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY.parent / "shared" / "corpus"
SAMPLES = REPOSITORY / "samples" / "documents"
PROCESSES = 2
SMALL = 8  # files
ROUNDS = 3
ENOUGH_LIKENESS = 0.95
ENOUGH_SPEED = 0.25  # of bare PDFium's pages a second
SHARES = (0.02, 0.04, 0.06, 0.08, 0.10, 0.15, 0.20)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def likeness(truth: str, text: str) -> float:
    """Ordered similarity by words, 0 to 1."""
    return SequenceMatcher(None, words(truth), words(text), autojunk=False).ratio()


def bare_pages(path: str) -> int:
    """Asks PDFium for the text of each page, and for nothing else; the number of pages."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return 0
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        text.close()
        page.close()
    count = len(document)
    document.close()
    return count


@cache
def _reader() -> Reader:
    """One of the process, as a worker has."""
    return Reader()


def read_pages(path: str) -> int:
    """Reads as a worker does; the number of pages."""
    try:
        return len(_reader().read(path, PDF).pages)
    except UnreadableFile:
        return 0


def pages_a_second(read: Callable[[str], int], paths: Sequence[str]) -> float:
    """Median of some rounds, with processes that are warm."""
    rates = []
    with ProcessPoolExecutor(PROCESSES) as processes:
        list(processes.map(read, paths[: 2 * PROCESSES]))
        for _ in range(ROUNDS):
            start = time.perf_counter()
            pages = sum(processes.map(read, paths))
            rates.append(pages / (time.perf_counter() - start))
    return median(rates)


def speed(paths: Sequence[Path]) -> bool:
    """Prints both rates; true where ours is enough."""
    texts = [str(path) for path in paths]
    bare, ours = pages_a_second(bare_pages, texts), pages_a_second(read_pages, texts)
    print(f"{len(paths)} files, {PROCESSES} processes, median of {ROUNDS} rounds")
    print(f"  bare PDFium {bare:7.0f} pages/s, {1000 * PROCESSES / bare:5.2f} ms a page and process")
    print(f"  Reader      {ours:7.0f} pages/s, {1000 * PROCESSES / ours:5.2f} ms a page and process")
    print(f"  ratio       {ours / bare:7.2f}   (at least {ENOUGH_SPEED} is asked of the whole import)")
    return ours / bare >= ENOUGH_SPEED


def truths(corpus: Path, most: int) -> list[tuple[str, Path, str]]:
    """(name, PDF, its true text) of the files laid out in columns, and the pair of the same text in two formats."""
    found = []
    with (corpus / "MANIFEST.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            if row["truth"] and row["category"] == "sv-spalter":
                truth = (corpus / row["truth"]).read_text()
                found.append((row["file"], corpus / row["file"], truth))
    return found[:most]


def similar(corpus: Path, most: int) -> bool:
    """Prints the likeness of both ways to read; true where ours is enough and no worse."""
    from pdfminer.high_level import extract_text

    ours, others = [], []
    print(f"{'likeness to truth':<28} {'Reader':>8} {'pdfminer':>9}")
    with Reader() as reader:
        for name, path, truth in truths(corpus, most):
            extraction = reader.read(path, PDF)
            whole = f"{extraction.running}\n{extraction.text}"
            ours.append(max(likeness(truth, extraction.text), likeness(truth, whole)))
            others.append(likeness(truth, extract_text(path)))
            print(f"  {name:<26} {ours[-1]:8.4f} {others[-1]:9.4f}")
        for one, other in _pairs(corpus):
            from indexer import sniff

            texts = [reader.read(path, sniff(path)).text for path in (one, other)]
            ours.append(likeness(*texts))
            print(f"  {one.name[:26]:<26} {ours[-1]:8.4f}      pair")
    print(f"  mean {mean(ours):29.4f} {mean(others):9.4f}")
    return mean(ours) >= ENOUGH_LIKENESS and mean(ours[: len(others)]) >= mean(others)


def _pairs(corpus: Path) -> Iterable[tuple[Path, Path]]:
    """Office files with a PDF of the same name."""
    for path in sorted((corpus / "sv").glob("*.pdf")):
        for ending in (".docx", ".odt"):
            if path.with_suffix(ending).exists():
                yield path.with_suffix(ending), path


def thresholds(paths: Sequence[Path]) -> None:
    """Prints how many pages each share of jumping lines would have read twice, and how often that reading stands."""
    from indexer.extraction import pdf, pdf_choice
    from indexer.extraction.pdf_careful import Careful
    from indexer.extraction.pdf_document import opened

    doubted = []
    pages = 0
    for path in paths:
        with opened(path) as document, Careful(path) as careful:
            for number in range(1, len(document) + 1):
                page = pdf.read_page(document, number)
                seen = pdf_choice.quality(page)
                pages += 1
                if page.draws_text and seen.jumps and (second := careful.read(number)):
                    doubted.append((seen.jumps / seen.lines, seen.jumps, pdf_choice.better(page, second) is second))
    print(f"{pages} pages, {len(doubted)} with a line that jumps up")
    print("share of lines  pages over it  with 3 jumps or more  of those: the second reading stands")
    for share in SHARES:
        over = [one for one in doubted if one[0] > share]
        many = [one for one in over if one[1] >= pdf_choice.FEWEST_JUMPS]
        print(f"{share:14.2f} {len(over):14} {len(many):21} {sum(stands for *_, stands in many):17}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--small", action="store_true", help=f"{SMALL} files and one truth only")
    parser.add_argument("--thresholds", action="store_true", help="how the threshold of doubt was found")
    given = parser.parse_args()
    has_corpus = (given.corpus / "MANIFEST.csv").exists()
    if not has_corpus:
        print(f"There is no corpus in {given.corpus}; the samples are read instead, without truth.")
    paths = sorted((given.corpus / "sv").glob("*.pdf") if has_corpus else SAMPLES.rglob("*.pdf"))
    paths = paths[:: max(1, len(paths) // SMALL)] if given.small else paths
    if given.thresholds:
        thresholds(paths)
        return 0
    is_fast = speed(paths)
    is_similar = not has_corpus or similar(given.corpus, 1 if given.small else 1000)
    return 0 if given.small or (is_fast and is_similar) else 1


if __name__ == "__main__":
    sys.exit(main())
