"""What goes wrong in the middle never gives a file that looks whole, and nothing is left behind."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import _GeneratorContextManager, closing

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from catalog import audience
from catalog.database import Database
from tests.webapp.addresses import page, texts
from tests.webapp.export.exported import export, read_csv, read_json
from tests.webapp.small_bank import SmallBank
from webapp.export import hits
from webapp.export.hits import Hits, rows
from webapp.export.reader import Reader, ReaderGone
from webapp.export.turns import MOST_AT_ONCE, TooManyExports, Turns


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "BATCH", 2)


@pytest.fixture
def documents(bank: SmallBank) -> list[int]:
    made = [bank.document(f"Rapport {number}", ["Boendestöd."]) for number in range(6)]
    bank.index()
    return made


def _pieces(client: FlaskClient, path: str, bank: SmallBank) -> Iterator[bytes]:
    """What comes until the record is gone, which it is after the first batch."""
    answer = client.get(path, buffered=False)
    for number, piece in enumerate(answer.response):
        assert isinstance(piece, bytes)
        yield piece
        if number == 1:
            with bank.workers.database.migrating() as connection:
                connection.exec_driver_sql("ALTER TABLE document RENAME TO gone")


@pytest.mark.parametrize("path", ["/sok/export.csv?q=boendestöd", "/sok/export.json", "/api/v1/hits"])
def test_a_list_breaks_off_visibly_when_the_record_does(
    bank: SmallBank, client: FlaskClient, documents: list[int], path: str
) -> None:
    got: list[bytes] = []
    with pytest.raises(OperationalError):
        got.extend(_pieces(client, path, bank))
    text = b"".join(got).decode()

    assert "Rapport" in text
    if "csv" in path:
        assert text.splitlines()[-1] == "Filen är inte hel: banken slutade svara. Hämta den på nytt."
    elif "json" in path:
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
    else:
        assert "end" not in json.loads(text.splitlines()[-1])
    assert len(documents) == 6


def test_a_workbook_that_cannot_be_finished_is_not_sent_at_all(
    bank: SmallBank, app: Flask, client: FlaskClient, documents: list[int]
) -> None:
    assert export(client, "xlsx", "q=boendestöd")
    with bank.workers.database.migrating() as connection:
        connection.exec_driver_sql("ALTER TABLE document RENAME TO gone")
    app.config["TESTING"] = False

    answer = client.get("/sok/export.xlsx")

    assert answer.status_code in {500, 503}
    assert "Content-Disposition" not in answer.headers
    assert len(documents) == 6


def test_a_document_that_is_taken_away_meanwhile_leaves_a_row_that_says_so(
    bank: SmallBank, client: FlaskClient, documents: list[int]
) -> None:
    with bank.workers.database.migrating() as connection:
        connection.exec_driver_sql(f"UPDATE document SET classification = 'restricted' WHERE id = {documents[0]}")
        connection.exec_driver_sql(f"DELETE FROM document WHERE id = {documents[1]}")

    told = read_json(client, "q=boendestöd")

    assert told["count"] == len(told["hits"]) == 6
    gone = [row for row in told["hits"] if row["kind"] == "finns inte längre i banken"]
    assert len(gone) == 2
    assert not any(value for row in gone for key, value in row.items() if key != "kind")
    assert len(read_csv(client, "q=boendestöd").rows) == 6


def test_a_reader_who_goes_away_ends_the_work_and_the_turn(
    client: FlaskClient, documents: list[int], app: Flask
) -> None:
    here, there = socket.socketpair()
    with closing(there):
        answer = client.get("/sok/export.csv", buffered=False, environ_overrides={"gunicorn.socket": there})
        pieces = iter(answer.response)
        assert [next(pieces), next(pieces)]
        here.close()
        with pytest.raises(ReaderGone):
            list(pieces)
        answer.close()

    turns = app.extensions["export_turns"]
    assert [turns.take() for _ in range(MOST_AT_ONCE)]
    assert documents


def test_a_reader_who_is_there_or_cannot_be_seen_is_waited_for() -> None:
    here, there = socket.socketpair()
    with closing(here), closing(there):
        assert Reader({"gunicorn.socket": there}).is_there()
        here.send(b"x")
        assert Reader({"gunicorn.socket": there}).is_there()
        assert there.recv(1) == b"x"
        assert there.gettimeout()
        closed = Reader({"gunicorn.socket": there})
    with pytest.raises(ConnectionResetError):
        closed.is_there()
    assert Reader({}).is_there()


def test_more_than_a_few_at_once_are_asked_to_come_back(client: FlaskClient, documents: list[int], app: Flask) -> None:
    open_answers = [client.get("/sok/export.csv", buffered=False) for _ in range(MOST_AT_ONCE)]

    for path in ("/sok/export.csv", "/sok/export.xlsx?q=boendestöd", "/sok/export.json"):
        refused = client.get(path)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
        assert texts(html.fromstring(refused.get_data(as_text=True)), "h1") == ["Flera hämtar träfflistor just nu"]
    assert client.get("/api/v1/hits").get_json()["error"]["title"] == "Flera hämtar träfflistor just nu"
    assert page(client, "/sok?q=boendestöd") is not None

    for answer in open_answers:
        answer.close()
    assert read_json(client)["count"] == len(documents)
    assert client.get("/sok/export.csv?sida=0").status_code == 400  # what fails gives its turn back
    assert [app.extensions["export_turns"].take() for _ in range(MOST_AT_ONCE)]


def test_a_turn_is_given_back_once_however_often_it_is_ended() -> None:
    turns = Turns(1)
    end = turns.take()
    with pytest.raises(TooManyExports):
        turns.take()
    end()
    end()
    turns.take()


def test_rows_are_asked_for_a_batch_at_a_time(bank: SmallBank, documents: list[int]) -> None:
    asked: list[int] = []

    class Counting(Database):
        def rows(self) -> _GeneratorContextManager[Connection]:
            asked.append(1)
            return super().rows()

    counting = Counting(bank.workers.database.url)
    walked = Hits()
    walked.ids.extend(documents)
    walked.projects.extend([0] * len(documents))
    made = rows(walked, counting, audience.ANONYMOUS)

    assert len(next(made)) == 2
    assert len(asked) == 1
    assert sum(map(len, made)) == 4
    counting.dispose()
