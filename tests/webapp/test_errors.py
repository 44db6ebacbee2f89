from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.webapp.addresses import select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from webapp.errors import words_of_address


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/dokument/samlarteam-slutrapport", "samlarteam slutrapport"),
        ("/projekt/bo_kvar/plan2018.pdf", "bo kvar plan pdf"),
        ("/våld", "våld"),
        ("/dokument/12345", ""),
        ("/" + "a/" * 500, ""),
    ],
)
def test_words_to_search_for_are_taken_from_an_address_that_leads_nowhere(path: str, words: str) -> None:
    assert words_of_address(path) == words


def test_a_missing_page_fills_the_search_box_from_the_address(reader: FlaskClient) -> None:
    answer = reader.get("/dokument/samlarteam-slutrapport")
    assert answer.status_code == 404
    found = html.fromstring(answer.get_data(as_text=True))
    assert [box.get("value") for box in select(found, "#q")] == ["samlarteam slutrapport"]
    assert "/dokument/samlarteam-slutrapport" in texts(found, "main code")


def test_an_index_of_another_version_is_told_as_a_short_stop_with_the_question_kept(
    bank: SmallBank, app: Flask, client: FlaskClient
) -> None:
    bank.close()
    bank.settings.index_folder.write_text("not a folder")
    answer = client.get("/sok?q=boendestöd")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    found = html.fromstring(answer.get_data(as_text=True))
    assert texts(found, "h1") == ["Sökningen är tillfälligt otillgänglig"]
    assert [box.get("value") for box in select(found, "#q")] == ["boendestöd"]
    assert client.get("/om").status_code == 200


def test_a_fault_of_ours_is_noted_and_told_without_its_details(app: Flask, client: FlaskClient) -> None:
    @app.get("/fel")
    def broken() -> str:
        raise RuntimeError("hemlig sökväg")

    app.testing = False
    answer = client.get("/fel")
    assert answer.status_code == 500
    assert "hemlig" not in answer.get_data(as_text=True)
    assert "Något gick fel hos oss" in answer.get_data(as_text=True)


def test_a_form_larger_than_any_form_is_refused(client: FlaskClient) -> None:
    answer = client.post("/logga-in", data={"namn": "x" * 3_000_000})
    assert answer.status_code == 413


@pytest.mark.parametrize("role", ["", "lasare", "analytiker"])
def test_who_may_not_edit_sends_nothing_larger_than_a_form(client: FlaskClient, sign_in: SignIn, role: str) -> None:
    asker = sign_in(role, "lasse") if role else client
    token = csrf_token(asker, "/logga-ut" if role else "/logga-in")
    sent = {"filer": (io.BytesIO(b"x" * 3_000_000), "a.txt"), "csrf_token": token}
    answer = asker.post("/uppladdning", data=sent)
    answer.request.environ["wsgi.input"].close()  # the client spools what it sends, and leaves it open
    assert answer.status_code == 413


def test_a_form_without_its_token_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/logga-in", data={"namn": "x"})
    assert answer.status_code == 400
    assert "Formuläret gäller inte längre" in answer.get_data(as_text=True)


def test_a_refusal_tells_programs_what_would_do(bank: SmallBank, client: FlaskClient) -> None:
    refused = client.delete("/om")
    assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})
    report = bank.document("Rapport", ["Boendestöd."])
    refused = client.get(f"/dokument/{report}/original", headers={"Range": "bytes=99999999-"})
    assert refused.status_code == 416
    assert refused.headers["Content-Range"].startswith("bytes */")
    assert "antecknat" not in refused.get_data(as_text=True)
