"""A server's bad days: stands before a real one, passes on what is asked, and now and then does not."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

KEPT_HEADERS = ("Content-Type", "X-Elastic-Product")


@dataclass
class MoodyProxy:
    """`answers` are statuses to give instead of asking the server, one a request whose path ends so.

    asked: (path, bytes of the body) of every request. silent: no answer at all, until it is set to false.
    always: a status to give to every request, 0 to ask the server. seconds: how late every answer comes.
    """

    target: str
    address: str = ""
    answers: list[tuple[str, int]] = field(default_factory=list)
    asked: list[tuple[str, int]] = field(default_factory=list)
    always: int = 0
    seconds: float = 0.0
    silent: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def mood(self, path: str) -> int:
        """The status to give at once, 0 to ask the server."""
        if self.answers and path.endswith(self.answers[0][0]):
            return self.answers.pop(0)[1]
        return self.always


@contextmanager
def moody_proxy(target: str) -> Iterator[MoodyProxy]:
    proxy = MoodyProxy(target)

    class Handler(_Handler):
        moods = proxy

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    moods: MoodyProxy

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        self.moods.asked.append((path, len(body)))
        if self.moods.silent.is_set():
            self.moods.ended.wait()
            self.close_connection = True
            return
        self.moods.ended.wait(self.moods.seconds)
        status = self.moods.mood(path)
        if status:
            self._answer(status, b'{"error": {"type": "es_rejected_execution_exception", "reason": "busy"}}', {})
            return
        self._answer(*self._ask(body))

    def _ask(self, body: bytes) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection(urlsplit(self.moods.target).netloc, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
            kept = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
            return answer.status, answer.read(), kept
        finally:
            connection.close()

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "X-Elastic-Product": "Elasticsearch",
            **headers,
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass_on  # noqa: N815 - named by the library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the library
        """Says nothing."""
