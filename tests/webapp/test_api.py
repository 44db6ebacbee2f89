from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.addresses import documents_counted, links, page, texts
from tests.webapp.small_bank import SmallBank

QUESTIONS = [
    "",
    "?q=boendestöd+arbetsterapeut",
    "?q=boendestöd&typ=slutrapport&typ=delrapport&inte=sak:aldre&fran=2013",
    '?q="fast+kontakt"&sort=titel&sida=2',
    "?q=familjehem",
    "?q=finnsinte",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_that_of_the_page(reader: FlaskClient, question: str) -> None:
    answer = reader.get(f"/api/v1/search{question}").get_json()
    shown = page(reader, f"/sok{question}")
    assert answer["total"] == documents_counted(shown)
    titles = [hit["title"] for project in answer["projects"] for hit in project["documents"]]
    assert sorted(titles) == sorted(texts(shown, ".hit__title,.group__folded .list__name"))
    pages = {one["link"] for project in answer["projects"] for hit in project["documents"] for one in hit["pages"]}
    assert pages == set(links(shown, "a.passage__page,.hit__more ol a"))


def test_documents_of_a_project_that_have_no_place_are_counted(bank: SmallBank, client: FlaskClient) -> None:
    project = bank.project("Många delar")
    for number in range(45):
        bank.document(f"Del {number}", ["Vräkningar."], project_id=project)
    bank.index()
    answer = client.get("/api/v1/search?q=vräkningar").get_json()
    (one,) = answer["projects"]
    assert len(one["documents"]) + one["left_out"] == answer["total"] == 45
    assert one["left_out"] == 2


def test_marks_are_places_in_the_text_of_the_passage(reader: FlaskClient) -> None:
    answer = reader.get("/api/v1/search?q=arbetsterapeuten").get_json()
    passages = [one["passage"] for p in answer["projects"] for d in p["documents"] for one in d["pages"]]
    marked = {p["text"][start:end].lower() for p in passages for start, end in p["marks"]}
    assert marked == {"arbetsterapeut", "arbetsterapeuten"}


def test_a_facets_link_leads_to_as_many_documents_as_it_says(reader: FlaskClient) -> None:
    values = reader.get("/api/v1/search?q=boendestöd").get_json()["facets"]["document_type"]
    assert len(values) > 1
    for value in values:
        narrowed = reader.get(value["link"].replace("/sok", "/api/v1/search")).get_json()
        assert narrowed["total"] == value["count"]


def test_what_cannot_be_asked_is_answered_in_json(reader: FlaskClient) -> None:
    answer = reader.get("/api/v1/search?fran=igår")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["status"] == 400
    assert "igår" in answer.get_json()["error"]["text"]


def test_an_address_of_the_api_that_leads_nowhere_answers_in_json(reader: FlaskClient) -> None:
    answer = reader.get("/api/v1/finns-inte")
    assert (answer.status_code, answer.get_json()["error"]["status"]) == (404, 404)
