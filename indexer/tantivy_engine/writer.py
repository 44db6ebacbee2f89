"""Writing in batches: the one writer of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from indexer.entry import IndexEntry
from indexer.entry_values import fingerprint_of
from indexer.errors import IndexBusy
from indexer.tantivy_engine.folder import Folder
from indexer.tantivy_engine.locks import writers_lock
from indexer.tantivy_engine.made import entry_document, page_document

# Bytes that a writer may hold before it makes a segment, for its one thread (tantivy gives each thread as much).
DOCUMENTS_HEAP, PAGES_HEAP = 48_000_000, 32_000_000


@contextmanager
def writing(root: Path, generation: Callable[[], Folder]) -> Iterator[Batch]:
    """The one writer: opened afresh, and merged to the end before the lock goes, or dead segments pile up.

    Which generation it writes to is asked once the lock is held.
    """
    with writers_lock(root):
        batch = Batch(generation())
        try:
            yield batch
            batch.commit()
        except BaseException:
            batch.rollback()
            raise
        finally:
            batch.close()


class Batch:
    def __init__(self, folder: Folder) -> None:
        documents, pages = folder.documents, folder.pages
        written = pages.opened()
        try:
            self._documents = documents.opened().writer(DOCUMENTS_HEAP, num_threads=1)
            self._pages = written.writer(PAGES_HEAP, num_threads=1)
        except ValueError as error:
            raise IndexBusy(f"Another process writes to the index: {error}") from error
        self._mapped, self._pages_mapped = documents.mapped, pages.mapped
        self._written_pages = _WrittenPages(written)
        self.refused: dict[int, str] = {}

    def put(self, entry: IndexEntry) -> None:
        """Replaces the entry; its pages only where they are others than those in the index."""
        mark = fingerprint_of(entry.pages)
        try:
            made = entry_document(self._mapped, entry)
            unchanged = self._written_pages.are(entry.id, mark, len(entry.pages))
            pages = (
                [] if unchanged else [page_document(self._pages_mapped, entry.id, page, mark) for page in entry.pages]
            )
        except (TypeError, ValueError, OverflowError) as error:
            self.refused[entry.id] = f"{type(error).__name__}: {error}"
            return
        self._documents.delete_documents_by_term("id", entry.id)
        self._documents.add_document(made)
        if unchanged:
            return
        self._forget_pages(entry.id)
        for page in pages:
            self._pages.add_document(page)

    def remove(self, entry_id: int, version: int = 0) -> None:  # noqa: ARG002 - one writer, so nothing comes late
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
