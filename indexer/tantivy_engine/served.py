"""What a search is asked of: one generation, or whichever is live."""

from __future__ import annotations

from functools import cached_property
from threading import Lock

from indexer.errors import EngineUnavailable
from indexer.tantivy_engine.folder import Folder
from indexer.tantivy_engine.generations import TantivyGenerations
from indexer.tantivy_engine.reader import Reader
from indexer.tantivy_engine.translate import Translator

Stamp = tuple[int, int, int]


class Served:
    """One generation, opened, with translators for the mappings that it was built for."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        documents, pages = folder.documents, folder.pages
        try:
            self.documents = Reader(documents.opened(), documents.folder)
            self.pages = Reader(pages.opened(), pages.folder)
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"The index in {folder.path} cannot be opened: {error}") from error
        self.translator = Translator(self.documents.index.schema, documents.mapped)
        self.page_translator = Translator(self.pages.index.schema, pages.mapped)


class Followed:
    """The generation that is bound by its name, or the live one: then the pointer's stamp is looked at each time.

    Asking the file system takes 2 µs; only where the pointer was replaced is a generation opened.
    """

    def __init__(self, generations: TantivyGenerations, name: str) -> None:
        self._generations, self._name = generations, name
        self._lock = Lock()
        self._seen: Stamp | None = None
        self._served: Served | None = None

    def now(self) -> Served:
        """Raises EngineUnavailable where the generation is gone or cannot be read."""
        if self._name:
            return self._bound
        with self._lock:
            stamp = self._stamp()
            if self._served is None or stamp != self._seen:
                # The stamp is older than what is read here: a switch in between is seen the next time.
                self._served, self._seen = self._open(self._generations.live()), stamp
            return self._served

    @cached_property
    def _bound(self) -> Served:
        return self._open(self._name)

    def _open(self, name: str) -> Served:
        return Served(self._generations.folder(name))

    def _stamp(self) -> Stamp:
        try:
            stat = self._generations.pointer.stat()
        except OSError as error:
            raise EngineUnavailable(f"The index in {self._generations.root} is gone: {error}") from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size
