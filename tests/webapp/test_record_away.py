"""A record that cannot be reached is told in words, at once, and what needs no record goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.webapp.addresses import texts
from webapp.bank import Bank

NOBODY_THERE = "postgresql://bank:hemligt@127.0.0.1:1/bank"


@pytest.fixture
def away(app: Flask) -> Callable[[], None]:
    """Takes the record away from the application."""

    def take() -> None:
        app.extensions["bank"].close()
        app.extensions["bank"] = Bank(replace(app.extensions["bank"].settings, database=NOBODY_THERE))

    return take


@pytest.mark.parametrize("path", ["/", "/sok?q=boendestöd", "/dokument/1", "/logga-in"])
def test_a_person_who_has_signed_in_is_told_to_come_back(
    sign_in: Callable[..., FlaskClient], away: Callable[[], None], path: str
) -> None:
    client = sign_in()
    away()
    answer = client.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert texts(html.fromstring(answer.get_data(as_text=True)), "h1") == ["Banken är tillfälligt otillgänglig"]


def test_a_change_that_could_not_be_saved_is_told_as_not_done(
    sign_in: Callable[..., FlaskClient], away: Callable[[], None], app: Flask
) -> None:
    client = sign_in()
    app.config["WTF_CSRF_ENABLED"] = False
    away()
    answer = client.post("/nytt-projekt", data={"titel": "Bo kvar"})
    assert answer.status_code == 503
    assert "det du gjorde nyss är inte gjort" in answer.get_data(as_text=True)
    assert "läses in och blir sökbart" not in answer.get_data(as_text=True)


def test_a_missing_page_is_still_a_missing_page(sign_in: Callable[..., FlaskClient], away: Callable[[], None]) -> None:
    client = sign_in()
    away()
    assert client.get("/finns/inte").status_code == 404


def test_programs_are_told_in_json(client: FlaskClient, away: Callable[[], None]) -> None:
    away()
    answer = client.get("/api/v1/search?q=boendestöd")
    assert (answer.status_code, answer.get_json()["error"]["status"]) == (503, 503)


def test_what_needs_no_record_goes_on(client: FlaskClient, away: Callable[[], None]) -> None:
    away()
    assert client.get("/om").status_code == 200


def test_neither_password_nor_values_stand_in_page_or_log(
    client: FlaskClient, away: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    away()
    body = client.get("/dokument/1").get_data(as_text=True)
    assert "OperationalError" in caplog.text
    assert "hemligt" not in body + caplog.text
