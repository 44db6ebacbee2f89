from __future__ import annotations

import logging

import pytest

from settings import BadSetting, Settings
from workers import queue


def messages(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.broker_folder.glob("*"))


def test_a_nudge_leaves_one_message_of_its_kind(settings: Settings) -> None:
    queue.configure(settings)
    queue.nudge("read")
    queue.nudge("index")
    assert messages(settings) == ["nudge.index.msg", "nudge.read.msg"]


def test_nudges_do_not_pile_up_while_nobody_listens(settings: Settings) -> None:
    queue.configure(settings)
    for _ in range(50):
        queue.nudge("read")
    assert messages(settings) == ["nudge.read.msg"]


def test_a_broker_that_is_away_is_logged_and_never_raised(caplog: pytest.LogCaptureFixture) -> None:
    queue.configure(Settings(broker="redis://127.0.0.1:1/0"))
    with caplog.at_level(logging.WARNING):
        queue.nudge("read")
    (told,) = [one for one in caplog.messages if "did not take a nudge for read" in one]
    assert told.endswith("127.0.0.1:1. Connection refused.")
    assert "Traceback" not in caplog.text


def test_a_kind_that_nobody_works_is_logged_and_sends_nothing(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    queue.configure(settings)
    with caplog.at_level(logging.WARNING):
        queue.nudge("cook")
    assert "did not take a nudge for cook" in caplog.text
    assert messages(settings) == []


@pytest.mark.parametrize("url", ["redis", "http://:hemligt@host", "redis://:hemligt@host:port/0", "redis://"])
def test_a_broker_that_no_server_can_be_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadSetting, match="KB_BROKER") as caught:
        queue.configure(Settings(broker=url))
    assert "hemligt" not in str(caught.value)
