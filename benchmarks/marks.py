"""Marks against hits: `python -m benchmarks.marks [CORPUS] [--bank FOLDER] [--questions 200] [--small]`.

A bank is filled with the corpus, or one that stands is looked at. Questions are drawn from its own words: words,
parts of compounds, pairs, phrases, starts and alternatives. Of each it is counted whether every page that the engine
names shows a mark, whether every mark lies on a word that the question asks for, and whether no other page has one.
Ends with 1 where one of them is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from catalog import documents
from indexer import Question, Reading, SearchEngine, SearchQuery, Tokens, analyse, forms, marks, question
from indexer.questions import Needle
from settings import Settings
from workers.bank import Bank

REPOSITORY: Final = Path(__file__).resolve().parent.parent
CORPUS: Final = REPOSITORY.parent / "shared" / "corpus" / "sv"
SAMPLES: Final = REPOSITORY / "samples" / "documents"
SEED: Final = 5
MOST_PAGES: Final = 10_000
SHORTEST: Final = 4  # letters of a word that is asked for
SHOWN: Final = 10  # faults

Pages = dict[tuple[int, int], documents.AnalysedPage]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--bank", type=Path, help="data folder of a bank that stands")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--small", action="store_true", help="the samples and 20 questions")
    asked = parser.parse_args()
    if asked.small:
        asked.corpus, asked.questions = SAMPLES, 20
    with tempfile.TemporaryDirectory() as folder:
        if asked.bank is None:
            _fill(Path(folder), asked.corpus)
        return _measure(Settings(data=str(asked.bank or folder)), asked.questions)


def _fill(folder: Path, corpus: Path) -> None:
    command = [sys.executable, "-m", "commands", "import", str(corpus), "--publish", "--class", "öppen", "--wait"]
    subprocess.run(
        command, env={**os.environ, "KB_DATA": str(folder)}, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL
    )


def _measure(settings: Settings, count: int) -> int:
    bank = Bank(settings)
    try:
        pages = _all_pages(bank)
        faults, seen = Counter[str](), Counter[str]()
        for text in _questions(list(pages.values()), count):
            for fault, where in _faults(bank.engine, pages, text, seen):
                faults[fault] += 1
                if faults.total() <= SHOWN:
                    print(f"{fault}: {text!r}, {where}")
    finally:
        bank.close()
    print(f"{count} questions on {len(pages)} pages; " + ", ".join(f"{n} {name}" for name, n in sorted(seen.items())))
    for fault in ("hit page without a mark", "mark on a word that is not asked for", "mark on a page that is no hit"):
        print(f"{fault}: {faults[fault]}")
    return 1 if faults else 0


def _all_pages(bank: Bank) -> Pages:
    with bank.database.reading() as session:
        counts = documents.page_counts(session)
        return {(one, page.number): page for one in counts for page in documents.analysed(session, one)}


def _questions(pages: Sequence[documents.AnalysedPage], count: int) -> Iterator[str]:
    chance = random.Random(SEED)
    for number in range(count):
        words = [word for word in chance.choice(pages).exact.split() if len(word) >= SHORTEST and word.isalpha()]
        if len(words) < 2:
            words = ["hemtjänst", "boendestöd"]
        at = chance.randrange(len(words) - 1)
        first, second = words[at], words[at + 1]
        compound = next((word for word in words if forms(word).tops), first)
        yield (
            first,
            compound,
            next(iter(forms(compound).tops), first),
            f"{first} {second}",
            f'"{first} {second}"',
            f"{first[:SHORTEST]}*",
            f"{first} ELLER {second}",
        )[number % 7]


def _faults(engine: SearchEngine, pages: Pages, text: str, seen: Counter[str]) -> Iterator[tuple[str, str]]:
    asked = question(text, Reading.ANY)
    query = SearchQuery(text, Reading.ANY, audience=frozenset({"public"}), today=99991231)
    found = engine.page_hits(query, sorted({one for one, _ in pages}), MOST_PAGES)
    hits = {(one, hit.number) for one, some in found.items() for hit in some}
    for place, page in pages.items():
        here = marks(asked, page.text, Tokens(page.exact, page.parts, page.spans))
        if place in hits:
            seen["hit pages"] += 1
            if not here:
                yield "hit page without a mark", f"document {place[0]} page {place[1]}"
        elif here:
            yield "mark on a page that is no hit", f"document {place[0]} page {place[1]}"
        for mark in here:
            seen["marks"] += 1
            if not _is_asked_for(asked, mark.word, _around(page.text, mark.start, mark.end)):
                yield "mark on a word that is not asked for", page.text[mark.start : mark.end]


def _around(text: str, start: int, end: int) -> str:
    """The words that the mark lies on, whole."""
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]


def _is_asked_for(asked: Question, word: int, written: str) -> bool:
    """By the analysis of what is written there alone."""
    tokens = analyse(written)
    exact, keys = tokens.exact.split(), set(tokens.parts.replace("/", " ").split())
    return any(_meets(needle, exact, keys) for needle in asked.needles if needle.word == word)


def _meets(needle: Needle, exact: list[str], keys: set[str]) -> bool:
    if needle.start:
        return any(word.startswith(needle.tokens[0]) for word in exact)
    return set(needle.tokens) <= set(exact) if needle.exact else not keys.isdisjoint(needle.tokens)


if __name__ == "__main__":
    sys.exit(main())
