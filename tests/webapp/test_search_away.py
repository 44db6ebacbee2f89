"""Search is away, in ways that really happen; everything that needs no search goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from settings import Settings
from tests.webapp.addresses import page, select, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank
from workers import queue


def _no_folder(index: Path) -> None:
    shutil.rmtree(index)
    index.write_text("not a folder")


def _emptied(index: Path) -> None:
    shutil.rmtree(index)
    index.mkdir()
    (index / "documents").write_text("")


def _torn_lists(index: Path) -> None:
    for found in index.rglob("meta.json"):
        found.write_text('{"segments": [')


def _lost_segments(index: Path) -> None:
    for found in index.rglob("*.store"):
        found.unlink()
    for found in index.rglob("meta.json"):
        found.write_text(found.read_text("utf-8") + " ")


WAYS = (_no_folder, _emptied, _torn_lists, _lost_segments)
# Segments that are open outlive their names; an emptied folder is a new bank's, which the sweep fills.
GOES_ON = ((_lost_segments, True), (_emptied, False))


@pytest.fixture
def document(bank: SmallBank, settings: Settings) -> int:
    queue.configure(settings)
    project = bank.project("Boendestöd i Skärholmen")
    made = bank.document("Slutrapport", ["Inledning.", "Boendestöd prövades."], project_id=project)
    bank.index()
    bank.close()
    return made


@pytest.fixture(
    params=[(way, serving) for way in WAYS for serving in (False, True) if (way, serving) not in GOES_ON],
    ids=lambda pair: f"{pair[0].__name__.strip('_')} {'while it serves' if pair[1] else 'from the start'}",
)
def away(request: pytest.FixtureRequest, bank: SmallBank, app: Flask, document: int) -> None:
    """A bank whose index is broken, before or after its first search."""
    way, serving = request.param
    if serving:
        assert app.test_client().get("/sok?q=boendestöd").status_code == 200
    way(bank.settings.index_folder)


@pytest.mark.usefixtures("away")
def test_the_search_page_says_so_keeps_the_question_and_tells_when_to_come_back(client: FlaskClient) -> None:
    answer = client.get("/sok?q=boendestöd&typ=slutrapport")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    found = html.fromstring(answer.get_data(as_text=True))
    assert texts(found, "h1") == ["Sökningen är tillfälligt otillgänglig"]
    assert [box.get("value") for box in select(found, "#q")] == ["boendestöd"]
    assert answer.headers["X-Request-ID"] in texts(found, "main code")


@pytest.mark.usefixtures("away")
def test_the_api_answers_in_its_own_form(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=boendestöd")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json
    assert answer.json["error"]["title"] == "Sökningen är tillfälligt otillgänglig"


@pytest.mark.usefixtures("away")
def test_pages_that_need_no_search_go_on(client: FlaskClient, sign_in: SignIn, document: int) -> None:
    for address in ("/", "/om", "/om/sok", f"/dokument/{document}", "/projekt/boendestod-i-skarholmen", "/logga-in"):
        assert client.get(address).status_code == 200, address
    editor = sign_in()
    for address in ("/uppladdning", "/uppladdning/ko", f"/dokument/{document}/redigera", "/nytt-projekt"):
        assert editor.get(address).status_code == 200, address


@pytest.mark.usefixtures("away")
def test_the_start_page_leaves_out_only_what_the_index_counts(client: FlaskClient) -> None:
    start = page(client, "/")
    assert "Sökningen är tillfälligt otillgänglig" in texts(start, "main .alert")[0]
    assert "Slutrapport" in " ".join(texts(start, "[aria-labelledby=nytt] li"))
    assert not select(start, "[aria-labelledby=aren]")


@pytest.mark.usefixtures("away")
def test_words_are_marked_in_a_document_from_the_record(client: FlaskClient, document: int) -> None:
    shown = page(client, f"/dokument/{document}?sida=2&q=boendestöd&visa=text")
    assert "Boendestöd" in texts(shown, "mark")


def test_search_is_back_when_its_folder_is(bank: SmallBank, client: FlaskClient, document: int, tmp_path: Path) -> None:
    index, aside = bank.settings.index_folder, tmp_path / "aside"
    assert client.get("/sok?q=boendestöd").status_code == 200
    index.rename(aside)
    assert client.get("/sok?q=boendestöd").status_code == 503
    aside.rename(index)
    assert client.get("/sok?q=boendestöd").status_code == 200
