"""The same bank on PostgreSQL: moved there without a new upload, copied and restored with the server's own tools."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL

from indexer import SearchQuery
from settings import Settings
from tests.commands.conftest import Command
from tests.servers.postgresql_cluster import create_database, drop_database, find_programs
from workers import queue
from workers.bank import Bank
from workers.steps import index_next, read_next


@pytest.fixture
def empty_url(postgresql_server: URL) -> Iterator[str]:
    url = create_database(postgresql_server)
    yield url
    drop_database(url)


@pytest.fixture
def filled(command: Command, bank: Bank, tmp_path: Path) -> Bank:
    """Two documents of one project, read and indexed, in SQLite."""
    folder = tmp_path / "in" / "Bo kvar"
    folder.mkdir(parents=True)
    for word in ("vräkning", "hembesök"):
        (folder / f"{word}.txt").write_text(f"En rapport om {word}")
    assert command("import", tmp_path / "in").exit_code == 0
    while read_next(bank) or index_next(bank):
        pass
    return bank


def test_a_bank_moves_to_postgresql_and_back_and_is_found_again(
    command: Command, filled: Bank, empty_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = filled.settings.data_folder
    monkeypatch.setenv("KB_DATABASE", empty_url)
    assert "2 document\n" in _well(command, "move", str(old / "catalog.sqlite"))
    _is_whole(command, replace(filled.settings, database=empty_url))
    third = replace(filled.settings, data=str(tmp_path / "third"))
    monkeypatch.setenv("KB_DATA", third.data)
    monkeypatch.delenv("KB_DATABASE")
    assert "2 document\n" in _well(command, "move", empty_url)
    shutil.copytree(old / "originals", third.data_folder / "originals")
    _is_whole(command, third)


def test_a_bank_that_is_not_empty_is_not_moved_into(
    command: Command, filled: Bank, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = str(filled.settings.data_folder / "catalog.sqlite")
    monkeypatch.setenv("KB_DATABASE", postgresql_url)
    _well(command, "status")
    refused = command("move", source)
    assert refused.exit_code == 1
    assert "has rows already" in refused.output


@pytest.mark.parametrize(
    ("source", "told"), [("nowhere.sqlite", "no file nowhere.sqlite"), ("mysql://u:hemligt@h/d", "cannot be used")]
)
def test_a_source_that_is_none_is_told_in_one_line(command: Command, source: str, told: str) -> None:
    refused = command("move", source)
    assert refused.exit_code == 1
    assert told in refused.output
    assert "hemligt" not in refused.output


@pytest.mark.parametrize("words", [["backup"], ["restore"]])
def test_backup_and_restore_name_the_servers_own_tools(
    command: Command, postgresql_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "catalog.sqlite").touch()
    monkeypatch.setenv("KB_DATABASE", postgresql_url)
    refused = command(*words, str(tmp_path / "copy"))
    assert refused.exit_code == 1
    assert "pg_dump" in refused.output


def test_a_dump_becomes_the_same_bank(
    command: Command, filled: Bank, postgresql_server: URL, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, copy = find_programs(), filled.settings.data_folder / "record.dump"
    monkeypatch.setenv("KB_DATABASE", empty_url)
    _well(command, "move", str(filled.settings.data_folder / "catalog.sqlite"))
    _run(programs / "pg_dump", "--format=custom", f"--file={copy}", empty_url)
    restored = create_database(postgresql_server)
    _run(programs / "pg_restore", "--no-owner", "--exit-on-error", f"--dbname={restored}", str(copy))
    monkeypatch.setenv("KB_DATABASE", restored)
    _is_whole(command, replace(filled.settings, database=restored))
    drop_database(restored)


def test_a_password_that_is_refused_is_told_without_it(
    command: Command, postgresql_server: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = postgresql_server.set(password="felaktigt").render_as_string(hide_password=False)
    monkeypatch.setenv("KB_DATABASE", wrong)
    refused = command("status")
    assert refused.exit_code == 1
    assert "password authentication failed" in refused.output
    assert "felaktigt" not in refused.output
    assert len(refused.output.splitlines()) == 1


def _is_whole(command: Command, settings: Settings) -> None:
    """Rebuilt from the record, with an index of its own, everything is found."""
    shutil.rmtree(settings.index_folder, ignore_errors=True)
    _well(command, "rebuild")
    told = json.loads(_well(command, "status", "--json"))
    assert (told["documents"]["read"], told["index_differences"]) == (2, 0)
    queue.configure(settings)
    bank = Bank(settings)
    assert bank.engine.search(SearchQuery(text="vräkning", audience=frozenset({"editors"}), today=99991231)).total == 1
    bank.close()


def _well(command: Command, *words: str) -> str:
    result = command(*words)
    assert result.exit_code == 0, result.output
    return result.output


def _run(program: Path, *words: str) -> None:
    told = subprocess.run([str(program), *words], check=False, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
