"""The same road through real workers over both brokers."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from settings import Settings
from tests.journeys.serving import HOUSE, command, until
from tests.servers.redis_server import redis_server
from tests.workers.conftest import document, found
from workers import queue
from workers.bank import Bank

Drop = Callable[..., int]


@pytest.fixture(params=["files", "redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    embedded = Settings(data=str(tmp_path / "data"), workers="1", web_processes="1")
    if request.param == "files":
        yield embedded
        return
    program = request.getfixturevalue("require_program")("redis-server")
    with redis_server(program, tmp_path) as server:
        yield replace(embedded, broker=server.url)


@contextmanager
def working(settings: Settings, kind: str) -> Iterator[subprocess.Popen[str]]:
    environ = {**os.environ, "KB_DATA": settings.data, "KB_BROKER": settings.broker}
    process = subprocess.Popen(
        command("worker", "--queue", kind), env=environ, cwd=HOUSE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_what_is_dropped_while_workers_wait_is_found(settings: Settings, bank: Bank, drop: Drop) -> None:
    with working(settings, "read") as reader, working(settings, "index"):
        one = drop("Boendestöd i Skärholmen")
        queue.nudge("read")
        assert until(lambda: found(bank, "skärholmen"), 30, "the hit") == [one]
    assert reader.returncode == 0


def test_what_waited_before_the_workers_came_is_found(settings: Settings, bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd i Skärholmen")
    with working(settings, "index"), working(settings, "read"):
        assert until(lambda: found(bank, "skärholmen"), 30, "the hit") == [one]


def test_what_a_killed_worker_held_is_read_by_the_next_one(settings: Settings, bank: Bank, drop: Drop) -> None:
    many = [drop(f"Boendestöd {number}", f"{number}.txt") for number in range(10)]
    with working(settings, "read") as first:
        until(lambda: any(document(bank, one).state == "read" for one in many), 30, "the first reading")
        first.kill()
    with working(settings, "read"):
        until(lambda: all(document(bank, one).state == "read" for one in many), 30, "the last reading")
