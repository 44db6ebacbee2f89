"""Kill -9 of any process at any moment loses nothing and does nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from settings import Settings
from tests.journeys.killing import import_under_kills
from tests.journeys.oracle import complaints
from tests.journeys.small_files import SmallFile
from tests.servers.redis_server import redis_server
from workers.bank import Bank

SEED = 20


def test_thirty_kills_during_an_import_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done, files = import_under_kills(data, tmp_path / "in", kills=30, files=60, seed=SEED)
    assert done.total == 30
    assert len(files) == 60
    assert _complaints(Settings(data=str(data)), files) == []


def test_twenty_kills_on_postgresql_and_redis_lose_nothing_and_do_nothing_twice(
    tmp_path: Path, postgresql_url: str, require_program: Callable[[str], str]
) -> None:
    data = tmp_path / "data"
    with redis_server(require_program("redis-server"), tmp_path) as broker:
        servers = {"KB_DATABASE": postgresql_url, "KB_BROKER": broker.url}
        done, files = import_under_kills(data, tmp_path / "in", kills=20, files=40, seed=SEED, more=servers)
        assert done.total == 20
        assert _complaints(Settings(data=str(data), database=postgresql_url, broker=broker.url), files) == []


def _complaints(settings: Settings, files: list[SmallFile]) -> list[str]:
    bank = Bank(settings)
    try:
        return complaints(bank, files)
    finally:
        bank.close()
