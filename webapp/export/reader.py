"""Whoever waits for an export: whether they are still there, and that they cannot hold it up for ever."""

from __future__ import annotations

import ssl
from errno import ECONNRESET
from select import POLLIN, poll
from socket import MSG_PEEK, socket
from typing import Any

LONGEST_PAUSE = 60.0  # seconds in which nothing of a chunk is taken


class ReaderGone(ConnectionResetError):
    """What is written now is for nobody. The server knows this kind of error, and does not call it one in the log."""

    def __init__(self) -> None:
        super().__init__(ECONNRESET, "The reader of the export has gone.")


class Reader:
    """The other end of a request's connection, where the server tells it among what WSGI hands on (gunicorn does)."""

    def __init__(self, told: dict[str, Any]) -> None:
        found = told.get("gunicorn.socket")
        self._socket = found if isinstance(found, socket) and not isinstance(found, ssl.SSLSocket) else None
        if self._socket:
            self._socket.settimeout(LONGEST_PAUSE)

    def is_there(self) -> bool:
        """True, or raises ReaderGone. Costs a system call: once a batch."""
        if self._socket and self._is_closed(self._socket):
            raise ReaderGone
        return True

    @staticmethod
    def _is_closed(connection: socket) -> bool:
        """Looks without waiting: a closed connection can be read, and gives nothing."""
        news = poll()
        try:
            news.register(connection, POLLIN)
            return bool(news.poll(0)) and not connection.recv(1, MSG_PEEK)
        except (OSError, ValueError):  # reset by the other end, or closed here
            return True
