"""Kill -9 of any process at any moment loses nothing and does nothing twice."""

from __future__ import annotations

from pathlib import Path

from settings import Settings
from tests.journeys.killing import import_under_kills
from tests.journeys.oracle import complaints
from tests.journeys.small_files import SmallFile
from workers.bank import Bank

SEED = 20


def test_thirty_kills_during_an_import_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done, files = import_under_kills(data, tmp_path / "in", kills=30, files=60, seed=SEED)
    assert done.total == 30
    assert len(files) == 60
    assert _complaints(Settings(data=str(data)), files) == []


def test_twenty_kills_on_postgresql_and_redis_lose_nothing_and_do_nothing_twice(
    tmp_path: Path, record_and_broker: dict[str, str]
) -> None:
    _survive(20, tmp_path, record_and_broker)


def test_ten_kills_on_postgresql_redis_and_elasticsearch_lose_nothing_and_do_nothing_twice(
    tmp_path: Path, record_and_broker: dict[str, str], search_server: dict[str, str]
) -> None:
    _survive(10, tmp_path, {**record_and_broker, **search_server})


def _survive(kills: int, folder: Path, servers: dict[str, str]) -> None:
    data = folder / "data"
    done, files = import_under_kills(data, folder / "in", kills=kills, files=40, seed=SEED, more=servers)
    assert done.total == kills
    assert _complaints(Settings.from_environ({"KB_DATA": str(data), **servers}), files) == []


def _complaints(settings: Settings, files: list[SmallFile]) -> list[str]:
    bank = Bank(settings)
    try:
        return complaints(bank, files)
    finally:
        bank.close()
