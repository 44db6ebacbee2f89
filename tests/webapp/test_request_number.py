from __future__ import annotations

import io
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from catalog.models import Job
from catalog.origin import request_id
from settings import Settings
from tests.webapp.addresses import texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from webapp.request_number import chosen
from workers import queue

GIVEN = "0123456789abcdef"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "12345678\n", "med blanksteg", "12345678;drop", "åäöåäöåäö"])
def test_a_number_that_is_not_well_formed_is_replaced(given: str) -> None:
    made = chosen(given)
    assert made != given
    assert chosen(made) == made


def test_each_request_has_a_number_of_its_own_and_none_is_left_behind(client: FlaskClient, bank: SmallBank) -> None:
    numbers = {client.get("/halsa").headers["X-Request-ID"] for _ in range(5)}
    assert len(numbers) == 5
    assert request_id() == ""


def test_the_number_of_a_proxy_is_kept(client: FlaskClient, bank: SmallBank) -> None:
    assert client.get("/halsa", headers={"X-Request-ID": GIVEN}).headers["X-Request-ID"] == GIVEN


def test_a_fault_shows_its_number_on_the_page_in_the_answer_and_in_the_log(
    app: Flask, bank: SmallBank, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def note(_: logging.LogRecord) -> bool:
        seen.append(request_id())
        return True

    caplog.handler.addFilter(note)

    @app.get("/fel")
    def broken() -> str:
        raise RuntimeError("ett fel")

    app.testing = False
    answer = app.test_client().get("/fel", headers={"X-Request-ID": GIVEN})
    assert GIVEN in texts(html.fromstring(answer.get_data(as_text=True)), "main code")
    assert seen == [GIVEN]
    assert caplog.records[0].levelno == logging.ERROR


def test_the_api_tells_the_number_of_what_went_wrong(client: FlaskClient, bank: SmallBank) -> None:
    answer = client.get("/api/v1/search?fran=x", headers={"X-Request-ID": GIVEN})
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["error"]["number"] == GIVEN


def test_what_a_request_promises_carries_its_number(bank: SmallBank, settings: Settings, sign_in: SignIn) -> None:
    queue.configure(settings)
    editor = sign_in()
    sent = {"filer": (io.BytesIO(b"Rapporten."), "rapport.txt"), "csrf_token": csrf_token(editor, "/uppladdning")}
    answer = editor.post("/uppladdning", data=sent, headers={"X-Request-ID": GIVEN})
    assert answer.status_code == 303
    with bank.workers.database.reading() as session:
        told = session.execute(select(Job.kind, Job.request_id).where(Job.kind == "read")).all()
    assert told == [("read", GIVEN)]
