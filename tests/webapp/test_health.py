from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from tests.webapp.small_bank import SmallBank
from webapp import create_app, readiness
from webapp.readiness import Look
from workers import queue


@pytest.fixture
def client(app: Flask, settings: Settings) -> FlaskClient:
    queue.configure(settings)
    return app.test_client()


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture(autouse=True)
def never_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "FRESH_SECONDS", 0.0)


def test_a_bank_with_all_its_parts_is_ready(bank: SmallBank, client: FlaskClient) -> None:
    answer = client.get("/redo")
    assert (answer.status_code, answer.json) == (200, {"ready": True, "missing": []})


def test_the_process_is_alive_whatever_is_missing(bank: SmallBank, client: FlaskClient) -> None:
    bank.close()
    shutil.rmtree(bank.settings.data_folder)
    bank.settings.data_folder.write_text("not a folder")
    answer = client.get("/halsa")
    assert (answer.status_code, answer.json) == (200, {"alive": True})


def test_what_is_missing_is_named_and_nothing_more(bank: SmallBank, client: FlaskClient) -> None:
    bank.close()
    queue.configure(replace(bank.settings, broker="redis://127.0.0.1:1/0"))  # a port where nothing listens
    shutil.rmtree(bank.settings.data_folder)
    bank.settings.data_folder.write_text("not a folder")
    answer = client.get("/redo")
    assert (answer.status_code, answer.json) == (
        503,
        {"ready": False, "missing": ["record", "index", "broker", "originals"]},
    )
    assert str(bank.settings.data_folder) not in answer.get_data(as_text=True)
    assert "Retry-After" in answer.headers


def test_a_record_without_tables_is_missing(settings: Settings) -> None:
    queue.configure(settings)
    app = create_app(settings)
    answer = app.test_client().get("/redo")
    app.extensions["bank"].close()
    assert answer.json == {"ready": False, "missing": ["record"]}


def test_a_part_that_comes_back_is_found_again(bank: SmallBank, client: FlaskClient) -> None:
    originals = bank.settings.data_folder / "originals"
    originals.write_text("not a folder")
    assert client.get("/redo").json == {"ready": False, "missing": ["originals"]}
    originals.unlink()
    assert client.get("/redo").status_code == 200


def test_a_server_that_says_nothing_is_missing_and_holds_nobody_up(
    bank: SmallBank, app: Flask, silent_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 0.3)
    queue.configure(replace(bank.settings, broker=f"redis://{silent_server}/0"))
    answer = app.test_client().get("/redo")
    assert answer.json == {"ready": False, "missing": ["broker"]}


def test_a_part_is_never_asked_twice_at_once() -> None:
    asked, answer = [], Event()

    def ask() -> None:
        asked.append(1)
        answer.wait()

    look = Look("part", ask)
    for _ in range(5):
        look.begin()
        assert not look.found(0.0)
    assert len(asked) == 1
    answer.set()
    assert look.found(time.monotonic() + 10)


@pytest.mark.parametrize("address", ["/halsa", "/redo", "/halsa?lang=en", "/redo?lang=en"])
def test_no_cookie_is_set_and_nothing_is_kept(bank: SmallBank, client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
