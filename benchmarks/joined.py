"""Whether the right one of many long documents comes up: abstracts of the relevance collections, joined into reports.

A document has 1, 3, 10, 30 or 100 pages, an abstract a page, as chance has it; a question's right documents are those
that hold its right abstracts. The collections' own documents are too short to show what a ranking does to a report.
Beside nDCG@10 stands the mean length of the documents that come first, which should be that of the right ones.

    python -m benchmarks.joined [--root ../shared/relevance] [--only NAME] [--questions 250] [--weights 0 1.5] [--small]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from math import log2
from pathlib import Path
from statistics import mean
from unittest.mock import patch

from benchmarks.sample_collection import write_collection
from indexer import IndexEntry, PageEntry, SearchQuery, analyse, fields, open_engine

PAGES = (1, 3, 10, 30, 100)
SEED = 1
DEPTH = 10
EVERYONE = frozenset({"public"})


@dataclass(frozen=True)
class Joined:
    """Reports as lists of their pages' texts; asked: each question with the grades of its right reports."""

    reports: Sequence[Sequence[str]]
    asked: Sequence[tuple[str, Mapping[int, int]]]

    @classmethod
    def of(cls, folder: Path, questions: int) -> Joined:
        dice = random.Random(SEED)
        abstracts = [json.loads(line) for line in _lines(folder / "corpus.jsonl")]
        dice.shuffle(abstracts)
        reports: list[list[str]] = []
        owner: dict[str, int] = {}
        while abstracts:
            count = dice.choice(PAGES)
            some, abstracts = abstracts[:count], abstracts[count:]
            owner |= {one["id"]: len(reports) for one in some}
            reports.append([f"{one.get('title', '')}\n{one['text']}" for one in some])
        asked = list(_asked(folder, owner))
        dice.shuffle(asked)
        return cls(reports, asked[:questions])


def _lines(path: Path) -> list[str]:
    zipped = path.with_name(f"{path.name}.gz")
    text = path.read_text("utf-8") if path.exists() else gzip.decompress(zipped.read_bytes()).decode()
    return text.splitlines()


def _asked(folder: Path, owner: Mapping[str, int]) -> Iterator[tuple[str, Mapping[int, int]]]:
    grades: dict[str, dict[int, int]] = {}
    for question, abstract, grade in (line.split("\t") for line in _lines(folder / "qrels.tsv")):
        if abstract in owner:
            report, right = owner[abstract], grades.setdefault(question, {})
            right[report] = max(right.get(report, 0), int(grade))
    for line in _lines(folder / "queries.jsonl"):
        found = json.loads(line)
        if found["id"] in grades:
            yield found["text"], grades[found["id"]]


def measure(joined: Joined, weight: float) -> tuple[float, float, float]:
    """Mean nDCG@10, mean pages of the first documents and of the right ones, with that weight of the best page."""
    with tempfile.TemporaryDirectory(prefix="joined-") as folder, _weighing(weight):
        search = _bank(joined, Path(folder))
        found = [(search(text), right) for text, right in joined.asked]
    first = [mean(len(joined.reports[n]) for n in ranked[: len(right)]) for ranked, right in found if ranked]
    wanted = [mean(len(joined.reports[n]) for n in right) for _, right in found]
    return mean(_ndcg(ranked, right) for ranked, right in found), mean(first), mean(wanted)


def _bank(joined: Joined, folder: Path) -> Callable[[str], list[int]]:
    engine = open_engine("tantivy", folder)
    with engine.writing() as batch:
        for number, pages in enumerate(joined.reports):
            batch.put(_entry(number, pages))

    def search(text: str) -> list[int]:
        asked = SearchQuery(text=text, projects_a_page=DEPTH).visible_to(EVERYONE, 20261122)
        return [hit.document_id // 2 - 1 for group in engine.search(asked).projects for hit in group.documents]

    return search


def _entry(number: int, pages: Sequence[str]) -> IndexEntry:
    return IndexEntry(
        id=2 * number + 2,
        kind="document",
        project_id=2 * number + 3,
        version=1,
        texts={},
        facets={},
        audience=tuple(EVERYONE),
        pages=tuple(PageEntry(at, analyse(text)) for at, text in enumerate(pages, 1)),
    )


@contextmanager
def _weighing(weight: float) -> Iterator[None]:
    """Indexes are made for a mapping with this weight of the best page."""
    stands = fields.mapping_text

    @cache
    def changed(part: str) -> str:
        mapping = json.loads(stands(part))
        if part == "documents":
            mapping["_meta"]["ranking"]["best_page"]["value"] = weight
        return json.dumps(mapping)

    with patch.object(fields, "mapping_text", changed):
        yield


def _ndcg(ranked: Sequence[int], right: Mapping[int, int]) -> float:
    """Järvelin and Kekäläinen's, with linear gain, over the first ten."""
    gained = sum(right.get(number, 0) / log2(at + 2) for at, number in enumerate(ranked[:DEPTH]))
    ideal = sorted(right.values(), reverse=True)[:DEPTH]
    return gained / sum(grade / log2(at + 2) for at, grade in enumerate(ideal))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=Path("../shared/relevance"))
    parser.add_argument("--only", action="append")
    parser.add_argument("--questions", type=int, default=250)
    parser.add_argument("--weights", type=float, nargs="+", default=[0.0, 0.5, 1.5, 4.0])
    parser.add_argument("--small", action="store_true", help="headings of the samples instead of the collections")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="collections-") as folder:
        if given.small:
            given.root, given.questions = Path(folder), 20
            (given.root / "samples").mkdir()
            write_collection(given.root / "samples")
        _print_all(given)


def _print_all(given: argparse.Namespace) -> None:
    names = given.only or sorted(folder.name for folder in given.root.iterdir() if (folder / "qrels.tsv").exists())
    print(
        f"{'collection':18} {'reports':>7} {'pages of the right':>19}",
        *(f"{f'weight {w:g}':>16}" for w in given.weights),
    )
    for name in names:
        joined = Joined.of(given.root / name, given.questions)
        told = [measure(joined, weight) for weight in given.weights]
        shown = (f"{f'{ndcg:.3f} ({first:.0f} pages)':>16}" for ndcg, first, _ in told)
        print(f"{name:18} {len(joined.reports):>7} {told[0][2]:>19.0f}", *shown, flush=True)


if __name__ == "__main__":
    main()
