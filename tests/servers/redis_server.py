"""A Redis of our own for tests and benchmarks, that can be killed and come back with nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.journeys.serving import until
from tests.servers.postgresql_cluster import free_port

READY_SECONDS = 20.0


@dataclass
class RedisServer:
    """Keeps nothing on disk: one that starts again is empty. `words` are more words of its command line."""

    program: str
    folder: Path
    port: int = field(default_factory=free_port)
    words: Sequence[str] = ()
    scheme: str = "redis"
    user: str = ""
    query: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.user}127.0.0.1:{self.port}/0{self.query}"

    def start(self) -> None:
        """Returns when it answers."""
        port = "--port" if self.scheme == "redis" else "--tls-port"
        words = [port, str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder), *self.words]
        self.process = subprocess.Popen([self.program, *words], stdout=subprocess.DEVNULL)
        until(self.answers, READY_SECONDS, "an answer of Redis")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def answers(self) -> bool:
        try:
            with closing(Redis.from_url(self.url)) as client:
                return bool(client.ping())
        except RedisError:
            return False


@contextmanager
def redis_server(program: str, folder: Path) -> Iterator[RedisServer]:
    """A running server that ends with the block."""
    server = RedisServer(program, folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
