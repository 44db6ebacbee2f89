"""status, sweep, rebuild, backup and restore on one small bank."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from catalog import watched
from indexer import SearchQuery
from tests.commands.conftest import Command
from workers.bank import Bank
from workers.rebuilding import pause, promise_rebuild
from workers.steps import index_next, read_next

EDITORS = frozenset({"editors"})


@pytest.fixture
def filled(command: Command, bank: Bank, tmp_path: Path) -> Bank:
    """Three documents of one project, read and indexed."""
    folder = tmp_path / "in" / "Bo kvar"
    folder.mkdir(parents=True)
    for word in ("vräkning", "hyresskuld", "hembesök"):
        (folder / f"{word}.txt").write_text(f"En rapport om {word}")
    assert command("import", tmp_path / "in").exit_code == 0
    while read_next(bank) or index_next(bank):
        pass
    return bank


def found(bank: Bank, word: str) -> int:
    return bank.engine.search(SearchQuery(text=word, audience=EDITORS, today=99991231)).total


def test_status_counts_documents_work_and_index(command: Command, filled: Bank) -> None:
    told = json.loads(command("status", "--json").output)
    assert told["documents"] == {"queued": 0, "reading": 0, "read": 3, "failed": 0}
    assert told["jobs"] == {"read": 0, "index": 0, "ocr": 0}
    assert told["scans"]["waiting"] == told["scans"]["off"] == 0
    assert (told["projects"], told["pages"]) == (1, 3)
    assert (told["index_entries"], told["index_differences"]) == (4, 0)
    assert told["served"] is False
    assert "3 read" in command("status").output


def test_status_of_a_new_folder_is_all_noughts(command: Command) -> None:
    told = json.loads(command("status", "--json").output)
    assert told["index_entries"] == 0


def test_status_tells_of_a_watched_folder_that_is_gone(command: Command, filled: Bank) -> None:
    trouble = {"name": "", "why": "away", "detail": "No such file or directory"}
    with filled.database.transaction() as session:
        watched.note_stand(session, "/srv/in", watched.Stand(watched.AWAY, troubles=(trouble,)))
    (told,) = json.loads(command("status", "--json").output)["watched"]
    assert (told["folder"], told["state"], told["troubles"]) == ("/srv/in", "away", [trouble])
    assert "Watched folder /srv/in: away since" in command("status").output


def test_sweep_says_in_numbers_what_it_mended(command: Command, filled: Bank) -> None:
    assert "entries promised 0" in command("sweep").output
    with filled.engine.writing() as index:
        for entry, *_ in list(filled.engine.entries())[:2]:
            index.remove(entry)
    assert "entries promised 2" in command("sweep").output


def test_a_deleted_index_comes_back_by_one_command(command: Command, filled: Bank) -> None:
    before = sorted(filled.engine.entries())
    filled.__dict__.pop("engine").close()
    shutil.rmtree(filled.settings.index_folder)
    result = command("rebuild")
    assert result.exit_code == 0
    assert result.output.startswith("4 entries written in ")
    assert sorted(filled.engine.entries()) == before
    assert found(filled, "vräkning") == 1


def test_a_rebuild_takes_away_what_the_record_does_not_have(command: Command, filled: Bank) -> None:
    entry = next(iter(filled.engine.entries()))[0]
    with filled.database.transaction() as session:
        from catalog import documents

        gone = next(one for one in documents.versions(session) if one != entry)
        documents.remove(session, gone, by="Eva", why="fel fil")
    assert command("rebuild").exit_code == 0
    assert gone not in {one for one, *_ in filled.engine.entries()}


def test_status_tells_of_a_rebuild_that_is_going_on(command: Command, filled: Bank) -> None:
    promise_rebuild(filled)
    assert json.loads(command("status", "--json").output)["rebuild_left"] == 4
    assert "4 entries left" in command("status").output


def test_a_paused_rebuild_is_told_of_and_goes_on_by_the_command(command: Command, filled: Bank) -> None:
    pause(filled, promise_rebuild(filled).name)
    assert json.loads(command("status", "--json").output)["rebuild_paused"]
    assert "A rebuild of the index is paused: 4 entries left" in command("status").output
    told = command("rebuild").output.splitlines()
    assert told[0] == "The rebuild was paused; it goes on."
    assert told[-1].endswith("0 differ from the record.")


def test_a_second_rebuild_is_told_of_the_first_and_watches_it(command: Command, filled: Bank) -> None:
    first = promise_rebuild(filled)
    result = command("rebuild")
    assert result.exit_code == 0
    assert "going on already" in result.output
    assert filled.generations.live() == first.name


def test_a_rebuild_begun_anew_gives_the_first_one_up(command: Command, filled: Bank) -> None:
    first = promise_rebuild(filled)
    assert command("rebuild", "--anew").exit_code == 0
    assert first.name not in filled.generations.names()
    assert found(filled, "vräkning") == 1


def test_a_backup_becomes_the_same_bank_in_another_folder(
    command: Command, filled: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = filled.settings.templates_folder
    own.mkdir()
    (own / "Kort.docx").write_bytes(b"a template")
    result = command("backup", tmp_path / "copy")
    assert result.exit_code == 0
    assert "3 originals" in result.output
    monkeypatch.setenv("KB_DATA", str(tmp_path / "another"))
    assert "3 originals" in command("restore", tmp_path / "copy").output
    assert command("rebuild").output.startswith("4 entries written")
    told = json.loads(command("status", "--json").output)
    assert told["documents"]["read"] == 3
    assert told["index_differences"] == 0
    assert (tmp_path / "another" / own.name / "Kort.docx").read_bytes() == b"a template"


def test_nothing_is_restored_over_a_bank(command: Command, filled: Bank, tmp_path: Path) -> None:
    command("backup", tmp_path / "copy")
    result = command("restore", tmp_path / "copy")
    assert result.exit_code == 1
    assert "is not empty" in result.output


def test_no_backup_is_written_over_another(command: Command, filled: Bank, tmp_path: Path) -> None:
    command("backup", tmp_path / "copy")
    assert command("backup", tmp_path / "copy").exit_code == 1


def test_a_damaged_original_is_noticed_by_the_backup(command: Command, filled: Bank, tmp_path: Path) -> None:
    path = filled.originals.path(next(filled.originals.stored()))
    path.chmod(0o600)
    path.write_bytes(b"changed")
    result = command("backup", tmp_path / "copy")
    assert result.exit_code == 1
    assert "is damaged" in result.output


def test_a_folder_without_backup_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert command("restore", tmp_path / "copy").exit_code == 1


@pytest.mark.parametrize("whole", [False, True])
def test_a_damaged_record_is_not_restored_and_the_folder_stays_empty(
    command: Command, filled: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    command("backup", tmp_path / "copy")
    record = tmp_path / "copy" / "catalog.sqlite"
    content = record.read_bytes()
    middle = len(content) // 2
    record.write_bytes(content[:middle] + (b"\x99" * (len(content) - middle) if whole else b""))
    monkeypatch.setenv("KB_DATA", str(tmp_path / "another"))
    result = command("restore", tmp_path / "copy")
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: The record {record} cannot be copied: ")
    assert len(result.output.splitlines()) == 1
    assert list((tmp_path / "another").iterdir()) == []


def test_a_full_disk_leaves_nothing_of_a_backup_behind(command: Command, filled: Bank, tmp_path: Path) -> None:
    """A process that may write so much only to a file meets what a full disk gives."""
    limited = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (100_000,) * 2); from commands import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", limited, "backup", str(tmp_path / "copy")],
        env={**os.environ, "KB_DATA": filled.settings.data},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: The record ")
    assert len(ran.stderr.splitlines()) == 1
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_restore_tells_which_part_of_the_originals_was_missing(
    command: Command, filled: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", tmp_path / "copy")
    next((tmp_path / "copy" / "originals").glob("??/??/*")).unlink()
    monkeypatch.setenv("KB_DATA", str(tmp_path / "another"))
    result = command("restore", tmp_path / "copy")
    assert result.exit_code == 1
    assert "2 originals" in result.output
    assert "Error: 1 originals that the record names are not in" in result.output


def test_originals_of_an_unknown_kind_are_refused_before_anything_starts(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_ORIGINALS", "s3://bucket")
    result = command("migrate")
    assert result.exit_code == 1
    assert "KB_ORIGINALS must name a folder" in result.output


def test_a_bad_setting_is_one_line_with_its_name(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_WORKERS", "många")
    result = command("status")
    assert result.exit_code == 1
    assert result.output.startswith("Error: KB_WORKERS is 'många'")
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("variable", ["KB_DATA", "KB_DATABASE"])
def test_a_folder_that_cannot_be_used_is_one_line(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    (tmp_path / "file").touch()
    place = tmp_path / "file" / "bank"
    monkeypatch.setenv(variable, f"sqlite:///{tmp_path}" if variable == "KB_DATABASE" else str(place))
    result = command("status")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
