"""The processes of docker-compose.yml, started by hand with the very commands and variables that the file gives.

What a container would have for itself is a folder here. STAND_INS say which server of the file is replaced by what.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.deployment import compose
from tests.deployment.conftest import GIVEN
from tests.journeys.serving import HOUSE, command, free_address, until

PROCESSES = ("web", "web", "reader", "reader", "indexer", "scheduler")


def _services() -> dict[str, dict[str, Any]]:
    services: dict[str, dict[str, Any]] = compose.read("docker-compose.yml", GIVEN)["services"]
    return services


@dataclass
class Stack:
    """The file's services, on this machine's addresses."""

    folder: Path
    services: dict[str, dict[str, Any]] = field(default_factory=_services)
    redis: str = field(default_factory=free_address)
    webs: list[str] = field(default_factory=list)
    metrics: dict[str, str] = field(default_factory=dict)

    def environ(self, service: str, number: int) -> dict[str, str]:
        """The service's own variables; only addresses and folders are put in their place."""
        own = self.folder / f"{service}-{number}"
        given = {name: str(value) for name, value in self.services[service]["environment"].items()}
        moved = {
            **given,
            "KB_DATA": _own_folder(own, self.folder / "index"),
            "KB_ORIGINALS": str(self.folder / "originals"),
            "KB_BROKER": given["KB_BROKER"].replace("redis:6379", self.redis),
            **self.stand_ins(),
        }
        for name in {"KB_ADDRESS", "KB_METRICS_ADDRESS"} & given.keys():
            moved[name] = free_address()
        return {**os.environ, **moved}

    def stand_ins(self) -> dict[str, str]:
        """SQLite for PostgreSQL and tantivy, in one common folder, for Elasticsearch."""
        return {"KB_DATABASE": f"sqlite:///{self.folder / 'catalog.sqlite'}", "KB_ENGINE": "tantivy"}

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

    def logs(self) -> str:
        return "\n".join(path.read_text("utf-8") for path in sorted(self.folder.glob("*.log")))


def _own_folder(folder: Path, index: Path) -> str:
    """What the container has for itself; only the embedded engine's index is common."""
    folder.mkdir(exist_ok=True)
    index.mkdir(exist_ok=True)
    if not (folder / "index").exists():
        (folder / "index").symlink_to(index)
    return str(folder)


@pytest.fixture
def stack(tmp_path: Path, require_program: Callable[[str], str]) -> Iterator[Stack]:
    """Redis as the file starts it, the record prepared as the file does it, then all processes of the bank."""
    require_program("redis-server")
    made = Stack(tmp_path)
    with ExitStack() as living:
        living.enter_context(_redis(made))
        prepared = made.run("prepare")
        assert prepared.returncode == 0, prepared.stderr
        processes = [
            living.enter_context(made.running(service, number)) for number, service in enumerate(PROCESSES, start=1)
        ]
        for web in made.webs:
            until(lambda web=web: _answers(web, "/redo"), 60, f"readiness of {web}")  # type: ignore[misc]
        yield made
    assert {process.returncode for process in processes} == {0}, made.logs()


@contextmanager
def _redis(stack: Stack) -> Iterator[None]:
    """The file's own command; port and folder are this test's."""
    shell, option, script = stack.services["redis"]["command"]
    host, _, port = stack.redis.rpartition(":")
    here = f"{script} --bind {host} --port {port} --dir {stack.folder}"
    environ = {**os.environ, **stack.services["redis"]["environment"]}
    with (stack.folder / "redis.out").open("wb") as log:
        process = subprocess.Popen([shell, option, here], env=environ, stdout=log, stderr=log, start_new_session=True)
    try:
        ask = stack.services["redis"]["healthcheck"]["test"][1].replace("redis-cli", f"redis-cli -h {host} -p {port}")
        until(lambda: subprocess.run(["sh", "-c", ask], env=environ, check=False).returncode == 0, 20, "Redis")
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait(timeout=20)


def _answers(address: str, path: str) -> bool:
    try:
        return _get(address, path)[0] == 200
    except OSError:
        return False


def _get(address: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _metric(stack: Stack, web: str, name: str) -> float:
    text = _get(stack.metrics[web], "/metrics")[1]
    families = text_string_to_metric_families(text)
    return sum(one.value for family in families for one in family.samples if one.name == name)


def _found(address: str, word: str) -> int:
    return int(json.loads(_get(address, f"/api/v1/search?q={word}")[1])["total"])


def test_a_file_that_one_process_takes_in_is_found_through_all_and_no_secret_is_told(stack: Stack) -> None:
    report = stack.folder / "in" / "Projektet" / "rapport.txt"
    report.parent.mkdir(parents=True)
    report.write_text("Handledning av samlarteam.")
    done = stack.run("web", "import", str(report.parent), "--publish", "--class", "öppen")
    assert done.returncode == 0, done.stderr
    for web in stack.webs:
        assert until(lambda web=web: _found(web, "samlarteam"), 60, f"the hit at {web}") == 1  # type: ignore[misc]
    told = stack.logs() + done.stdout + done.stderr + stack.run("web", "status").stdout
    assert not [secret for secret in GIVEN.values() if secret in told]


def test_one_address_leads_to_both_processes_and_no_log_holds_what_was_asked(
    stack: Stack, require_program: Callable[[str], str]
) -> None:
    with _front(stack, require_program("nginx")) as front:
        assert until(lambda: _answers(front, "/redo"), 20, "the front")
        for _ in range(8):
            assert _get(front, "/sok?q=hemligord")[0] == 200
    counted = [_metric(stack, web, "kunskapsbanken_http_responses_total") for web in stack.webs]
    assert all(counted)
    assert sum(counted) == 8
    assert "hemligord" not in (stack.folder / "nginx.log").read_text("utf-8") + stack.logs()


@contextmanager
def _front(stack: Stack, nginx: str) -> Iterator[str]:
    """The file's own configuration; Docker's name of the two processes is replaced by their addresses."""
    address = free_address()
    text = (compose.ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    servers = " ".join(f"server {web} max_fails=2 fail_timeout=5s;" for web in stack.webs)
    moved = text.replace("server web:8000 resolve max_fails=2 fail_timeout=5s;", servers)
    assert moved != text
    moved = moved.replace("listen 8080;", f"listen {address};").replace("/tmp/", f"{stack.folder}/nginx-")
    path = stack.folder / "nginx.conf"
    path.write_text(moved, "utf-8")
    with (stack.folder / "nginx.log").open("wb") as log:
        process = subprocess.Popen(
            [nginx, "-c", str(path), "-e", "stderr", "-g", "daemon off;"], stdout=log, stderr=log
        )
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_a_front_without_processes_behind_it_says_so_in_swedish(
    tmp_path: Path, require_program: Callable[[str], str]
) -> None:
    nowhere = Stack(tmp_path, webs=[free_address(), free_address()])
    with _front(nowhere, require_program("nginx")) as front:
        until(lambda: _listens(front), 20, "the front")
        status, text = _get(front, "/sok?q=hemligord")
        assert status == 503
        assert "Försök igen" in text
    assert "hemligord" not in (tmp_path / "nginx.log").read_text("utf-8")


def _listens(address: str) -> bool:
    try:
        return bool(_get(address, "/")[0])
    except OSError:
        return False
