"""A searcher that sees the last commit."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import tantivy

from indexer.errors import EngineUnavailable


class Reader:
    """Opens the index anew only when its list of segments was replaced.

    Asking the file system takes 2 µs, opening anew 0.2 ms, waiting for tantivy's own watcher 0.2 s.
    """

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self.index, self._list = index, folder / "meta.json"
        self._seen: tuple[int, int, int] | None = None
        self._lock = Lock()

    def searcher(self) -> tantivy.Searcher:
        """Raises EngineUnavailable where the index is gone or cannot be read."""
        try:
            with self._lock:
                self._open_anew()
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"The index cannot be read: {error}") from error
        return self.index.searcher()

    def _open_anew(self) -> None:
        """The list's stamp is taken before it is read: a commit in between is seen the next time."""
        stat = self._list.stat()
        stamp = stat.st_ino, stat.st_mtime_ns, stat.st_size
        if stamp != self._seen:
            self.index.reload()
            self._seen = stamp
