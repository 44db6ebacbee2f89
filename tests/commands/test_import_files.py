from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import jobs
from catalog.dropping import Wish
from catalog.models import Document, Drop, Project
from commands import importing
from commands.import_plan import Planned, plan
from commands.record import prepare_record
from tests.commands.conftest import Command
from tests.journeys.small_files import pdf
from workers.bank import Bank
from workers.steps import index_next, read_next


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two projects, a folder that is none, a file beside them and what a system left."""
    root = tmp_path / "in"
    for name, content in {
        "Bo kvar/rapport.txt": b"Boendest\xc3\xb6d",
        "Bo kvar/bilagor/bilaga.pdf": pdf(["En bilaga"]),
        "Bo kvar/.DS_Store": b"x",
        "Bo kvar/__MACOSX/rapport.txt": b"x",
        "Samlarteam/plan.txt": b"En plan",
        "_utan-projekt/rapport.txt": b"Inspekt\xc3\xb6rerna",
        "ensam.txt": b"Ensam",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def documents(bank: Bank) -> dict[str, Document]:
    with bank.database.reading() as session:
        return {
            one.file_name if one.project_id else f"-{one.file_name}": one for one in session.scalars(select(Document))
        }


def projects(bank: Bank) -> dict[str, Project]:
    with bank.database.reading() as session:
        return {one.title: one for one in session.scalars(select(Project))}


def work_all(bank: Bank) -> None:
    while read_next(bank) or index_next(bank):
        pass


def test_the_first_folder_is_the_project_and_every_file_is_promised(command: Command, bank: Bank, source: Path) -> None:
    result = command("import", source)
    assert result.exit_code == 0
    assert result.output == "5 files, 5 new, 0 known before; by state: 5 queued.\n"
    assert set(projects(bank)) == {"Bo kvar", "Samlarteam"}
    found, kept = documents(bank), projects(bank)
    assert set(found) == {"rapport.txt", "bilaga.pdf", "plan.txt", "-rapport.txt", "-ensam.txt"}
    assert found["bilaga.pdf"].project_id == kept["Bo kvar"].id
    with bank.database.reading() as session:
        assert jobs.waiting(session)["read"] == 5


def test_a_second_run_skips_what_the_bank_has(command: Command, bank: Bank, source: Path) -> None:
    command("import", source)
    (source / "ny.txt").write_text("Ny")
    result = command("import", source)
    assert result.output.startswith("6 files, 1 new, 5 known before")
    with bank.database.reading() as session:
        assert len(session.scalars(select(Drop)).all()) == 6


def test_the_project_file_describes_project_and_documents(command: Command, bank: Bank, source: Path) -> None:
    (source / "Bo kvar" / "projekt.toml").write_text(
        'title = "Bo kvar i Skärholmen"\nstatus = "avslutat"\n[documents."rapport.txt"]\ntitle = "Slutrapporten"\n'
        'document_type = "slutrapport"\ndate = 2019-02-15\nclass = "öppen"\n'
    )
    assert command("import", source).exit_code == 0
    assert projects(bank)["Bo kvar i Skärholmen"].status == "avslutat"
    report = documents(bank)["rapport.txt"]
    assert (report.title, report.document_type, report.year) == ("Slutrapporten", "slutrapport", 2019)
    assert report.classification == "open"
    assert not report.publish_when_read
    assert documents(bank)["bilaga.pdf"].classification == "internal"


def test_a_project_folder_can_be_given_itself(command: Command, bank: Bank, source: Path) -> None:
    (source / "Samlarteam" / "projekt.toml").write_text('title = "Samlarteamet"')
    command("import", source / "Samlarteam")
    assert documents(bank)["plan.txt"].project_id == projects(bank)["Samlarteamet"].id


def test_a_project_file_with_a_misspelt_key_stops_with_one_line(command: Command, bank: Bank, source: Path) -> None:
    (source / "Samlarteam" / "projekt.toml").write_text('title = "A"\nsyfte = "B"')
    result = command("import", source)
    assert result.exit_code == 1
    assert "Samlarteam: projekt.toml has the unknown key 'syfte'" in result.output
    assert documents(bank) == {}


def test_a_project_folder_can_be_given_from_within(
    command: Command, bank: Bank, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "Samlarteam" / "projekt.toml").write_text('title = "Samlarteamet"')
    monkeypatch.chdir(source / "Samlarteam")
    command("import", ".")
    assert documents(bank)["plan.txt"].project_id == projects(bank)["Samlarteamet"].id


def test_a_project_file_as_windows_writes_it_is_read(command: Command, bank: Bank, source: Path) -> None:
    (source / "Samlarteam" / "projekt.toml").write_text('title = "Samlarteamet"\r\n', "utf-8-sig")
    assert command("import", source).exit_code == 0
    assert "Samlarteamet" in projects(bank)


def test_a_project_file_in_another_encoding_stops_with_one_line(command: Command, bank: Bank, source: Path) -> None:
    (source / "Samlarteam" / "projekt.toml").write_text('title = "Återvändare"', "latin-1")
    result = command("import", source)
    assert result.output.endswith("Samlarteam: projekt.toml is not UTF-8; save it so.\n")
    assert documents(bank) == {}


def test_publish_and_class_are_carried_to_documents_and_projects(command: Command, bank: Bank, source: Path) -> None:
    command("import", source, "--publish", "--class", "öppen")
    work_all(bank)
    assert {one.classification for one in documents(bank).values()} == {"open"}
    assert all(one.published_at for one in documents(bank).values())
    assert {(one.classification, bool(one.published_at)) for one in projects(bank).values()} == {("open", True)}


def test_nothing_is_published_unasked(command: Command, bank: Bank, source: Path) -> None:
    command("import", source, "--class", "öppen")
    work_all(bank)
    assert not any(one.published_at for one in documents(bank).values())
    assert not any(one.published_at for one in projects(bank).values())


def test_members_of_a_zip_are_files_of_their_own(command: Command, bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "allt.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Bo kvar/a.txt", "a")
        archive.writestr("b.txt", "b")
    report = tmp_path / "report.csv"
    command("import", path, "--report", report)
    assert [row["path"] for row in rows(report)] == [f"{path}/Bo kvar/a.txt", f"{path}/b.txt"]
    assert documents(bank)["a.txt"].project_id == projects(bank)["Bo kvar"].id


def rows(report: Path) -> list[dict[str, str]]:
    with report.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_report_that_cannot_be_written_is_told_before_anything_is_imported(
    command: Command, source: Path, tmp_path: Path
) -> None:
    result = command("import", source, "--report", tmp_path / "missing" / "report.csv")
    assert result.exit_code == 2
    assert "report.csv cannot be written: No such file or directory." in " ".join(result.output.split())
    assert "5 files, 5 new" in command("import", source).output


def test_the_report_has_a_row_a_file_with_how_it_ended(command: Command, bank: Bank, tmp_path: Path) -> None:
    source, report = tmp_path / "in", tmp_path / "report.csv"
    source.mkdir()
    (source / "a.pdf").write_bytes(pdf(["Ett två tre", "Fyra"]))
    (source / "b.pdf").write_bytes(b"%PDF-1.7 trasig")
    (source / "c.txt").touch()
    command("import", source)
    work_all(bank)
    command("import", source, "--report", report)
    found = rows(report)
    assert list(found[0]) == ["path", "state", "reason", "pages", "words", "document id"]
    assert [(Path(row["path"]).name, row["state"], row["reason"]) for row in found] == [
        ("a.pdf", "read", ""),
        ("b.pdf", "failed", "damaged"),
        ("c.txt", "failed", "damaged"),
    ]
    assert (found[0]["pages"], found[0]["words"]) == ("2", "4")
    assert int(found[0]["document id"]) == documents(bank)["-a.pdf"].id


def test_a_name_in_another_encoding_stands_in_the_report(command: Command, bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/r\xe5d.txt")).write_text("Text")
    report = tmp_path / "result.csv"
    assert command("import", tmp_path / "in", "--report", report).exit_code == 0
    with report.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["path"].endswith("r\\udce5d.txt")
    assert set(documents(bank)) == {"-rd.txt"}


def test_with_wait_it_works_the_files_itself_where_nobody_serves(command: Command, bank: Bank, source: Path) -> None:
    result = command("import", source, "--wait")
    assert result.output == "5 files, 5 new, 0 known before; by state: 5 read.\n"
    assert all(one.indexed_version == one.version for one in documents(bank).values())


def test_bytes_that_are_removed_before_their_row_stands_are_kept_again(
    bank: Bank, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "WAITING_SECONDS", 60.0)  # all but the first file share one transaction
    prepare_record(bank.database)
    files = plan(bank.database, [source], Wish("test", skip_known=True))
    last = files[-1].path.read_bytes()

    def coming() -> Iterator[Planned]:
        yield files[0]
        yield files[-1]
        bank.originals.remove(hashlib.sha256(last).hexdigest())
        yield from files[1:-1]

    with importing.opened_desk(bank.settings) as desk:
        taken = list(importing.import_all(desk, coming()))
    assert len(taken) == len(files)
    assert all(bank.originals.exists(one.sha256) for one in documents(bank).values())
    assert len(documents(bank)) == len(files)


def test_a_path_without_files_is_no_success(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert command("import", tmp_path / "empty").exit_code == 1


def test_the_command_loads_nothing_that_dropping_files_does_not_need() -> None:
    """What it loads is waited for by every import, and told by a fresh interpreter."""
    unneeded = ("rich", "celery", "tantivy", "indexer.analysis", "workers.bank", "alembic", "structlog")
    code = f"import sys, commands.import_files; print([one for one in {unneeded} if one in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_end_of_an_import_is_looked_for_more_often_where_few_files_are_left_and_these_move() -> None:
    few, many = importing.WATCHED, importing.WATCHED + 1
    assert importing._pause(few, 0.0) == importing.SHORTEST_LOOK
    assert importing.SHORTEST_LOOK < importing._pause(few, 0.5) < importing.LOOK_SECONDS
    assert importing._pause(few, 60.0) == importing._pause(many, 0.0) == importing.LOOK_SECONDS
