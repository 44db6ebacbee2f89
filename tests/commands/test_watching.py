"""One look at the watched folder after the other, in this process. A file is steady when it is seen."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog import documents, jobs, watched
from catalog.models import Document, Drop, Project
from catalog.watch_models import WatchedFile, WatchedFolder
from commands.record import prepare_record
from commands.watching import reasons, watcher
from commands.watching.inbox import REASON, Mark, Steadiness, look
from commands.watching.taking import StillChanging, take
from commands.watching.watcher import Watcher
from indexer import REASONS
from tests.journeys.small_files import pdf
from workers.bank import Bank
from workers.steps import read_next


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def watching(bank: Bank, root: Path) -> Watcher:
    prepare_record(bank.database)
    return Watcher(bank, root, 0.0)


def put(root: Path, name: str, content: bytes = b"En rapport om boendest\xc3\xb6d") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def lying(root: Path) -> set[str]:
    return {str(one.relative_to(root)) for one in root.rglob("*") if not one.is_dir()}


def told(path: Path) -> str:
    return path.with_name(path.name + REASON).read_text("utf-8-sig")


def standing(bank: Bank) -> WatchedFolder:
    with bank.database.reading() as session:
        (found,) = watched.folders(session)
        return found


def names(bank: Bank) -> list[tuple[str, str]]:
    """(file name, title of its project) of every document."""
    with bank.database.reading() as session:
        titles = {one.id: one.title for one in session.scalars(select(Project))}
        return sorted((one.file_name, titles.get(one.project_id or 0, "")) for one in session.scalars(select(Document)))


class TestTaking:
    def test_a_steady_file_becomes_a_document_of_its_sub_folders_project_and_goes_to_klart(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        put(root, "Bo kvar/bilagor/rapport.txt")
        put(root, "ensam.txt", b"Ensam")
        assert watching.turn() == 2
        assert names(bank) == [("ensam.txt", ""), ("rapport.txt", "Bo kvar")]
        assert lying(root) == {"klart/Bo kvar/bilagor/rapport.txt", "klart/ensam.txt"}
        with bank.database.reading() as session:
            assert {one.dropped_by for one in session.scalars(select(Drop))} == {"bevakad mapp"}
            assert jobs.waiting(session)["read"] == 2

    def test_projekt_toml_describes_the_project_and_stays(self, bank: Bank, watching: Watcher, root: Path) -> None:
        put(root, "A/projekt.toml", 'title = "Bo kvar i Skärholmen"\n[documents."a.txt"]\ntitle = "Ansökan"'.encode())
        put(root, "A/a.txt")
        watching.turn()
        put(root, "A/b.txt", b"senare")
        watching.turn()
        assert {project for _, project in names(bank)} == {"Bo kvar i Skärholmen"}
        assert lying(root) == {"A/projekt.toml", "klart/A/a.txt", "klart/A/b.txt"}

    def test_files_wait_for_a_projekt_toml_that_cannot_be_used_and_are_taken_when_it_can(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        description = put(root, "A/projekt.toml", b'title = "A"\nsyfte = "B"')
        put(root, "A/a.txt")
        put(root, "B/b.txt", b"annat")
        assert watching.turn() == 1
        assert "unknown key 'syfte'" in told(description)
        assert [(one["name"], one["why"]) for one in standing(bank).troubles] == [("A/projekt.toml", "description")]
        description.write_text('title = "A"')
        assert watching.turn() == 1
        assert lying(root) == {"A/projekt.toml", "klart/A/a.txt", "klart/B/b.txt"}

    def test_what_is_refused_goes_to_fel_with_the_reason_in_swedish(self, watching: Watcher, root: Path) -> None:
        put(root, "A/film.mp4", b"\x00\x01\x02\x03")
        put(root, "tom.txt", b"")
        watching.turn()
        assert "Filtypen stöds inte." in told(root / "fel/A/film.mp4")
        assert "Filen är tom." in told(root / "fel/tom.txt")
        assert lying(root) == {"fel/A/film.mp4", "fel/A/film.mp4.orsak.txt", "fel/tom.txt", "fel/tom.txt.orsak.txt"}

    def test_a_duplicate_goes_to_klart_with_a_remark(self, bank: Bank, watching: Watcher, root: Path) -> None:
        put(root, "a.txt")
        watching.turn()
        put(root, "b.txt")
        watching.turn()
        assert "fanns redan i Kunskapsbanken" in told(root / "klart/b.txt")
        assert names(bank) == [("a.txt", "")]

    def test_names_that_clash_get_a_number(self, watching: Watcher, root: Path) -> None:
        for content in (b"ett", b"tv\xc3\xa5", b"tre"):
            put(root, "a.txt", content)
            watching.turn()
        assert lying(root) == {"klart/a.txt", "klart/a (2).txt", "klart/a (3).txt"}
        assert (root / "klart/a (3).txt").read_bytes() == b"tre"

    def test_a_name_too_long_for_its_reason_is_shortened(self, watching: Watcher, root: Path) -> None:
        put(root, "å" * 125 + ".mp4", b"\x00\x01")
        watching.turn()
        (moved,) = (one for one in (root / "fel").iterdir() if one.suffix == ".mp4")
        assert "Filtypen stöds inte." in told(moved)

    def test_a_zip_is_unpacked_and_told_of_what_was_refused_in_it(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        with zipfile.ZipFile(root / "allt.zip", "w") as archive:
            archive.writestr("Bo kvar/a.txt", "a")
            archive.writestr("b.mp4", b"\x00\x01")
        watching.turn()
        assert names(bank) == [("a.txt", "Bo kvar")]
        assert "b.mp4: Filtypen stöds inte." in told(root / "klart/allt.zip")

    @pytest.mark.parametrize(
        "name", ["~$plan.docx", ".gömd.txt", "a.pdf.part", "a.crdownload", "Thumbs.db", ".git/a.txt", "a.orsak.txt"]
    )
    def test_hidden_and_unfinished_files_are_left(self, watching: Watcher, root: Path, name: str) -> None:
        put(root, name)
        assert watching.turn() == 0
        assert lying(root) == {name}

    def test_links_are_not_followed(self, bank: Bank, watching: Watcher, root: Path, tmp_path: Path) -> None:
        secret = put(tmp_path, "utanför/hemlig.txt", b"hemligt")
        (root / "a.txt").symlink_to(secret)
        (root / "B").symlink_to(secret.parent)
        (root / "C").mkdir()
        (root / "C/projekt.toml").symlink_to(secret)
        put(root, "C/c.txt")
        assert watching.turn() == 0
        assert names(bank) == []
        assert [one["name"] for one in standing(bank).troubles] == ["C/projekt.toml"]

    def test_a_link_that_takes_a_files_place_after_it_was_seen_is_not_followed(
        self, bank: Bank, watching: Watcher, root: Path, tmp_path: Path
    ) -> None:
        secret = put(tmp_path, "utanför/hemlig.txt", b"hemligt")
        (root / "a.txt").symlink_to(secret)
        (root / "B").symlink_to(secret.parent)
        for place, refusal in ((Path("a.txt"), OSError), (Path("B/hemlig.txt"), StillChanging)):
            with pytest.raises(refusal):
                take(watching._desk, root, place, Mark.of(secret.stat()), watcher.WISH)
        assert names(bank) == []

    def test_nothing_is_moved_where_klart_leads_elsewhere(
        self, bank: Bank, watching: Watcher, root: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "annanstans").mkdir()
        (root / "klart").symlink_to(tmp_path / "annanstans")
        put(root, "a.txt")
        for _ in range(3):
            watching.turn()
        assert lying(tmp_path / "annanstans") == set()
        assert [(one["name"], one["why"]) for one in standing(bank).troubles] == [("a.txt", "stuck")]
        assert names(bank) == [("a.txt", "")]

    def test_a_file_without_a_sound_name_is_taken_in(self, bank: Bank, watching: Watcher, root: Path) -> None:
        with open(os.fsencode(root) + b"/bl\xe5.txt", "wb") as file:  # noqa: PTH123 - a name that is no text
            file.write(b"hej")
        assert watching.turn() == 1
        assert [name for name, _ in names(bank)] == ["bl.txt"]
        assert lying(root) == {"klart/bl.txt"}


class TestWaiting:
    def test_a_file_that_changes_is_not_steady(self, root: Path) -> None:
        steadiness = Steadiness(10.0)
        for moment, content in ((0.0, b"a"), (9.0, b"ab"), (18.0, b"ab")):
            put(root, "a.txt", content)
            if content == b"ab":
                os.utime(root / "a.txt", (1, 1))  # copied with its old time
            steadiness.note({path: mark._replace(changed=0) for path, mark in look(root).files.items()}, moment)
            assert list(steadiness.steady(moment)) == []
        assert list(steadiness.steady(19.0)) == [Path("a.txt")]

    def test_a_file_that_grows_while_it_is_read_is_not_taken_in(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        put(root, "a.txt")
        mark = look(root).files[Path("a.txt")]
        put(root, "a.txt", b"annat och mer")
        with pytest.raises(StillChanging):
            take(watching._desk, root, Path("a.txt"), mark, watcher.WISH)
        assert names(bank) == []

    def test_a_file_that_may_not_be_read_is_told_once_and_not_tried_at_each_look(
        self, bank: Bank, watching: Watcher, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[Path] = []

        def refuse(*given: object) -> None:
            tried.append(root)
            raise PermissionError(13, "Permission denied")  # root, who runs many a test, may read all

        monkeypatch.setattr(watcher, "take", refuse)
        path = put(root, "a.txt")
        for _ in range(3):
            watching.turn()
        assert len(tried) == 1
        assert [(one["name"], one["why"]) for one in standing(bank).troubles] == [("a.txt", "unreadable")]
        monkeypatch.undo()
        path.chmod(0o600)  # rights were given: it is another mark
        assert watching.turn() == 1
        assert standing(bank).troubles == []

    def test_a_folder_that_is_gone_is_waited_for_and_told(self, bank: Bank, watching: Watcher, root: Path) -> None:
        root.rmdir()
        watching.turn()
        assert standing(bank).state == "away"
        since = standing(bank).since
        root.mkdir()
        put(root, "a.txt")
        assert watching.turn() == 1
        assert standing(bank).state == "watched"
        assert standing(bank).since > since

    def test_a_watcher_that_ends_says_so(self, bank: Bank, watching: Watcher) -> None:
        watching.turn()
        watching.stop()
        assert standing(bank).state == "stopped"
        assert not watched.is_silent(standing(bank), standing(bank).looked_at.replace(year=2100))


class TestLater:
    def test_a_file_that_cannot_be_read_goes_from_klart_to_fel_with_the_reason(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        put(root, "A/trasig.pdf", b"%PDF-1.7 trasig")
        watching.turn()
        assert lying(root) == {"klart/A/trasig.pdf"}
        while read_next(bank):
            pass
        watching.turn()
        assert lying(root) == {"fel/A/trasig.pdf", "fel/A/trasig.pdf.orsak.txt"}
        assert "Filen är skadad." in told(root / "fel/A/trasig.pdf")

    def test_it_comes_back_when_it_is_read_after_all(self, bank: Bank, watching: Watcher, root: Path) -> None:
        put(root, "a.pdf", pdf(["Ett två tre"]))
        watching.turn()
        document = _end(bank, failed="too_slow")
        watching.turn()
        assert lying(root) == {"fel/a.pdf", "fel/a.pdf.orsak.txt"}
        with bank.database.transaction() as session:
            documents.retry(session, document)
        while read_next(bank):
            pass
        watching.turn()
        assert lying(root) == {"klart/a.pdf"}
        assert _remembered(bank) == 0

    def test_what_people_have_put_in_its_place_is_left(self, bank: Bank, watching: Watcher, root: Path) -> None:
        put(root, "a.txt")
        watching.turn()
        put(root, "klart/a.txt", b"en annan fil")
        _end(bank, failed="damaged")
        watching.turn()
        assert lying(root) == {"klart/a.txt"}
        assert _remembered(bank) == 0

    def test_nothing_is_remembered_of_a_file_that_was_read(self, bank: Bank, watching: Watcher, root: Path) -> None:
        put(root, "a.txt")
        watching.turn()
        while read_next(bank):
            pass
        watching.turn()
        assert (lying(root), _remembered(bank)) == ({"klart/a.txt"}, 0)


class TestRestarts:
    def test_a_process_killed_before_the_move_leaves_one_document_and_the_next_one_moves_the_file(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        put(root, "Bo kvar/a.txt")
        mark = look(root).files[Path("Bo kvar/a.txt")]
        take(watching._desk, root, Path("Bo kvar/a.txt"), mark, watcher.WISH)
        assert Watcher(bank, root, 0.0).turn() == 1
        assert len(names(bank)) == 1
        assert (root / "klart/Bo kvar/a.txt").exists()

    def test_a_reason_without_its_file_is_used_by_the_next_process(
        self, bank: Bank, watching: Watcher, root: Path
    ) -> None:
        put(root, "film.mp4", b"\x00\x01")
        put(
            root,
            "fel/film.mp4.orsak.txt",
            reasons.refused("film.mp4", "unsupported").replace("\n", "\r\n").encode("utf-8-sig"),
        )
        watching.turn()
        assert lying(root) == {"fel/film.mp4", "fel/film.mp4.orsak.txt"}
        with bank.database.reading() as session:
            assert len(session.scalars(select(Drop)).all()) == 1


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) <= reasons.WORDS.keys()


def _end(bank: Bank, *, failed: str) -> int:
    with bank.database.transaction() as session:
        (document,) = session.scalars(select(Document)).all()
        documents.fail(session, document.id, failed)
        jobs.forget(session, "read", "document", [document.id])
        return document.id


def _remembered(bank: Bank) -> int:
    with bank.database.reading() as session:
        return len(session.scalars(select(WatchedFile)).all())
