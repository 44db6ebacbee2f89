"""The bench bank: made from a fixed seed out of real sentences, the same on every machine.

At scale 1: 5,000 projects, 20,000 documents, 100,000 pages, well over 100,000 different words.

    python -m benchmarks.bench_bank FOLDER [--scale 0.1] [--corpus ../shared/corpus]
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final

from indexer import IndexEntry, PageEntry, SearchEngine, analyse, collation_key, facets, open_engine

SEED: Final = 20261122
PROJECTS, DOCUMENTS_A_PROJECT, PAGES_A_DOCUMENT = 5_000, 4, 5
COMPOUNDS = 150_000  # made words; those drawn at least once bring the bank over 100,000 different ones
FIRST_ID = 1_000_000_000_000
TEXTS = Path(__file__).parent.parent / "samples" / "texts"
EVERYONE = ("public", "staff", "restricted", "editors")
AUDIENCES = (EVERYONE,) * 7 + (EVERYONE[1:],) * 2 + (EVERYONE[3:],)
TYPES = ("ansokan", "projektplan", "forstudie", "delrapport", "slutrapport", "reserapport", "utvardering", "bilaga")
VALUES = {"status": 5, "finding": 4, "project_type": 5, "subject_area": 20, "organisation": 20, "target_group": 15}
SENTENCES_OF_A_SUBJECT = 40  # a project's documents speak of the same things, or every word would stand everywhere
_SENTENCE = re.compile(r"[A-ZÅÄÖ][^.!?\n|#]{30,220}[.!?]")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Made:
    """One entry of the bank with the texts that the record would keep; a project's own entry has no pages."""

    entry: IndexEntry
    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True)
class BenchBank:
    """scale 4 is a bank four times as large; its first quarter is another bank than that of scale 1."""

    scale: float = 1.0
    corpus: Path | None = None

    @property
    def projects(self) -> int:
        return max(1, round(PROJECTS * self.scale))

    @cached_property
    def sentences(self) -> list[str]:
        """Real sentences of the samples and, where it is at hand, of the corpus."""
        files = sorted(TEXTS.rglob("*.md"))
        if self.corpus is not None:
            files += sorted(self.corpus.glob("truth/*.txt"))
        texts = (file.read_text("utf-8", errors="replace") for file in files)
        return [" ".join(s.split()) for text in texts for s in _SENTENCE.findall(text)]

    @cached_property
    def compounds(self) -> list[str]:
        """Swedish-looking compounds of the sentences' own words."""
        words = sorted({w.lower() for s in self.sentences for w in _WORD.findall(s) if 4 <= len(w) <= 9})
        dice = random.Random(SEED)
        made = {dice.choice(words) + dice.choice(("", "s")) + dice.choice(words) for _ in range(COMPOUNDS)}
        ordered = sorted(made)
        dice.shuffle(ordered)
        return ordered

    def made(self) -> Iterator[Made]:
        """Every project's own entry followed by its documents."""
        dice = random.Random(SEED + self.projects)
        for number in range(self.projects):
            project_id = FIRST_ID + number * 100
            shared: dict[str, tuple[str, ...]]
            shared = {name: (f"{name}-{dice.randrange(most)}",) for name, most in VALUES.items()}
            shared["method"] = tuple(f"method-{dice.randrange(40)}" for _ in range(dice.randrange(3)))
            shared["keyword"] = tuple(f"keyword-{self._rank(dice, 500)}" for _ in range(3))
            subject = dice.sample(self.sentences, SENTENCES_OF_A_SUBJECT)
            aim = self._text(dice, subject, 5)
            project = _Described(project_id, self._sentence(dice, subject), aim, shared)
            yield _entry(dice, project_id, project, ())
            for at in range(1, DOCUMENTS_A_PROJECT + 1):
                count = dice.randint(1, 2 * PAGES_A_DOCUMENT - 1)
                pages = tuple(self._text(dice, subject, dice.randint(6, 20)) for _ in range(count))
                found = {**shared, "document_type": (dice.choice(TYPES),)}
                document = _Described(project_id, self._sentence(dice, subject), aim, found)
                yield _entry(dice, project_id + at, document, pages)

    def _text(self, dice: random.Random, subject: list[str], sentences: int) -> str:
        return " ".join(self._sentence(dice, subject) for _ in range(sentences))

    def _sentence(self, dice: random.Random, subject: list[str]) -> str:
        """A real sentence with a made compound in place of one of its words, as a report has its own terms."""
        words = dice.choice(subject).split(" ")
        words[dice.randrange(len(words))] = self.compounds[self._rank(dice, len(self.compounds))]
        return " ".join(words)

    @staticmethod
    def _rank(dice: random.Random, size: int) -> int:
        """Few words often, most of them seldom."""
        return int(size * dice.random() ** 2)

    def questions(self, count: int) -> list[str]:
        """Of one to four words that stand in one text of the bank, so that each question has an answer."""
        dice = random.Random(SEED + 1)
        texts = [page for made in islice(self.made(), 500) for page in made.pages]
        return [" ".join(self._some_words(dice, dice.choice(texts))) for _ in range(count)]

    @staticmethod
    def _some_words(dice: random.Random, text: str) -> list[str]:
        words = [word for word in _WORD.findall(text) if len(word) > 4]
        return dice.sample(words, min(len(words), dice.randint(1, 4)))


@dataclass(frozen=True, slots=True)
class _Described:
    """What an entry says of its project and itself."""

    project: int
    title: str
    aim: str
    facets: dict[str, tuple[str, ...]]


def _entry(dice: random.Random, number: int, said: _Described, pages: tuple[str, ...]) -> Made:
    year = dice.randint(2000, 2026)
    labels = " ".join(value for values in said.facets.values() for value in values)
    texts = {"title": said.title, "summary": said.aim, "labels": labels}
    entry = IndexEntry(
        id=number,
        kind="document" if pages else "project",
        project_id=said.project,
        version=1,
        texts={name: analyse(text) for name, text in texts.items()},
        facets=said.facets,
        audience=dice.choice(AUDIENCES),
        year=year,
        sort_date=year * 10_000 + dice.randint(1, 12) * 100 + dice.randint(1, 28),
        sort_title=collation_key(said.title),
        pages=tuple(PageEntry(at, analyse(text)) for at, text in enumerate(pages, 1)),
    )
    return Made(entry, said.title, pages)


def write(
    bank: BenchBank, engine: SearchEngine, record: Callable[[Made], None] | None = None, batch: int = 2_500
) -> int:
    """Writes the bank to an engine and, where one is given, to the record; gives the number of entries."""
    stream, written = bank.made(), 0
    while some := list(islice(stream, batch)):
        with engine.writing() as writer:
            for made in some:
                writer.put(made.entry)
        if record is not None:
            for made in some:
                record(made)
        written += len(some)
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    bank = BenchBank(given.scale, given.corpus)
    started = time.perf_counter()
    entries = write(bank, open_engine("tantivy", given.folder))
    print(f"{entries} entries of {len(facets())} facets in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
