"""The embedded engine: tantivy in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import tantivy
from tantivy import Query

from indexer import fields
from indexer.engine import WriteBatch
from indexer.errors import TooDeep
from indexer.question import Question, question
from indexer.search_query import DEEPEST_PROJECT, SearchQuery
from indexer.search_result import PageHit, SearchResult
from indexer.tantivy_engine.answer import Answer
from indexer.tantivy_engine.counts import Counter
from indexer.tantivy_engine.folder import open_documents, open_pages, prepare
from indexer.tantivy_engine.page_hits import PageFinder
from indexer.tantivy_engine.reader import Reader
from indexer.tantivy_engine.translate import Translator
from indexer.tantivy_engine.writer import writing

_COUNTING_THREADS = 4  # as many searches may be in progress at once; tantivy lets go of the interpreter's lock
KINDS = ("document", "project")


class TantivyEngine:
    """Two indexes in one folder: entries (what is found, counted, filtered) and pages (where the words stand)."""

    def __init__(self, folder: Path) -> None:
        prepare(folder)
        self._folder = folder
        self._beside = ThreadPoolExecutor(_COUNTING_THREADS, thread_name_prefix="counting")
        self._documents = Reader(open_documents(folder), folder / "documents")
        self._pages = Reader(open_pages(folder), folder / "pages")
        self._translator = Translator(self._documents.index.schema, fields.documents())
        self._page_translator = Translator(self._pages.index.schema, fields.pages())

    def search(self, query: SearchQuery) -> SearchResult:
        first = (query.page - 1) * query.projects_a_page
        if first < 0 or first + query.projects_a_page > DEEPEST_PROJECT:
            raise TooDeep(f"Result lists end at project {DEEPEST_PROJECT}; page {query.page} lies beyond.")
        asked = question(query.text, query.reading)
        if not query.audience:
            return _empty(asked)
        searcher = self._documents.searcher()
        counter = Counter(searcher, self._translator)
        return Answer(searcher, self._translator, counter, self._beside, query).to(asked, first)

    def page_hits(self, query: SearchQuery, documents: Sequence[int], limit: int = 5000) -> Mapping[int, list[PageHit]]:
        asked = question(query.text, query.reading)
        return PageFinder(self._pages.searcher(), self._page_translator).find(asked, documents, limit)

    def writing(self) -> AbstractContextManager[WriteBatch]:
        return writing(self._folder)

    def entries(self) -> Iterator[tuple[int, str, int]]:
        searcher = self._documents.searcher()
        for kind in KINDS:
            hits = searcher.search(self._translator.term("kind", kind), max(1, searcher.num_docs), count=False).hits
            addresses = [address for _, address in hits]
            ids, versions = (searcher.fast_field_values(name, addresses) for name in ("id", "version"))
            yield from ((int(i or 0), kind, int(v or 0)) for i, v in zip(ids, versions, strict=True))

    def page_counts(self, documents: Iterable[int] | None = None) -> Mapping[int, int]:
        searcher = self._pages.searcher()
        wanted = Query.all_query() if documents is None else _any_document(self._page_translator.schema, documents)
        hits = searcher.search(wanted, max(1, searcher.num_docs), count=False).hits
        counts: dict[int, int] = {}
        for document in searcher.fast_field_values("document", [address for _, address in hits]):
            counts[int(document or 0)] = counts.get(int(document or 0), 0) + 1
        return counts

    def close(self) -> None:
        """Ends the counting threads; the memory maps go with the object."""
        self._beside.shutdown()


def _empty(asked: Question) -> SearchResult:
    names = [facet.name for facet in fields.facets()]
    facets: dict[str, dict[str, int]] = {name: {} for name in names}
    return SearchResult(0, 0, (), facets, {}, asked.reading, asked.words, ignored=asked.ignored)


def _any_document(schema: tantivy.Schema, documents: Iterable[int]) -> Query:
    return Query.term_set_query(schema, "document", list(documents))
