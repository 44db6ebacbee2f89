"""Kombu's file-system transport without its three weaknesses; a message here carries nothing but its kind of work.

Kombu 5.7 opens a message under its final name before it has written it, so a reader may take an empty file; it moves
what it takes to the system's temporary folder, where a killed process leaves it; and it keeps exchanges in files that a
kill while writing leaves broken for good. A message is also one file each, so that a long import piles up thousands.
Here a message is a nudge of `workers/nudge_files.py`; what Celery reads is made where it is taken.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from celery import Celery
from kombu import serialization
from kombu.transport import filesystem, virtual

from workers import nudge_files

_celery = Celery(set_as_current=False)


class FileChannel(filesystem.Channel):
    """One waiting message a queue at most."""

    @property
    def folder(self) -> Path:
        return Path(self.data_folder_in)

    # Kombu's two base classes name the second parameter differently.
    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # noqa: ARG002 - Kombu's
        nudge_files.leave(self.folder, queue)

    def _get(self, queue: str, timeout: float | None = None) -> Any:  # noqa: ARG002 - Kombu's signature
        if not nudge_files.take(self.folder, queue):
            raise Empty
        task = _celery.amqp.as_task_v2(str(uuid.uuid4()), queue, ignore_result=True)
        content_type, encoding, body = serialization.dumps(task.body, "json")  # type: ignore[no-untyped-call]
        message = self.prepare_message(  # type: ignore[no-untyped-call]
            body,
            content_type=content_type,
            content_encoding=encoding,
            headers=task.headers,
            properties=task.properties,
        )
        self._inplace_augment_message(message, "", queue)  # type: ignore[no-untyped-call]
        return message

    def _size(self, queue: str) -> int:
        return int(nudge_files.is_left(self.folder, queue))

    def _purge(self, queue: str) -> int:
        return int(nudge_files.take(self.folder, queue))

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
