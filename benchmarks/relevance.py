"""Scores the bank's own search with the relevance collections, which lie in a folder beside the repository.

    python -m benchmarks.relevance [--engine elasticsearch] [--only socialtjanst] [--limit 200] [--root FOLDER]
    python -m benchmarks.relevance --small

or, from the collections' own program: eval.py --factory benchmarks.relevance:build. KB_ENGINE chooses the engine:
tantivy in a temporary folder, or elasticsearch at KB_ELASTICSEARCH, else on a node of its own.

Each document becomes a project and a document of one page, indexed as the workers index; questions are asked as a
person asks them. Ids of the collections are texts, so a number stands for each.
"""

from __future__ import annotations

import argparse
import atexit
import importlib.util
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks.sample_collection import write_collection
from indexer import (
    IndexEntry,
    PageEntry,
    SearchEngine,
    SearchQuery,
    Vocabulary,
    analyse,
    ask,
    collation_key,
    open_engine,
    words_in,
)
from tests.servers.elasticsearch_node import elasticsearch
from tests.servers.indices import own_indices

Found = list[tuple[str, float]]
Search = Callable[[str, int], Found]
AUDIENCE: Final = frozenset({"public"})
TODAY: Final = 20261122
A_BATCH: Final = 2_000
COLLECTIONS: Final = Path(__file__).parents[2] / "shared" / "relevance"
DEPTH: Final = 100
_open = ExitStack()
atexit.register(_open.close)


def build(documents: Sequence[dict[str, str]]) -> Search:
    """A function from question and depth to (id, score), best first, over a new index of these documents."""
    engine, counts = _new_engine(), Counter[str]()
    entries = (_entry(number, document) for number, document in enumerate(documents, 1))
    while some := list(islice(entries, A_BATCH)):
        with engine.writing() as batch:
            for entry in some:
                batch.put(entry)
                counts.update(words_in(entry).keys())
    vocabulary = Vocabulary(counts)
    names = {2 * number: document["id"] for number, document in enumerate(documents, 1)}

    def search(question: str, depth: int) -> Found:
        query = SearchQuery(text=question, projects_a_page=depth).visible_to(AUDIENCE, TODAY)
        found = ask(engine, vocabulary, query).result
        hits = [hit for project in found.projects for hit in project.documents]
        return [(names[hit.document_id], hit.score) for hit in hits]

    return search


def _new_engine() -> SearchEngine:
    """Gone with the process."""
    if os.environ.get("KB_ENGINE", "tantivy") == "elasticsearch":
        return open_engine("elasticsearch", _open.enter_context(own_indices(_address())))
    return open_engine("tantivy", Path(_open.enter_context(tempfile.TemporaryDirectory(prefix="relevance-"))))


@cache
def _address() -> str:
    return os.environ.get("KB_ELASTICSEARCH", "") or _open.enter_context(elasticsearch())


def _entry(number: int, document: dict[str, str]) -> IndexEntry:
    title, text = document.get("title", ""), document["text"]
    return IndexEntry(
        id=2 * number,
        kind="document",
        project_id=2 * number + 1,
        version=1,
        texts={"title": analyse(title)},
        facets={},
        audience=tuple(AUDIENCE),
        sort_title=collation_key(title),
        pages=(PageEntry(1, analyse(text)),),
    )


def table(scorer: Any, root: Path, names: Sequence[str], limit: int | None) -> float:
    """Prints nDCG@10 of the bank and of plain Snowball stemming, recall and questions without hits; gives the mean."""
    print(f"{'collection':18}{'questions':>10}{'nDCG@10':>9}{'Snowball':>9}{'R@100':>8}{'no hits':>9}")
    means = []
    for name in names:
        asked, relevant = scorer.load(root / name)
        documents = [json.loads(line) for line in scorer.read_lines(root / name / "corpus.jsonl")]
        ours, plain = (
            [scorer.measure(scorer.ids_of(search(text, DEPTH)), relevant.get(key, {})) for key, text in asked[:limit]]
            for search in (build(documents), scorer.builtin(documents, stemmed=True))
        )
        gain, base, found, none = _mean(ours, 0), _mean(plain, 0), _mean(ours, 3), _mean(ours, 4)
        means.append(gain)
        print(f"{name:18}{len(ours):10}{gain:9.4f}{base:9.4f}{found:8.3f}{none:9.2%}", flush=True)
    print(f"{'mean':28}{sum(means) / len(means):9.4f}")
    return sum(means) / len(means)


def _mean(rows: Sequence[Sequence[float]], figure: int) -> float:
    return sum(row[figure] for row in rows) / len(rows)


def _scorer(root: Path) -> Any:
    """The collections' own program, so that both ways of asking count alike."""
    spec = importlib.util.spec_from_file_location("relevance_eval", root / "eval.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"There are no collections in {root}; name their folder with --root.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _print_found() -> None:
    """How many sections of the samples are found by their heading, and how many stand first."""
    with tempfile.TemporaryDirectory(prefix="collection-") as folder:
        lines = (write_collection(Path(folder)) / "corpus.jsonl").read_text("utf-8").splitlines()
    documents = [json.loads(line) for line in lines]
    search = build(documents)
    found = [[key for key, _ in search(one["title"], DEPTH)] for one in documents]
    among = sum(one["id"] in keys for one, keys in zip(documents, found, strict=True))
    first = sum(one["id"] == keys[0] for one, keys in zip(documents, found, strict=True) if keys)
    print(f"{len(documents)} headings: {among} find their section, {first} as the first hit")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=("tantivy", "elasticsearch"), default="")
    parser.add_argument("--only", action="append", help="a collection; may be repeated")
    parser.add_argument("--limit", type=int, help="only the first questions of each")
    parser.add_argument("--root", type=Path, default=COLLECTIONS)
    parser.add_argument("--small", action="store_true", help="headings of the samples, where there are no collections")
    given = parser.parse_args()
    if given.engine:
        os.environ["KB_ENGINE"] = given.engine
    if given.small:
        _print_found()
        return
    names = given.only or sorted(folder.name for folder in given.root.iterdir() if (folder / "qrels.tsv").exists())
    table(_scorer(given.root), given.root, names, given.limit)


if __name__ == "__main__":
    main()
