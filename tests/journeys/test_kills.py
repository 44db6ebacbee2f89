"""Kill -9 of any process at any moment loses nothing and does nothing twice."""

from __future__ import annotations

from pathlib import Path

from settings import Settings
from tests.journeys.killing import import_under_kills
from tests.journeys.oracle import complaints
from workers.bank import Bank

SEED = 20


def test_thirty_kills_during_an_import_lose_nothing_and_do_nothing_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done, files = import_under_kills(data, tmp_path / "in", kills=30, files=60, seed=SEED)
    assert done.total == 30
    assert len(files) == 60
    bank = Bank(Settings(data=str(data)))
    try:
        assert complaints(bank, files) == []
    finally:
        bank.close()
