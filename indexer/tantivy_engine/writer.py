"""Index entries → tantivy documents, written in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import exp2
from pathlib import Path
from typing import Any

import tantivy

from indexer import fields
from indexer.entry import IndexEntry, PageEntry
from indexer.errors import IndexBusy
from indexer.tantivy_engine.folder import open_documents, open_pages, writers_lock

# Bytes that a writer may hold before it makes a segment, for its one thread (tantivy gives each thread as much).
DOCUMENTS_HEAP, PAGES_HEAP = 48_000_000, 32_000_000


@contextmanager
def writing(folder: Path) -> Iterator[Batch]:
    """The one writer: opened afresh, and merged to the end before the lock goes, or dead segments pile up."""
    with writers_lock(folder):
        batch = Batch(folder)
        try:
            yield batch
            batch.commit()
        except BaseException:
            batch.rollback()
            raise
        finally:
            batch.close()


class Batch:
    def __init__(self, folder: Path) -> None:
        documents, pages = open_documents(folder), open_pages(folder)
        try:
            self._documents = documents.writer(DOCUMENTS_HEAP, num_threads=1)
            self._pages = pages.writer(PAGES_HEAP, num_threads=1)
        except ValueError as error:
            raise IndexBusy(f"Another process writes to the index: {error}") from error
        self._written_pages = _WrittenPages(pages)

    def put(self, entry: IndexEntry) -> None:
        """Replaces the entry; its pages only where they are others than those in the index."""
        self._documents.delete_documents_by_term("id", entry.id)
        self._documents.add_document(entry_document(entry))
        mark = _fingerprint(entry.pages)
        if self._written_pages.are(entry.id, mark, len(entry.pages)):
            return
        self._forget_pages(entry.id)
        for page in entry.pages:
            self._pages.add_document(page_document(entry.id, page, mark))

    def remove(self, entry_id: int) -> None:
        self._documents.delete_documents_by_term("id", entry_id)
        self._forget_pages(entry_id)

    def _forget_pages(self, entry_id: int) -> None:
        self._pages.delete_documents_by_term("document", entry_id)
        self._written_pages.forget(entry_id)

    def commit(self) -> None:
        """Pages first: a stop between the two leaves an old entry, whose job still stands; never one without pages."""
        self._pages.commit()
        self._documents.commit()

    def rollback(self) -> None:
        self._pages.rollback()
        self._documents.rollback()

    def close(self) -> None:
        self._pages.wait_merging_threads()
        self._documents.wait_merging_threads()


class _WrittenPages:
    """What pages stood in the index when the batch began, apart from those the batch has touched."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema, self._searcher = index.schema, index.searcher()
        self._touched: set[int] = set()

    def are(self, document: int, mark: int, count: int) -> bool:
        if document in self._touched:
            return False
        query = tantivy.Query.term_query(self._schema, "document", document, index_option="basic")
        hits = self._searcher.search(query, count + 1, count=False).hits
        marks = self._searcher.fast_field_values("fingerprint", [address for _, address in hits])
        return len(marks) == count and set(marks) <= {mark}

    def forget(self, document: int) -> None:
        self._touched.add(document)


def _fingerprint(pages: tuple[PageEntry, ...]) -> int:
    digest = hashlib.blake2b(digest_size=6)
    for page in pages:
        digest.update(f"\0{page.number}\0{page.tokens.exact}\0{page.tokens.base}".encode())
    return int.from_bytes(digest.digest(), "big")


def page_document(document: int, page: PageEntry, mark: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_integer("document", document)
    made.add_integer("number", page.number)
    made.add_integer("fingerprint", mark)
    for field in fields.pages().texts:
        made.add_text(field.name, getattr(page.tokens, field.analysis))
    return made


def entry_document(entry: IndexEntry) -> tantivy.Document:
    made = tantivy.Document()
    for field in fields.documents().fields:
        if field.role == "text":
            _add_text(made, field, entry)
        elif field.role == "facet":
            for key in dict.fromkeys(entry.facets.get(field.name, ())):
                made.add_text(field.name, key)
        else:
            _SINGLE[field.role](made, entry)
    return made


def _add_text(made: tantivy.Document, field: fields.Field, entry: IndexEntry) -> None:
    """Each text is a value of its own, so that no phrase is found across the border of two texts or pages."""
    for source in field.sources:
        if source == "pages":
            for page in entry.pages:
                made.add_text(field.name, getattr(page.tokens, field.analysis))
        elif source in entry.texts:
            made.add_text(field.name, getattr(entry.texts[source], field.analysis))


def _audience(made: tantivy.Document, entry: IndexEntry) -> None:
    for token in entry.audience:
        made.add_text("audience", token)


def group_of(entry: IndexEntry) -> int:
    """What stands together in the result list: the project, or a document without project for itself (−id)."""
    return entry.project_id or -entry.id


def factor_of(entry: IndexEntry) -> float:
    """What the entry's score is multiplied by, a little over 1 for what is new and for a finished report."""
    mapped = fields.documents()
    ranking, types = mapped.ranking, set(entry.facets.get("document_type", ()))
    oldest, newest = ranking["oldest_year"], ranking["newest_year"]
    age = min(1.0, max(0.0, (entry.year - oldest) / (newest - oldest)))
    finished = ranking["final_report"] if types & mapped.final_report_types else 0.0
    return 1 + ranking["freshness"] * age + finished


def _weight(entry: IndexEntry) -> float:
    """Tantivy multiplies a score by log2(2 + weight)."""
    return exp2(factor_of(entry)) - 2


_SINGLE: dict[str, Callable[[Any, IndexEntry], None]] = {
    "id": lambda made, entry: made.add_integer("id", entry.id),
    "kind": lambda made, entry: made.add_text("kind", entry.kind),
    "group": lambda made, entry: made.add_integer("group", group_of(entry)),
    "version": lambda made, entry: made.add_integer("version", entry.version),
    "audience": _audience,
    "visible_from": lambda made, entry: made.add_integer("visible_from", entry.visible_from),
    "sort_date": lambda made, entry: made.add_integer("sort_date", entry.sort_date),
    "sort_title": lambda made, entry: made.add_text("sort_title", entry.sort_title),
    "weight": lambda made, entry: made.add_float("weight", _weight(entry)),
    "year": lambda made, entry: made.add_integer("year", entry.year),
}
