"""Reader: every file is read in a child process with limits, and its end becomes a value or a reason."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from indexer.errors import UnreadableFile
from indexer.extraction import registry
from indexer.extraction.children import Children
from indexer.extraction.fork_owner import ForkServer
from indexer.extraction.limits import Limits
from indexer.extraction.media_types import ENCRYPTED_OFFICE
from indexer.extraction.result import Extraction
from indexer.extraction.story import Progress


def _no_progress(read: int, count: int) -> None:
    """Nobody wants to know."""


class Reader:
    """Reads files. Owns the fork server, which starts at the first file and ends with the reader or its process.

    turnstile: a file that all readers of a machine name, so that one file at a time is read with much memory.
    """

    def __init__(self, limits: Limits | None = None, turnstile: Path | None = None) -> None:
        self._limits = limits or Limits()
        self._turnstile = turnstile
        self._server = ForkServer("reading")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._server.close()

    def warm(self) -> None:
        """Starts the fork server before the first file comes, and does not wait for it."""
        self._server.warm()

    def read(self, path: Path | str, media_type: str, on_progress: Progress = _no_progress) -> Extraction:
        """The text of a file, by page; raises UnreadableFile. `on_progress` is told (pages read, pages there are)."""
        path = Path(path)
        if not path.stat().st_size:
            raise UnreadableFile("damaged", "the file is empty")
        if not registry.readable(media_type):
            raise UnreadableFile(_reason_of_unread(media_type), media_type)
        return Children(
            self._server, path, media_type, on_progress, limits=self._limits, turnstile=self._turnstile
        ).read()


def _reason_of_unread(media_type: str) -> str:
    if media_type == ENCRYPTED_OFFICE:
        return "encrypted"
    return "unsupported"
