"""/sok/forslag: what is proposed while somebody types, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.webapp.small_bank import SmallBank

SignIn = Callable[..., FlaskClient]


def suggested(client: FlaskClient, text: str, **more: str) -> dict[str, list[dict[str, Any]]]:
    answer = client.get("/sok/forslag", query_string={"q": text, **more})
    assert answer.status_code == 200
    return {group["name"]: group["options"] for group in answer.get_json()["groups"]}


def words(client: FlaskClient, text: str) -> list[str]:
    return [option["text"] for option in suggested(client, text).get("ord", [])]


def test_words_are_completed_with_inflections_in_one_row(bank: SmallBank, client: FlaskClient) -> None:
    bank.document("Ett", ["Vräkning och vräkningar.", "Vräkningen"])
    bank.document("Två", ["Vräkning igen"])
    bank.document("Tre", ["Vrångbild"])
    bank.index()

    (first, second) = suggested(client, "vrä")["ord"] + suggested(client, "vrån")["ord"]
    assert (first["text"], first["told"], first["link"]) == ("vräkning", "2 träffar", "/sok?q=vr%C3%A4kning")
    assert first["marks"] == [[0, 3]]
    assert second["text"] == "vrångbild"


def test_a_part_inside_a_compound_is_offered_too(bank: SmallBank, client: FlaskClient) -> None:
    bank.document("Ett", ["Boendestöd ges. Stödet är gott. Boendestödet också."])
    bank.index()

    found = suggested(client, "stöd")["ord"]
    assert [option["text"] for option in found] == ["stödet", "boendestöd"]
    assert found[1]["marks"] == [[6, 10]]


def test_only_the_last_word_is_completed_and_the_others_stay(bank: SmallBank, client: FlaskClient) -> None:
    bank.document("Ett", ["Vräkning av barnfamiljer"])
    bank.index()

    (option,) = suggested(client, '"vräkning av" -lager barnf')["ord"]
    assert option["link"] == "/sok?q=%22vr%C3%A4kning+av%22+-lager+barnfamiljer"
    assert words(client, "vräkning ") == []


def test_subject_areas_methods_and_projects_come_with_their_documents(bank: SmallBank, client: FlaskClient) -> None:
    chosen = {"subject_area": ["Socialpsykiatri"], "method": ["Motiverande samtal (MI)"]}
    project = bank.project("Samlarteam – ett försök", chosen=chosen)
    bank.document("Slutrapport", ["Text"], project_id=project)
    bank.index()

    (area,) = suggested(client, "socialps")["subject_area"]
    (method,) = suggested(client, "samtal")["method"]
    (titled,) = suggested(client, "försök saml")["projekt"]
    assert (area["text"], area["told"], area["link"]) == (
        "Socialpsykiatri",
        "1 dokument",
        "/sok?sak=socialpsykiatri",
    )
    assert (method["text"], method["marks"]) == ("Motiverande samtal (MI)", [[12, 18]])
    assert (titled["text"], titled["told"], titled["link"]) == (
        "Samlarteam – ett försök",
        "1 dokument",
        "/projekt/samlarteam-ett-forsok",
    )


def test_nothing_of_a_restricted_document_shows_to_others(
    bank: SmallBank, client: FlaskClient, sign_in: SignIn
) -> None:
    secret = bank.project("Kvastprojektet", classification="restricted", chosen={"subject_area": ["Äldre"]})
    bank.document("Kvastrapport", ["Kvasten i Kvarnby. Vanlig text."], project_id=secret, classification="restricted")
    bank.document("Öppen", ["Vanlig text om kvarboende."])
    bank.index()

    assert words(client, "kva") == ["kvarboende"]
    assert suggested(client, "kvast") == {}
    assert suggested(client, "äldr") == {}
    (common,) = suggested(client, "vanl")["ord"]
    assert common["told"] == "1 träff"
    found = client.get("/sok?q=kvarnbi").get_data(as_text=True)
    assert "kvarnby" not in found.lower()
    shown = bank.project("Öppna projektet")
    bank.document("Hemlig bilaga", ["Text"], project_id=shown, classification="restricted")
    assert [one["told"] for one in suggested(client, "öppna")["projekt"]] == [""]
    editor = sign_in()
    assert [one["told"] for one in suggested(editor, "öppna")["projekt"]] == ["1 dokument"]
    assert set(words(editor, "kva")) >= {"kvarboende", "kvarnby"}
    assert suggested(editor, "kvast")["projekt"][0]["told"] == "1 dokument"
    assert suggested(editor, "vanl")["ord"][0]["told"] == "2 träffar"


def test_a_document_that_becomes_restricted_takes_its_words_along(bank: SmallBank, client: FlaskClient) -> None:
    from catalog import documents

    number = bank.document("Ett", ["Kvarnby"])
    bank.index()
    assert words(client, "kvar") == ["kvarnby"]
    with bank.workers.database.transaction() as session:
        documents.update(session, number, classification="restricted")
    bank.index()
    assert suggested(client, "kvar") == {}


def test_the_answer_is_kept_by_nobody(client: FlaskClient) -> None:
    answer = client.get("/sok/forslag?q=st%C3%B6")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "s",
        " ",
        "%",
        "_",
        "%%",
        "__",
        "*",
        '"',
        "å" * 2000,
        "a " * 900,
        "(",
        "\\",
        "' OR 1=1",
        "<b>bo",
        "bo\0",
        "[[",
    ],
)
def test_any_text_is_answered(reader: FlaskClient, text: str) -> None:
    answer = reader.get("/sok/forslag", query_string={"q": text})
    assert answer.status_code == 200
    assert len(answer.get_data()) < 5_000


def test_a_text_that_is_too_long_is_refused(reader: FlaskClient) -> None:
    assert reader.get("/sok/forslag", query_string={"q": "a" * 2001}).status_code == 400


def test_signs_with_a_meaning_in_the_record_mean_nothing_here(bank: SmallBank, client: FlaskClient) -> None:
    bank.project("Hundra procent")
    assert suggested(client, "hund%")["projekt"]
    assert "projekt" not in suggested(client, "h%nd")


def test_texts_are_in_the_language_of_the_reader(bank: SmallBank, client: FlaskClient) -> None:
    bank.document("Ett", ["Vräkning"])
    bank.index()
    answer = client.get("/sok/forslag?q=vr%C3%A4&lang=en").get_json()
    assert (answer["told"], answer["groups"][0]["label"]) == ("1 suggestion", "Words")
