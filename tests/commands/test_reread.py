from __future__ import annotations

from pathlib import Path

import pytest

from indexer.extraction import media_types, registry, versions
from tests.commands.conftest import Command
from tests.indexer.extraction import fyrbaken
from workers.bank import Bank


@pytest.fixture
def older(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two texts that a reader of yesterday read, and a broken file."""
    for name, content in (("a.txt", b"Ett"), ("b.txt", b"Tv\xc3\xa5"), ("c.pdf", b"%PDF-1.7 trasig")):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    assert command("import", tmp_path / "in", "--wait").exit_code == 0
    monkeypatch.setattr(versions, "_VERSIONS", {**versions._VERSIONS, "plain": "better"})


def test_a_dry_run_only_counts(command: Command, older: None) -> None:
    assert command("reread", "--dry-run").output == "2 documents would be read again.\n"
    assert command("reread", "--where", "state=failed", "--dry-run").output.startswith("1 ")
    assert '"read": 0' in command("status", "--json").output.partition('"jobs"')[2]


def test_it_waits_for_the_end_and_works_itself_where_nobody_serves(command: Command, older: None, bank: Bank) -> None:
    told = command("reread", "--where", "all", "--wait").output.splitlines()
    assert told[0] == "3 documents will be read again, after all other work."
    assert told[1].startswith("2 have their new text, 1 do not")
    assert command("reread", "--dry-run").output.startswith("0 ")


def test_a_choice_that_is_none_is_one_line(command: Command) -> None:
    result = command("reread", "--where", "format=exe")
    assert result.exit_code == 1
    assert "use pdf" in result.output


def test_mails_that_nobody_could_read_are_read_by_their_format(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "brev.msg").write_bytes(fyrbaken.outlook())
    (tmp_path / "in" / "trasig.pdf").write_bytes(b"%PDF-1.7 trasig")
    with monkeypatch.context() as before:  # the program of yesterday knew no mails of Outlook
        before.delitem(registry._MODULES, media_types.MSG)
        command("import", tmp_path / "in", "--wait")
        assert '"unsupported": 1' in command("status", "--json").output
    told = command("reread", "--where", "format=msg", "--wait").output.splitlines()
    assert told[0].startswith("1 documents will be read again")
    assert told[1].startswith("1 have their new text, 0 do not")
    assert command("reread", "--where", "format=msg", "--dry-run").output.startswith("1 ")
    assert command("reread", "--where", "state=failed", "--dry-run").output.startswith("1 ")
