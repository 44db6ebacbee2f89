"""What the Swedish analysis costs: `python -m benchmarks.analysis [CORPUS] [--small]`.

Text of the corpus (or of the samples) is read by the bank's own reader first. Then each piece of work starts in a
process of its own with empty caches, so that taking apart every new word type is in its figure. Processor time counts.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import Stemmer

from benchmarks.corpus import CORPUS, SAMPLES
from indexer import Reader, UnreadableFile, forms, grams, sniff
from indexer.analysis.folding import fold
from indexer.analysis.word_data import table_folder

AIM = 1.5  # MB of text a second and process
MOST_TEXT = 8_000_000  # bytes
A_SMALL_TEXT = 1_000_000
_WORD = re.compile(r"[^\W_]+")

Figures = dict[str, float]
Work = Callable[[Sequence[str]], Figures | None]


def texts(folder: Path, most: int) -> list[str]:
    """Pages of the folder's files, until there is enough."""
    found: list[str] = []
    size = 0
    with Reader() as reader:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if size >= most:
                break
            try:
                pages = reader.read(path, sniff(path, path.name)).pages
            except UnreadableFile:
                continue
            found += [page.text for page in pages]
            size += sum(len(page.text.encode()) for page in pages)
    return found


def plain(pages: Sequence[str]) -> None:
    """Words, folded, with Snowball's stem of each word type."""
    stem, exact, stems = Stemmer.Stemmer("swedish").stemWord, dict[str, str](), dict[str, str]()
    for page in pages:
        written = _WORD.findall(page)
        for word in written:
            if word not in exact:
                exact[word] = fold(word)
                stems[word] = stem(exact[word])
        " ".join([exact[word] for word in written])
        " ".join([stems[word] for word in written])


def with_forms(pages: Sequence[str], entry: bool = False) -> None:
    """The same with the keys of each word, and where an entry is written also its leaves and 5-grams."""
    exact, keys = dict[str, str](), dict[str, str]()
    leaves, pieces = dict[str, str](), dict[str, str]()
    for page in pages:
        written = _WORD.findall(page)
        for word in written:
            if word not in exact:
                exact[word] = fold(word)
                found = forms(exact[word])
                keys[word] = "/".join(found.keys)
                if entry:
                    leaves[word], pieces[word] = " ".join(found.leaves), " ".join(grams(exact[word]))
        " ".join([exact[word] for word in written])
        " ".join([keys[word] for word in written])
        if entry:
            " ".join([leaves[word] for word in written])
            " ".join([pieces[word] for word in written])


def with_entry(pages: Sequence[str]) -> None:
    with_forms(pages, entry=True)


def load(_: Sequence[str]) -> Figures:
    """Opening the table until the first word is taken apart, and what it takes of memory."""
    before = _memory()
    start = time.process_time()
    forms("hemtjänstprojekt")
    seconds = time.process_time() - start
    opened = _memory()
    for word in ("familjehemsplacering", "orosanmälan"):
        forms(word)
    return {"seconds": seconds, "anonymous": opened["Anonymous"] - before["Anonymous"], "mapped": _mapped()}


def _memory() -> Figures:
    rows = (line.split() for line in Path("/proc/self/smaps_rollup").read_text().splitlines()[1:])
    return {row[0].rstrip(":"): int(row[1]) / 1024 for row in rows}


def _mapped() -> float:
    """MB of the table's files that are in this process's pages; all processes share them."""
    total, ours = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            ours = str(table_folder().resolve()) in line
        elif ours and line.startswith("Rss:"):
            total += int(line.split()[1])
    return total / 1024


def alone(work: Work, pages: Sequence[str], start: Literal["fork", "spawn"] = "fork") -> Figures:
    """Runs the work in a process of its own; a spawned one has no free memory left over from its parent."""
    with get_context(start).Pool(1) as pool:
        return pool.apply(_timed, (work, pages))


def _timed(work: Work, pages: Sequence[str]) -> Figures:
    start = time.process_time()
    figures = work(pages) or {}
    return {"work": time.process_time() - start, **figures}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--small", action="store_true", help="a megabyte of text")
    given = parser.parse_args()
    table_folder()  # made before it is measured
    folder = given.corpus / "sv" if (given.corpus / "sv").is_dir() else SAMPLES
    pages = texts(folder, A_SMALL_TEXT if given.small else MOST_TEXT)
    size = sum(len(page.encode()) for page in pages) / 1e6
    types = len({fold(word) for page in pages for word in _WORD.findall(page)})
    print(f"{size:.1f} MB of text, {len(pages)} pages, {types} word types, from {folder}")

    loaded = alone(load, (), "spawn")
    print(
        f"loading {loaded['seconds']:.3f} s, {loaded['anonymous']:.1f} MB anonymous, {loaded['mapped']:.1f} MB mapped"
    )
    on_disk = sum(file.stat().st_size for file in table_folder().iterdir()) / 1e6
    print(f"table {on_disk:.1f} MB on disk")

    print(f"\n{'work':<26} {'seconds':>8} {'MB/s':>6} {'ratio':>6}")
    baseline = alone(plain, pages)["work"]
    speeds = {}
    for name, work in (
        ("words and Snowball", plain),
        ("with keys", with_forms),
        ("with leaves and 5-grams", with_entry),
    ):
        seconds = alone(work, pages)["work"]
        speeds[work] = size / seconds
        print(f"{name:<26} {seconds:>8.2f} {speeds[work]:>6.2f} {seconds / baseline:>6.2f}")
    return 0 if speeds[with_forms] >= AIM else 1


if __name__ == "__main__":
    raise SystemExit(main())
