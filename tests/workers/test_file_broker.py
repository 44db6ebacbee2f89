from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu.message import Message

from settings import Settings
from workers import nudge_files
from workers.celery_app import create_celery
from workers.file_broker import FileChannel


@pytest.fixture
def channel(settings: Settings) -> Iterator[FileChannel]:
    with create_celery(settings).connection_for_write() as connection:
        yield connection.default_channel


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.broker_folder


def test_a_message_is_a_task_of_its_kind(channel: FileChannel, settings: Settings) -> None:
    nudge_files.leave(settings.broker_folder, "read")
    message: Message = channel.Message(channel._get("read"), channel=channel)  # type: ignore[no-untyped-call]
    assert message.headers["task"] == "read"
    arguments, keywords, _ = message.decode()  # type: ignore[no-untyped-call]
    assert (arguments, keywords) == ([], {})


def test_a_message_is_taken_once(channel: FileChannel) -> None:
    channel._put("read", {})
    channel._get("read")
    with pytest.raises(Empty):
        channel._get("read")


def test_a_message_over_a_message_is_one_message(channel: FileChannel) -> None:
    for _ in range(3):
        channel._put("read", {})
    assert channel._size("read") == 1
    channel._get("read")
    assert channel._size("read") == 0


def test_queues_are_kept_apart(channel: FileChannel) -> None:
    channel._put("read", {})
    assert channel._size("index") == 0


def test_nothing_is_left_in_the_folder_after_a_message_was_taken(channel: FileChannel, folder: Path) -> None:
    channel._put("read", {})
    channel._get("read")
    assert list(folder.iterdir()) == []


def test_a_nudge_loads_neither_celery_nor_kombu(settings: Settings) -> None:
    """A command and an upload would wait a tenth of a second for them."""
    code = (
        "import sys; from settings import Settings; from workers import queue; "
        "queue.configure(Settings(data=sys.argv[1])); queue.nudge('read'); "
        "assert not {'celery', 'kombu'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, settings.data], check=True)
    assert nudge_files.is_left(settings.broker_folder, "read")
