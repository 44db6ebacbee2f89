"""Kombu's file-system transport without its three weaknesses; a message here carries nothing but its kind of work.

Kombu 5.7 opens a message under its final name before it has written it, so a reader may take an empty file; it moves
what it takes to the system's temporary folder, where a killed process leaves it; and it keeps exchanges in files that a
kill while writing leaves broken for good. A message is also one file each, so that a long import piles up thousands.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem, virtual


class FileChannel(filesystem.Channel):
    """One waiting message a queue at most: a nudge over a nudge is the same nudge."""

    @property
    def folder(self) -> Path:
        return Path(self.data_folder_in)

    # Kombu's two base classes name the second parameter differently.
    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        """Written whole under another name, then renamed: nobody sees a half message."""
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f"{uuid.uuid4()}.unfinished"
        unfinished.write_text(json.dumps(payload), encoding="utf-8")
        unfinished.replace(self._file(queue))

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002 - Kombu's signature
        """Whoever takes the name away has the message; a message that cannot be read is a lost nudge, no more."""
        taken = self.folder / f"{uuid.uuid4()}.taken"
        try:
            self._file(queue).replace(taken)
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            return json.loads(text)
        except (OSError, ValueError):
            raise Empty from None

    def _size(self, queue: str) -> int:
        return int(self._file(queue).exists())

    def _purge(self, queue: str) -> int:
        waiting = self._size(queue)
        self._file(queue).unlink(missing_ok=True)
        return waiting

    def _file(self, queue: str) -> Path:
        return self.folder / f"nudge.{queue}.msg"

    def get_table(self, exchange: str) -> Any:
        """Both sides declare the same queues, so the process's own memory knows them."""
        return virtual.Channel.get_table(self, exchange)  # type: ignore[no-untyped-call]

    def _queue_bind(self, *given: Any) -> None:
        """Nothing to write, see get_table."""

    def _delete(self, queue: str, *_: Any, **__: Any) -> None:
        self._purge(queue)


class Transport(filesystem.Transport):
    """Named in `celery_app` as the transport of the embedded layout."""

    Channel = FileChannel


def clear_leftovers(folder: Path, *, older_than: float) -> int:
    """Takes away what killed processes left half written or half taken before the moment `older_than` (Unix time)."""
    gone = 0
    for path in [*folder.glob("*.unfinished"), *folder.glob("*.taken")]:
        try:
            if path.stat().st_mtime < older_than:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone
