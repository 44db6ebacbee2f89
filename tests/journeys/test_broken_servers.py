"""A server falls over in the middle of a bulk import: it costs patience, never a document."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Self

import pytest

from catalog import jobs, standing
from settings import Settings
from tests.journeys.oracle import complaints
from tests.journeys.serving import Served, served, until
from tests.journeys.small_files import SmallFile, small_files, write
from tests.servers.postgresql_cluster import Cluster, NotInstalled, cluster, create_database
from tests.servers.redis_server import RedisServer, redis_server
from workers.bank import Bank

SEED = 4
FILES = 60


@dataclass(frozen=True, slots=True)
class Files:
    folder: Path
    all: list[SmallFile]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "in", write(small_files(FILES, SEED), tmp_path / "in"))


@pytest.fixture
def broker(require_program: Callable[[str], str], tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(require_program("redis-server"), tmp_path) as server:
        yield server


@pytest.fixture
def database(missing: Callable[[str], NoReturn]) -> Iterator[Cluster]:
    """A cluster of this test's own: the others' must not be stopped."""
    try:
        with cluster() as made:
            yield made
    except NotInstalled as error:
        missing(str(error))


@pytest.fixture
def environ(tmp_path: Path, broker: RedisServer, database: Cluster) -> dict[str, str]:
    return {
        "KB_DATA": str(tmp_path / "data"),
        "KB_DATABASE": create_database(database.url),
        "KB_BROKER": broker.url,
        "KB_WORKERS": "2",
        "KB_WEB_PROCESSES": "1",
    }


@pytest.fixture
def running(tmp_path: Path, environ: dict[str, str]) -> Iterator[Served]:
    with served(tmp_path / "data", more=environ) as house:
        yield house


@pytest.fixture
def bank(running: Served, environ: dict[str, str]) -> Iterator[Bank]:
    opened = Bank(Settings.from_environ(environ))
    yield opened
    opened.close()


def test_redis_is_killed_and_comes_back_empty_and_every_document_is_found(
    running: Served, bank: Bank, broker: RedisServer, files: Files
) -> None:
    importing = running.begin("import", str(files.folder))
    until(lambda: _read(bank) > 5, 60, "the reading of some files")
    broker.kill()
    assert _read(bank) < FILES
    broker.start()
    assert importing.wait(timeout=120) == 0
    until(lambda: _is_quiet(bank), 150, "the last job")
    assert complaints(bank, files.all) == []


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_is_restarted_and_everything_goes_on_by_itself(
    running: Served, bank: Bank, database: Cluster, files: Files, mode: str
) -> None:
    importing = running.begin("import", str(files.folder))
    with Visitor(running.address) as visitor:
        until(lambda: _read(bank) > 5, 60, "the reading of some files")
        database.stop(mode)
        until(lambda: visitor.seen(503), 30, "an answer that tells of the outage")
        database.start()
        until(lambda: visitor.latest == 200, 30, "an answer as before")
    assert importing.wait(timeout=120) == 0
    until(lambda: _is_quiet(bank), 150, "the last job")
    assert complaints(bank, files.all) == []
    assert {status for status, *_ in visitor.answers} == {200, 503}
    assert all(retry and "tillfälligt otillgänglig" in body for status, retry, body in visitor.answers if status == 503)
    assert visitor.cut == 0


@dataclass
class Visitor:
    """Somebody who asks for the start page all the time; `answers` are (status, Retry-After, body)."""

    address: str
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    cut: int = 0
    _ends: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._visit)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    @property
    def latest(self) -> int:
        return self.answers[-1][0] if self.answers else 0

    def seen(self, status: int) -> bool:
        return any(one == status for one, *_ in self.answers)

    def _visit(self) -> None:
        while not self._ends.wait(0.05):
            connection = http.client.HTTPConnection(self.address, timeout=20)
            try:
                connection.request("GET", "/")
                answer = connection.getresponse()
                self.answers.append((answer.status, answer.headers.get("Retry-After", ""), answer.read().decode()))
            except (OSError, http.client.HTTPException):
                self.cut += 1
            finally:
                connection.close()


def _read(bank: Bank) -> int:
    with bank.database.reading() as session:
        return standing.documents_by_state(session)["read"]


def _is_quiet(bank: Bank) -> bool:
    with bank.database.reading() as session:
        return not jobs.waiting(session)
