"""The processes of docker-compose.yml, started by hand with the very commands and variables that the file gives.

What a container would have for itself is a folder here. The servers are real ones: Redis by the file's own command,
PostgreSQL with the file's user, password and database, Elasticsearch behind nginx, which asks for the file's user and
password (the node of the tests has no security of its own). nginx in front goes by the file's own configuration.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.deployment import compose
from tests.deployment.conftest import GIVEN
from tests.journeys.serving import HOUSE, command, free_address, until

PROCESSES = ("web", "web", "reader", "reader", "scanner", "indexer", "scheduler")
DOCKER_PROCESSES = "server web:8000 resolve max_fails=2 fail_timeout=5s;"


def _services() -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = compose.read("docker-compose.yml", GIVEN)["services"]
    return services


@dataclass
class Stack:
    """The file's services, on this machine's addresses.

    elasticsearch: variables that say where it is, in the place of the file's one address.
    """

    folder: Path
    services: dict[str, dict[str, Any]] = field(default_factory=_services)
    redis: str = field(default_factory=free_address)
    postgres: str = ""
    elasticsearch: dict[str, str] = field(default_factory=dict)
    front: str = field(default_factory=free_address)
    webs: list[str] = field(default_factory=list)
    metrics: dict[str, str] = field(default_factory=dict)

    def environ(self, service: str, number: int) -> dict[str, str]:
        """The service's own variables; only addresses and folders are put in their place."""
        given = {name: str(value) for name, value in self.services[service]["environment"].items()}
        moved = {
            **given,
            "KB_DATA": self._own_folder(f"{service}-{number}"),
            "KB_ORIGINALS": str(self.folder / "originals"),
            "KB_BROKER": _replaced(given["KB_BROKER"], "redis:6379", self.redis),
            "KB_DATABASE": _replaced(given["KB_DATABASE"], "postgres:5432", self.postgres),
            **self.elasticsearch,
        }
        for name in {"KB_ADDRESS", "KB_METRICS_ADDRESS"} & given.keys():
            moved[name] = free_address()
        return {**os.environ, **moved}

    def run(self, service: str, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Runs the service's own command to its end, or another one with its variables."""
        return subprocess.run(
            command(*(words or self.services[service]["command"])),
            env=self.environ(service, 0),
            cwd=HOUSE,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    @contextmanager
    def running(self, service: str, number: int) -> Iterator[subprocess.Popen[bytes]]:
        environ = self.environ(service, number)
        if service == "web":
            self.webs.append(environ["KB_ADDRESS"])
            self.metrics[environ["KB_ADDRESS"]] = environ["KB_METRICS_ADDRESS"]
        with (self.folder / f"{service}-{number}.log").open("wb") as log:
            words = command(*self.services[service]["command"])
            process = subprocess.Popen(words, env=environ, cwd=HOUSE, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    @contextmanager
    def running_redis(self) -> Iterator[None]:
        """The file's own command; port and folder are this stack's."""
        shell, option, script = self.services["redis"]["command"]
        host, _, port = self.redis.rpartition(":")
        here = [shell, option, f"{script} --bind {host} --port {port} --dir {self.folder}"]
        environ = {**os.environ, **self.services["redis"]["environment"]}
        with (self.folder / "redis.out").open("wb") as log:
            process = subprocess.Popen(here, env=environ, stdout=log, stderr=log, start_new_session=True)
        try:
            told = self.services["redis"]["healthcheck"]["test"][1]
            ask = ["sh", "-c", told.replace("redis-cli", f"redis-cli -h {host} -p {port}")]
            until(lambda: subprocess.run(ask, env=environ, check=False).returncode == 0, 20, "Redis")
            yield
        finally:
            os.killpg(process.pid, 15)
            process.wait(timeout=20)

    @contextmanager
    def running_front(self, nginx: str) -> Iterator[None]:
        """The file's own configuration; Docker's name of the two processes is replaced by their addresses."""
        text = (compose.ROOT / "deploy" / "nginx.conf").read_text("utf-8")
        servers = " ".join(f"server {web} max_fails=2 fail_timeout=5s;" for web in self.webs)
        moved = _replaced(text, DOCKER_PROCESSES, servers)
        moved = _replaced(moved, "listen 8080;", f"listen {self.front};")
        path = self.folder / "nginx.conf"
        path.write_text(moved.replace("/tmp/", f"{self.folder}/nginx-"), "utf-8")
        with (self.folder / "nginx.log").open("wb") as log:
            words = [nginx, "-c", str(path), "-e", "stderr", "-g", "daemon off;"]
            process = subprocess.Popen(words, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)

    def logs(self) -> str:
        return "\n".join(path.read_text("utf-8") for path in sorted(self.folder.glob("*.log")))

    def _own_folder(self, name: str) -> str:
        """What the container has for itself; only the pages' pictures are common."""
        folder, pictures = self.folder / name, self.folder / "pictures"
        folder.mkdir(exist_ok=True)
        pictures.mkdir(exist_ok=True)
        if not (folder / "pictures").exists():
            (folder / "pictures").symlink_to(pictures)
        return str(folder)


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text, f"The file does not say {old} any more."
    return text.replace(old, new)
