"""Scores the bank's own search with the relevance collections beside the repository.

python ../shared/relevance/eval.py --factory benchmarks.relevance:build [--only socialtjanst]

Each document becomes a project and a document of one page, indexed as the workers index; questions are asked as a
person asks them. Ids of the collections are texts, so a number stands for each.
"""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from indexer import IndexEntry, PageEntry, SearchQuery, analyse, collation_key, open_engine

Found = list[tuple[str, float]]
AUDIENCE = frozenset({"public"})
TODAY = 20261122
A_BATCH = 2_000


def build(documents: Sequence[dict[str, str]]) -> Callable[[str, int], Found]:
    """A function from question and depth to (id, score), best first, over a new index of these documents."""
    folder = tempfile.TemporaryDirectory(prefix="relevance-")
    atexit.register(folder.cleanup)
    engine = open_engine("tantivy", Path(folder.name))
    rows = iter(enumerate(documents, 1))
    while some := list(islice(rows, A_BATCH)):
        with engine.writing() as batch:
            for number, document in some:
                batch.put(_entry(number, document))
    names = {2 * number: document["id"] for number, document in enumerate(documents, 1)}

    def search(question: str, depth: int) -> Found:
        query = SearchQuery(text=question, projects_a_page=depth).visible_to(AUDIENCE, TODAY)
        hits = [hit for project in engine.search(query).projects for hit in project.documents]
        return [(names[hit.document_id], hit.score) for hit in hits]

    return search


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
