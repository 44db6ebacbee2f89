"""What a watched folder costs at rest and full, and what telling the languages of passages adds to a page.

A look is compared with a bare walk that asks for the same of each file; languages with the one language of the text.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from commands.watching.inbox import look
from indexer.extraction import language

TURNS = 9
SWEDISH = "Boendestödet är ett stöd för den som bor hemma och har svårt att klara det som ska göras i vardagen. "
PARAGRAPHS = 8


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folders", type=int, default=500)
    arguments.add_argument("--files", type=int, default=5_000)
    arguments.add_argument("--pages", type=int, default=300)
    given = arguments.parse_args()
    print(f"{'what':40} {'ms of processor':>16} {'baseline':>9} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        for number in range(given.folders):
            (root / f"Projekt {number}").mkdir()
        _row(f"a look, {given.folders} empty folders", lambda: look(root), lambda: _walk(root))
        for number in range(given.files):
            (root / f"Projekt {number % given.folders}" / f"rapport {number}.pdf").touch()
        _row(f"a look, {given.files} files", lambda: look(root), lambda: _walk(root))
    pages = ["\n\n".join([SWEDISH * 4] * PARAGRAPHS)] * given.pages
    _row(f"languages, {given.pages} pages", lambda: language.shares(pages), lambda: language.detect("\n".join(pages)))


def _walk(root: Path) -> int:
    """The least that finds every file with its size and times."""
    return sum(os.lstat(os.path.join(folder, name)).st_size for folder, _, names in os.walk(root) for name in names)  # noqa: PTH118


def _row(what: str, act: Callable[[], object], baseline: Callable[[], object]) -> None:
    taken: dict[Callable[[], object], list[float]] = {act: [], baseline: []}
    for _ in range(TURNS):
        for one, times in taken.items():
            started = time.process_time()
            one()
            times.append(1000 * (time.process_time() - started))
    median, bare = statistics.median(taken[act]), statistics.median(taken[baseline])
    print(f"{what:40} {median:16.2f} {bare:9.2f} {median / bare if bare else 0:6.1f}")


if __name__ == "__main__":
    main()
