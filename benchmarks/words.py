"""Completion and spelling on the bench bank: what a reader waits for, in wall time and in processor time.

Completion is asked through the web application as a stranger asks it (rights, record and engine in it), spelling as the
search page asks it. Beginnings and misspelt words are drawn from the bank's own words, common ones more often.

    python -m benchmarks.words [--scale 0.2] [--questions 300] [--folder KEPT] [--corpus ../shared/corpus]
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from benchmarks.bench_bank import SEED, BenchBank
from benchmarks.bench_record import build
from benchmarks.measure import Series
from indexer import SearchQuery, Vocabulary, ask
from settings import Settings
from webapp import create_app
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary

T = TypeVar("T")
COMPLETION_MS, SPELLING_MS = 15.0, 20.0
QUERY = SearchQuery().visible_to(frozenset({"public"}), 20261122)
LONGEST_BEGINNING = 6
LETTERS = "abdefghiklmnoprstuvyåäö"


def misspelt(word: str, dice: random.Random) -> str:
    """A letter too few, swapped, doubled or another."""
    at = dice.randrange(1, len(word) - 1)
    return dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at] + word[at:],
            word[:at] + dice.choice(LETTERS) + word[at + 1 :],
        )
    )


def timed(name: str, act: Callable[[T], object], items: Sequence[T]) -> tuple[Series, Series]:
    """Wall time and processor time of each."""
    wall, work = Series(f"{name}, by the clock"), Series(f"{name}, processor")
    for item in items:
        before = time.process_time()
        with wall.timing():
            act(item)
        work.values.append((time.process_time() - before) * 1000)
    return wall, work


def told(measured: Sequence[Series], goal: float) -> None:
    for series in measured:
        print(
            f"{series.name:48} {len(series.values):6} {series.median:9.2f} {series.percentile(0.95):9.2f}   {goal:.0f}"
        )


def measure(settings: Settings, questions: int) -> None:
    app = create_app(settings)
    bank: Bank = app.extensions["bank"]
    started = time.perf_counter()
    vocabulary = bank_vocabulary(bank.database)
    print(f"{len(vocabulary)} words read in {time.perf_counter() - started:.2f} s")
    drawn = _drawn(vocabulary, questions)
    dice = random.Random(SEED)
    client = app.test_client()
    client.get("/sok/forslag?q=bo")
    for letters in (2, 3, LONGEST_BEGINNING):
        asked = [word[:letters] for word in drawn]
        act = timed(f"completion, {letters} letters", lambda start: client.get(f"/sok/forslag?q={start}"), asked)
        told(act, COMPLETION_MS)
    wrong = [misspelt(word, dice) for word in drawn]
    ask(bank.bare_engine, vocabulary, _of("boendestd"))
    plain = timed("search alone", lambda word: bank.bare_engine.search(_of(word)), wrong)
    told(plain, 0)
    mended = timed("search with did you mean", lambda word: ask(bank.bare_engine, vocabulary, _of(word)), wrong)
    told(mended, SPELLING_MS)
    bank.close()


def _of(text: str) -> SearchQuery:
    return SearchQuery(text=text, audience=QUERY.audience, today=QUERY.today)


def _drawn(vocabulary: Vocabulary, most: int) -> list[str]:
    """Words of six letters and more."""
    words = [word for word in vocabulary.words.forwards if len(word) >= LONGEST_BEGINNING]
    weights = [vocabulary.counts[word] ** 0.5 for word in words]
    return random.Random(SEED).choices(words, weights, k=most)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.2)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="words-") as made:
        folder = given.folder or Path(made)
        if not (folder / "catalog.sqlite").exists():
            build(folder, BenchBank(given.scale, given.corpus))
        print(f"{'':48} {'n':>6} {'median':>9} {'p95 ms':>9}   goal")
        measure(Settings(data=str(folder)), given.questions)


if __name__ == "__main__":
    main()
