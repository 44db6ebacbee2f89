"""Office files as pictures: `python -m benchmarks.layout [FOLDER] [--small]`.

How long LibreOffice takes, and how often a word of the text is on the picture that is shown for it; the baseline
spreads the text evenly over the pages. Words that stand on no picture at all, such as notes of slides, are counted
apart.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import sys
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from indexer import Reader, UnreadableFile, align, converts, page_texts, sniff, to_pdf

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "documents"
SMALL = 3  # files
RUN = 3  # words that must stand together
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Measured:
    """One file: processor seconds, words on the picture that is shown, by even spreading, on none, and all."""

    name: str
    kind: str
    texts: int
    pages: int
    converting: float
    aligning: float
    right: int
    even: int
    nowhere: int
    words: int


def runs(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(character, the word there and those after it)."""
    found = [(one.start(), one[0].casefold()) for one in WORD.finditer(text)]
    for at in range(len(found) - RUN + 1):
        yield found[at][0], tuple(word for _, word in found[at : at + RUN])


def measure(reader: Reader, path: Path, folder: Path) -> Measured:
    """Raises UnreadableFile where it cannot be read or laid out."""
    media_type = sniff(path, path.name)
    extraction = reader.read(path, media_type)
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    pdf = folder / "sidor.pdf"
    to_pdf(path, media_type, pdf)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    pages, texts = page_texts(pdf), [page.text for page in extraction.pages]
    began = time.process_time()
    parts = [[(0, n)] for n in range(1, len(pages) + 1)] if _one_to_one(extraction.page_kind, texts, pages) else None
    parts = parts or align(texts, pages)
    aligning = time.process_time() - began
    right, even, nowhere, words = _counted(texts, pages, parts)
    converting = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    return Measured(
        path.name, extraction.page_kind, len(texts), len(pages), converting, aligning, right, even, nowhere, words
    )


def _one_to_one(kind: str, texts: Sequence[str], pages: Sequence[str]) -> bool:
    return kind == "slide" and len(texts) == len(pages)


def _counted(
    texts: Sequence[str], pages: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]]
) -> tuple[int, int, int, int]:
    standing: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, page in enumerate(pages, 1):
        for _, run in runs(page):
            standing[run].add(number)
    total = sum(len(text) for text in texts) or 1
    right = even = nowhere = words = before = 0
    for text, of_text in zip(texts, parts, strict=True):
        starts = [start for start, _ in of_text]
        for character, run in runs(text):
            words += 1
            there = standing.get(run)
            if not there:
                nowhere += 1
                continue
            right += of_text[max(0, bisect_right(starts, character) - 1)][1] in there
            even += min(len(pages), 1 + (before + character) * len(pages) // total) in there
        before += len(text)
    return right, even, nowhere, words


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--small", action="store_true", help=f"{SMALL} files only")
    given = parser.parse_args()
    if not shutil.which("soffice"):
        print("LibreOffice (soffice) is not installed; nothing is measured.")
        return 0
    files = [path for path in sorted(given.folder.rglob("*")) if path.is_file() and converts(sniff(path, path.name))]
    found = []
    with Reader() as reader, tempfile.TemporaryDirectory() as folder:
        for path in files[:SMALL] if given.small else files:
            try:
                found.append(measure(reader, path, Path(folder)))
            except UnreadableFile as error:
                print(f"{path.name}: {error.reason}")
    return report(found)


def report(found: Sequence[Measured]) -> int:
    print(f"\n{'file':<44} {'texts':>5} {'pages':>5} {'convert':>8} {'align':>7} {'right':>6} {'even':>6} {'none':>6}")
    for one in found:
        seen = max(1, one.words - one.nowhere)
        spent = f"{one.converting:>6.1f} s {one.aligning * 1000:>4.0f} ms"
        shares = f"{one.right / seen:>6.3f} {one.even / seen:>6.3f} {one.nowhere / max(1, one.words):>6.3f}"
        print(f"{one.name[:44]:<44} {one.texts:>5} {one.pages:>5} {spent} {shares}")
    if not found:
        return 1
    seen = sum(one.words - one.nowhere for one in found)
    right, even = sum(one.right for one in found) / seen, sum(one.even for one in found) / seen
    typical = median(one.converting for one in found)
    print(f"{len(found)} files: median {typical:.1f} s of processor time; right {right:.3f}, evenly spread {even:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
