"""The log of a real bank: one JSON object a line, a request's number from the page to the worker, nobody's words."""

from __future__ import annotations

import http.client
import io
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from catalog.dropping import Desk, Wish, drop
from catalog.origin import working_for
from indexer import sniff
from settings import Settings
from tests.journeys.serving import Served, served, until
from workers import queue
from workers.bank import Bank

NUMBER = "0123456789abcdef"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "data", more={"KB_LOG": "json"}) as bank:
        yield bank


def _lines(running: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in running.log.read_text("utf-8").splitlines()]


def _of_request(running: Served) -> list[dict[str, Any]]:
    return [line for line in _lines(running) if line.get("request_id") == NUMBER]


def test_what_a_worker_says_of_a_file_carries_the_number_of_the_request_that_brought_it(
    running: Served, tmp_path: Path
) -> None:
    settings = Settings(data=str(tmp_path / "data"))
    queue.configure(settings)
    bank = Bank(settings)
    with working_for(NUMBER):
        damaged = io.BytesIO(b"%PDF-1.4 sekretess")
        list(drop(Desk(bank.database, bank.originals, 999, sniff), damaged, "Anna A.pdf", Wish("Eva")))
    queue.nudge("read")
    (line,) = until(lambda: _of_request(running), 30, "the worker's line")
    assert line["logger"] == "workers.read_turn"
    assert line["event"].endswith("ended as damaged.")
    assert not {word for word in ("sekretess", "Anna", "Eva") if word in running.log.read_text("utf-8")}
    bank.close()


def _break_search(data: Path) -> None:
    """A worker that has just started makes the folder again when it sees it gone: then it is taken away once more."""
    index, numbers = data / "index", count()

    def replaced() -> bool:
        try:
            index.rename(data / f"index-before-{next(numbers)}")
            index.write_text("not a folder")
        except OSError:
            return index.is_file()
        return True

    until(replaced, 10, "the index's end")


def _ask(running: Served) -> tuple[int, str]:
    connection = http.client.HTTPConnection(running.address, timeout=10)
    try:
        connection.request("GET", "/sok?q=hemligord", headers={"X-Request-ID": NUMBER})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_search_that_fails_is_told_with_its_number_and_without_its_words(running: Served, tmp_path: Path) -> None:
    _break_search(tmp_path / "data")
    status, text = _ask(running)
    assert status == 503
    assert NUMBER in text
    (line,) = until(lambda: _of_request(running), 10, "the line of the request")
    assert (line["level"], line["logger"]) == ("error", "webapp")
    assert "hemligord" not in running.log.read_text("utf-8")


def test_the_readable_form_names_the_request_too(tmp_path: Path) -> None:
    with served(tmp_path / "data") as running:
        _break_search(tmp_path / "data")
        assert _ask(running)[0] == 503
        until(lambda: f"ERROR webapp [{NUMBER}]: " in running.log.read_text("utf-8"), 10, "the line of the request")


def test_the_supervisor_and_gunicorn_write_the_same_form(running: Served) -> None:
    web = running.supervisor.children()[0]
    web.children()[0].kill()
    until(lambda: [line for line in _lines(running) if line["logger"] == "gunicorn.error"], 20, "gunicorn's line")
    web.kill()
    until(lambda: [line for line in _lines(running) if line["logger"] == "commands.supervisor"], 20, "the other line")
