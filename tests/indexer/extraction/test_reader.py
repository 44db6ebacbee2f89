"""One bad file harms only itself: what limits do, and what is kept when a child dies."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from indexer import Reader, UnreadableFile, sniff
from indexer.extraction import media_types
from indexer.extraction.limits import MEGABYTE, Limits
from tests.indexer.extraction import making
from tests.indexer.extraction.making import lines

WORDS = "hemtjänst och socialtjänst i staden"


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """Sixty pages of 6 kB: more than a pipe holds, so the child lives until its pages are taken."""
    path = tmp_path / "lang.pdf"
    path.write_bytes(making.pdf([lines([f"sida {n} {WORDS * 3}"] * 50, size=5) for n in range(60)]))
    return path


def living(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [process for process in processes if process.status() != psutil.STATUS_ZOMBIE]


def servers() -> list[psutil.Process]:
    found = living(psutil.Process().children())
    return [process for process in found if any("fork_server" in part for part in process.cmdline())]


def kill_once(at_page: int) -> Callable[[int, int], None]:
    """Progress that kills the reading child when it has told so many pages."""
    killed: list[int] = []

    def progress(read: int, _: int) -> None:
        if read >= at_page and not killed:
            for server in servers():
                for child in living(server.children()):
                    killed.append(child.pid)
                    os.kill(child.pid, signal.SIGSEGV)

    return progress


def test_progress_is_told_page_by_page(reader: Reader, long_file: Path) -> None:
    told: list[tuple[int, int]] = []
    reader.read(long_file, media_types.PDF, lambda read, count: told.append((read, count)))
    assert told == [(n, 60) for n in range(1, 61)]


def test_a_file_whose_child_crashes_is_read_to_its_end(reader: Reader, long_file: Path) -> None:
    extraction = reader.read(long_file, media_types.PDF, kill_once(at_page=3))
    assert [page.number for page in extraction.pages] == list(range(1, 61))
    assert all(f"sida {page.number - 1} " in page.text for page in extraction.pages)


def test_a_file_that_every_child_dies_of_says_why_and_may_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_text(WORDS)
    with Reader(Limits(ordinary=1 * MEGABYTE, memory=1 * MEGABYTE)) as reading, pytest.raises(UnreadableFile) as caught:
        reading.read(path, media_types.TEXT)
    assert caught.value.transient
    assert caught.value.reason in {"too_large", "damaged"}


@pytest.mark.parametrize("small_memory", [1 * MEGABYTE, 130 * MEGABYTE])
def test_a_file_that_needs_more_memory_gets_it(tmp_path: Path, small_memory: int) -> None:
    path = tmp_path / "fil.odt"
    path.write_bytes(making.open_document(f"<text:p>{WORDS}</text:p>" * 60_000))
    with Reader(Limits(ordinary=small_memory)) as reading:
        extraction = reading.read(path, media_types.ODT)
    assert extraction.text.count(WORDS) == 60_000
    assert extraction.cut == ()


def test_one_file_at_a_time_gets_much_memory(tmp_path: Path) -> None:
    path, turnstile = tmp_path / "fil.txt", tmp_path / "large.lock"
    path.write_text(WORDS)
    waiting = threading.Event()
    with Reader(Limits(ordinary=1 * MEGABYTE), turnstile) as reading, ThreadPoolExecutor(1) as pool:
        with turnstile.open("wb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            extraction = pool.submit(reading.read, path, media_types.TEXT, lambda *_: waiting.set())
            assert waiting.wait(20)
            assert not extraction.done()
        assert WORDS in extraction.result(20).text


def test_a_longer_file_goes_on_in_another_child(long_file: Path) -> None:
    with Reader(Limits(pages=25)) as reading:
        extraction = reading.read(long_file, media_types.PDF)
    assert len(extraction.pages) == 60
    assert extraction.cut == ()


def test_pages_beyond_the_limit_are_cut_and_told(long_file: Path) -> None:
    with Reader(Limits(pages=25, all_pages=30)) as reading:
        extraction = reading.read(long_file, media_types.PDF)
    assert len(extraction.pages) == 30
    assert extraction.cut == ("pages",)


def test_text_beyond_the_limit_is_cut_and_told(long_file: Path) -> None:
    with Reader(Limits(text=20_000)) as reading:
        extraction = reading.read(long_file, media_types.PDF)
    assert extraction.cut == ("text",)
    assert 15_000 < len(extraction.text.encode()) < 25_000


def test_time_is_limited_whatever_the_child_does(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    nested = b"q " * 400_000 + b"BT /F1 9 Tf 72 700 Td (hej) Tj ET "
    path.write_bytes(making.pdf_of([nested * 12]))
    with Reader(Limits(seconds=1, wall=2)) as reading:
        try:
            extraction = reading.read(path, media_types.PDF)
        except UnreadableFile as error:
            assert error.reason in {"too_slow", "damaged", "too_large"}  # noqa: PT017  either end is right
        else:
            assert "hej" in extraction.text


@pytest.mark.parametrize(
    ("media_type", "reason"),
    [
        (media_types.OLE, "unsupported"),
        ("", "unsupported"),
        ("image/webp", "unsupported"),
        (media_types.ENCRYPTED_OFFICE, "encrypted"),
    ],
)
def test_what_nothing_reads_ends_with_its_reason(reader: Reader, tmp_path: Path, media_type: str, reason: str) -> None:
    path = tmp_path / "fil"
    path.write_bytes(b"bytes")
    with pytest.raises(UnreadableFile) as caught:
        reader.read(path, media_type)
    assert caught.value.reason == reason
    assert not caught.value.transient


def test_the_server_starts_again_when_it_has_been_killed(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_text(WORDS)
    with Reader() as reading:
        reading.read(path, sniff(path))
        before = {server.pid for server in servers()}
        for server in servers():
            server.kill()
        assert reading.read(path, sniff(path)).text == WORDS
        assert {server.pid for server in servers()} - before


@pytest.mark.skipif(sys.platform != "linux", reason="what a process has mapped is asked of Linux")
def test_the_server_loads_what_its_files_need_and_nothing_of_the_search(tmp_path: Path) -> None:
    text, page = tmp_path / "fil.txt", tmp_path / "sida.html"
    text.write_text(WORDS)
    page.write_text(f"<html><body><p>{WORDS}</p></body></html>")
    before = {server.pid for server in servers()}
    with Reader() as reading:
        reading.read(text, media_types.TEXT)
        (server,) = [server for server in servers() if server.pid not in before]
        mapped = " ".join(part.path for part in server.memory_maps())
        assert "pdfium" in mapped
        assert "tantivy" not in mapped
        assert "lxml" not in mapped
        assert reading.read(page, media_types.HTML).text == WORDS
        assert "lxml" in " ".join(part.path for part in server.memory_maps())


def test_the_server_ends_with_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_text(WORDS)
    before = {server.pid for server in servers()}
    with Reader() as reading:
        reading.read(path, sniff(path))
        started = [server for server in servers() if server.pid not in before]
        assert started
    assert not any(server.is_running() for server in started)


def test_a_forked_process_reads_with_a_server_of_its_own(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_text(WORDS)
    reader.read(path, sniff(path))
    pid = os.fork()
    if pid == 0:
        same = reader.read(path, sniff(path)).text == WORDS
        reader.close()
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert reader.read(path, sniff(path)).text == WORDS


def test_the_server_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_text(WORDS)
    code = (
        "import time; from indexer import Reader; reader = Reader()\n"
        f"reader.read({str(path)!r}, 'text/plain'); print('read', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"read\n"
        (server,) = psutil.Process(owner.pid).children()
        owner.kill()
    _, alive = psutil.wait_procs([server], timeout=20)
    assert not alive
