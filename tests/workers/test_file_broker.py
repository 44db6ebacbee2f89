from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest

from settings import Settings
from workers.celery_app import create_celery
from workers.file_broker import FileChannel, clear_leftovers


@pytest.fixture
def channel(settings: Settings) -> Iterator[FileChannel]:
    with create_celery(settings).connection_for_write() as connection:
        yield connection.default_channel


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.broker_folder


def test_a_message_comes_back_as_it_was_put(channel: FileChannel) -> None:
    channel._put("read", {"body": "åäö"})
    assert channel._get("read") == {"body": "åäö"}


def test_a_message_is_taken_once(channel: FileChannel) -> None:
    channel._put("read", {"body": "x"})
    channel._get("read")
    with pytest.raises(Empty):
        channel._get("read")


def test_a_message_over_a_message_is_one_message(channel: FileChannel) -> None:
    for number in range(3):
        channel._put("read", {"body": number})
    assert channel._size("read") == 1
    assert channel._get("read") == {"body": 2}


def test_queues_are_kept_apart(channel: FileChannel) -> None:
    channel._put("read", {"body": "x"})
    assert channel._size("index") == 0


def test_nothing_is_left_in_the_folder_after_a_message_was_taken(channel: FileChannel, folder: Path) -> None:
    channel._put("read", {"body": "x"})
    channel._get("read")
    assert list(folder.iterdir()) == []


def test_a_message_that_is_no_json_is_a_lost_nudge(channel: FileChannel, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "nudge.read.msg").write_text('{"body": ')
    with pytest.raises(Empty):
        channel._get("read")
    assert channel._size("read") == 0


def test_what_a_killed_process_left_is_cleared_by_its_age(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("a.unfinished", "b.taken", "nudge.read.msg"):
        (folder / name).touch()
    assert clear_leftovers(folder, older_than=time.time() - 60) == 0
    assert clear_leftovers(folder, older_than=time.time() + 60) == 2
    assert [path.name for path in folder.iterdir()] == ["nudge.read.msg"]
