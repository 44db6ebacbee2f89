"""The watched folder by real processes: files that grow, kills at any moment, a drive that goes away."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from catalog.models import Document
from commands.record import prepare_record
from settings import Settings
from tests.journeys.serving import HOUSE, command, served, until
from workers.bank import Bank

FILES, KILLS, SEED = 80, 8, 7
LONGEST_LIFE = 0.1  # seconds of a process from its first file to its kill


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


@contextmanager
def watching(data: Path, root: Path, seconds: str = "0.2", **more: str) -> Iterator[subprocess.Popen[bytes]]:
    environ = {**os.environ, "KB_DATA": str(data), "KB_WATCH": str(root), "KB_WATCH_SECONDS": seconds, **more}
    with (data.parent / "watch.log").open("a") as log:
        process = subprocess.Popen(command("watch"), env=environ, cwd=HOUSE, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Bank]:
    opened = Bank(Settings(data=str(tmp_path / "data")))
    prepare_record(opened.database)
    yield opened
    opened.close()


def put(root: Path, name: str, content: bytes) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def hashes(bank: Bank) -> Counter[str]:
    with bank.database.reading() as session:
        return Counter(session.scalars(select(Document.sha256)))


def left(root: Path) -> list[Path]:
    """Files that are not out of the way yet."""
    return [one for one in root.rglob("*") if one.is_file() and one.relative_to(root).parts[0] not in {"klart", "fel"}]


def test_a_file_that_grows_is_taken_in_whole_and_only_when_it_has_stopped(
    bank: Bank, root: Path, tmp_path: Path
) -> None:
    whole = b""
    growing = root / "stor.txt"
    with watching(tmp_path / "data", root, "2"), growing.open("wb", buffering=0) as file:

        def other_is_done() -> bool:
            nonlocal whole
            file.write(b"mer text. ")
            whole += b"mer text. "
            return (root / "klart/liten.txt").exists()

        put(root, "liten.txt", b"hela filen")
        until(other_is_done, 60, "the move of the whole file")
        assert growing.exists()
        assert hashes(bank).keys() == {hashlib.sha256(b"hela filen").hexdigest()}
        until((root / "klart/stor.txt").exists, 60, "the move of the file that has stopped growing")
    assert hashlib.sha256(whole).hexdigest() in hashes(bank)
    assert sum(hashes(bank).values()) == 2


def test_a_watcher_killed_at_any_moment_loses_nothing_and_makes_no_document_twice(
    bank: Bank, root: Path, tmp_path: Path
) -> None:
    _survive(bank, root, tmp_path, {})


def test_the_same_on_postgresql_and_redis(root: Path, tmp_path: Path, record_and_broker: dict[str, str]) -> None:
    bank = Bank(Settings.from_environ({"KB_DATA": str(tmp_path / "data"), **record_and_broker}))
    try:
        prepare_record(bank.database)
        _survive(bank, root, tmp_path, record_and_broker)
    finally:
        bank.close()


def _survive(bank: Bank, root: Path, folder: Path, more: dict[str, str]) -> None:
    chance = random.Random(SEED)
    texts = [f"Rapport {number} om boendestöd".encode() for number in range(FILES)]
    for number, text in enumerate(texts):
        put(root, f"Projekt {number % 5}/rapport {number}.txt", text)
    data = folder / "data"
    kills = 0
    while kills < KILLS and (before := len(left(root))):
        kills += 1
        with watching(data, root, "0.1", **more) as process:
            until(lambda before=before: len(left(root)) < before, 60, "a file out of the way")  # type: ignore[misc]
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=chance.random() * LONGEST_LIFE)  # the moment itself is what is drawn
    assert kills > 2
    put(root, "film.mp4", b"\x00\x01\x02")
    with watching(data, root, "0.1", **more) as process:
        until(lambda: not left(root), 60, "the last file out of the way")
        process.terminate()
        assert process.wait(timeout=20) == 0
    assert hashes(bank) == Counter(hashlib.sha256(text).hexdigest() for text in texts)
    done = [one.read_bytes() for one in (root / "klart").rglob("rapport *.txt") if not one.name.endswith(".orsak.txt")]
    assert sorted(done) == sorted(texts)
    assert (root / "fel/film.mp4").read_bytes() == b"\x00\x01\x02"
    assert "Filtypen stöds inte." in (root / "fel/film.mp4.orsak.txt").read_text("utf-8-sig")


def test_serve_watches_the_folder_waits_for_its_drive_and_tells_of_a_damaged_file(tmp_path: Path, root: Path) -> None:
    more = {"KB_WATCH": str(root), "KB_WATCH_SECONDS": "0.1", "KB_WORKERS": "1", "KB_WEB_PROCESSES": "1"}
    with served(tmp_path / "data", more=more) as bank:

        def state() -> str:
            found = json.loads(bank.run("status", "--json").stdout)["watched"]
            return found[0]["state"] if found else ""

        put(root, "Bo kvar/trasig.pdf", b"%PDF-1.7 trasig")
        until((root / "fel/Bo kvar/trasig.pdf").exists, 60, "the failed file in its place")
        assert "skadad" in (root / "fel/Bo kvar/trasig.pdf.orsak.txt").read_text("utf-8-sig")
        away = root.rename(tmp_path / "drive")
        until(lambda: state() == "away", 60, "the word that the folder is gone")
        away.rename(root)
        put(root, "sen.txt", b"En sen rapport")
        until((root / "klart/sen.txt").exists, 60, "the file of the folder that came back")
        assert state() == "watched"
        assert bank.stop() == 0


def test_two_watchers_of_one_bank_do_not_stand_in_each_others_way(bank: Bank, root: Path, tmp_path: Path) -> None:
    with watching(tmp_path / "data", root) as one, watching(tmp_path / "data", root) as other:
        until(lambda: (one.poll() is None) != (other.poll() is None), 60, "the end of one of them")
        assert {one.poll(), other.poll()} == {None, 1}
        put(root, "a.txt", b"a")
        until((root / "klart/a.txt").exists, 60, "the move by the one that lives")
    assert "watches the folder already" in (tmp_path / "watch.log").read_text()
