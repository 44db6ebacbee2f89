"""An index of an older mapping, on both engines: it serves while a new one is made at start or by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog import jobs
from commands.preparation import prepare
from indexer import SearchQuery
from settings import Settings
from tests import factories
from tests.commands.conftest import Command
from tests.outdated import outdate
from workers.bank import Bank
from workers.steps import index_next


@pytest.fixture
def settings(tmp_path: Path, either_engine: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of the commands that a test runs, too."""
    for variable, value in either_engine.items():
        monkeypatch.setenv(variable, value)
    return Settings.from_environ({"KB_DATA": str(tmp_path / "data"), **either_engine})


@pytest.fixture
def filled(settings: Settings, bank: Bank) -> Bank:
    """One document, indexed."""
    prepare(settings, samples=False)
    with bank.database.transaction() as session:
        factories.document(session, pages=("Boendestöd prövades.",), analysed=True)
    index_next(bank)
    return bank


def found(bank: Bank) -> int:
    query = SearchQuery(text="boendestöd", audience=frozenset({"editors"}), today=99991231)
    return bank.engine.search(query).total


def test_start_begins_a_new_index_once_and_the_old_one_serves_on(
    settings: Settings, filled: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    entries, live = list(filled.engine.entries()), outdate(filled)
    for _ in range(2):  # a second start goes on with what the first began
        prepare(settings, samples=False)
        assert "older version; a new one of 1 entries" in capsys.readouterr().out
    assert filled.generations.live() == live
    assert list(filled.engine.entries()) == entries
    while index_next(filled):
        pass
    assert filled.generations.live() != live
    assert list(filled.engine.entries()) == entries
    with filled.database.reading() as session:
        assert jobs.waiting(session) == {}
    prepare(settings, samples=False)
    assert capsys.readouterr().out == ""


def test_status_tells_of_it_and_rebuild_mends_it(command: Command, filled: Bank) -> None:
    outdate(filled)
    result = command("status")
    assert result.exit_code == 0
    assert "kunskapsbanken rebuild" in result.output
    assert json.loads(command("status", "--json").output)["index_outdated"] is True
    assert found(filled) == 1
    assert command("rebuild").exit_code == 0
    assert json.loads(command("status", "--json").output)["index_outdated"] is False
    assert found(filled) == 1


def test_migrate_begins_a_new_index_too(command: Command, filled: Bank) -> None:
    live = outdate(filled)
    assert "a new one of 1 entries is begun" in command("migrate").output
    while index_next(filled):
        pass
    assert filled.generations.live() != live
