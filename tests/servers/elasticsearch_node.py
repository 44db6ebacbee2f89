"""Elasticsearch for tests and benchmarks: the one whose address is given, else a node of our own."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.installation import VECTORS, NotInstallable, installation

READY_SECONDS = 120.0
STOP_SECONDS = 20.0
HEAP = "512m"


@contextmanager
def elasticsearch(heap: str = HEAP) -> Iterator[str]:
    """The address of a server that answers: KB_TESTS_ELASTICSEARCH, else a node that lives as long as the block.

    Raises NotInstallable where neither is to be had.
    """
    given = os.environ.get("KB_TESTS_ELASTICSEARCH")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="elasticsearch-") as home:
        node = Node(Path(home), free_port(), heap)
        try:
            node.start()
            yield node.address
        finally:
            node.stop()


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port: int = bound.getsockname()[1]
        return port


@dataclass
class Node:
    """A node in a home of its own, where its data outlive it: it can be stopped, killed and started again."""

    home: Path
    port: int
    heap: str = HEAP
    settings: Sequence[str] = ("discovery.type=single-node",)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers."""
        installed = installation()
        self._prepare(installed.folder)
        command = [
            installed.java.program,
            f"-Xms{self.heap}",
            f"-Xmx{self.heap}",
            "--enable-native-access=ALL-UNNAMED",
            *([f"--add-modules={VECTORS}"] if installed.java.has_vectors else []),
            "-cp",
            f"{installed.folder}/out:{installed.folder}/lib/*",
            "ElasticsearchNode",
            str(self.home),
            *self._settings(),
        ]
        with (self.home / "node.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.home)
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Gently, by the end of its input; by force where that takes too long."""
        if self.process is None:
            return
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process = None

    def _prepare(self, folder: Path) -> None:
        for name in ("plugins", "logs"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        for name in ("modules", "config"):
            if not (self.home / name).exists():
                (self.home / name).symlink_to(folder / name)

    def _settings(self) -> list[str]:
        return [
            "cluster.name=tests",
            f"node.name=node-{self.port}",
            f"http.port={self.port}",
            f"transport.port={free_port()}",
            "network.host=127.0.0.1",
            "cluster.routing.allocation.disk.threshold_enabled=false",
            *self.settings,
        ]

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise NotInstallable(f"the node does not answer: {self._last_words()}")
            time.sleep(0.1)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=2s")
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()

    def _last_words(self) -> str:
        return (self.home / "node.log").read_text("utf-8", errors="replace")[-2000:]
