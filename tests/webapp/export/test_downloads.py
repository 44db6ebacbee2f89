"""A hit list as files: all of its hits, in its order, and nothing that the reader may not see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog import projects
from tests.webapp.addresses import documents_counted, links, page, select, texts
from tests.webapp.conftest import SignIn
from tests.webapp.export.exported import read_csv, read_json, read_lines, read_xlsx
from tests.webapp.small_bank import SmallBank

QUESTIONS = [
    "",
    "q=boendestöd",
    "q=boendestöd+arbetsterapeut&sort=titel",
    "q=boendestöd+arbetsterapeut&ord=nagot&sort=nyast",
    "q=boendestöd&typ=slutrapport&typ=delrapport&inte=sak:aldre&fran=2013",
    'q="fast+kontakt"&sort=aldst',
    "q=arbetsterapeut&sort=sidor",
    "q=familjehem",
    "q=boendestod",
    "q=boendestöd&forvaltning=farsta&ord=exakt",
    "q=lugnare+vardag&ord=alla",
    "sort=titel",
    "utfall=-",
    "inte=typ:-&ar=-",
    "q=finnsinte",
]


def _listed(client: FlaskClient, question: str) -> list[tuple[str, str]]:
    """(project, document) of every hit, page after page; no document where only the project is one."""
    found: list[tuple[str, str]] = []
    for number in range(1, 100):
        groups: list[dict[str, Any]] = client.get(f"/api/v1/search?{question}&sida={number}").get_json()["projects"]
        if not groups:
            return found
        for project in groups:
            titles = [one["title"] for one in project["documents"]] or [""]
            found += [(project["title"], title) for title in titles]
    raise AssertionError("The list never ends.")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_form_has_the_hits_of_the_list_in_its_order(reader: FlaskClient, question: str) -> None:
    listed = _listed(reader, question)
    counted = page(reader, f"/sok?{question}")
    told = read_json(reader, question)

    assert [(row["project"] or "", row["document"] or "") for row in told["hits"]] == listed
    assert told["count"] == len(listed)
    assert told["documents"] == documents_counted(counted) == sum(bool(document) for _, document in listed)
    assert told["projects"] == len({project for project, _ in listed if project})
    for read in (read_csv(reader, question), read_xlsx(reader, question)):
        assert [(row["Projekt"], row["Dokumentets titel"]) for row in read.rows] == listed
        rows = f"{len(listed)} rad" if len(listed) == 1 else f"{len(listed)} rader"
        assert f", {rows} ·" in read.about


def test_csv_and_xlsx_hold_the_same(reader: FlaskClient) -> None:
    assert read_csv(reader, "q=boendestöd").rows == read_xlsx(reader, "q=boendestöd").rows


def test_a_programs_answer_has_a_line_for_each_hit_with_the_keys_of_addresses_and_an_end(reader: FlaskClient) -> None:
    head, *hits, end = read_lines(reader, "q=boendestöd&typ=slutrapport")
    told = read_json(reader, "q=boendestöd&typ=slutrapport")

    assert end == {"end": True}
    assert head["count"] == len(hits) == told["count"] > 3
    assert [one["document_link"] for one in hits] == [one["document_link"] for one in told["hits"]]
    assert {one["document_type"] for one in hits} == {"slutrapport"}
    assert {one["kind"] for one in hits} == {"document"}
    by_key = reader.get(f"/api/v1/search?q=boendestöd&typ=slutrapport&sak={hits[0]['subject_areas'][0]}").get_json()
    assert by_key["total"] == sum(hits[0]["subject_areas"][0] in one["subject_areas"] for one in hits)


def _fund(bank: SmallBank, project_id: int, *years: tuple[int, int, int]) -> None:
    with bank.workers.database.transaction() as session:
        projects.set_funding(session, projects.get(session, project_id), years)


@pytest.fixture
def money_bank(bank: SmallBank) -> SmallBank:
    project = bank.project(
        "=Bo kvar",
        chosen={"organisation": ["Östermalm", "Farsta"], "method": ["Bostad först"], "subject_area": ["Äldre"]},
        project_type="forskningsprojekt",
        status="avslutat",
        finding="blandat",
        start_year=2016,
        end_year=2018,
    )
    _fund(bank, project, (2016, 500_000, 0), (2017, 700_000, 40_000))
    bank.document("Slutrapport", ["Boendestöd."] * 3, project_id=project, day=date(2018, 5, 2))
    bank.document("Projektplan", ["Boendestöd."], project_id=project, document_type="projektplan", day=date(2016, 1, 9))
    bank.document("Utan projekt", ["Boendestöd."], day=None)
    bank.index()
    return bank


def test_a_row_tells_what_the_record_knows_of_document_and_project(money_bank: SmallBank, client: FlaskClient) -> None:
    told = read_json(client, "q=boendestöd&sort=titel")
    rows = {row["document"]: row for row in told["hits"]}

    assert rows["Slutrapport"] == {
        "kind": "ett dokument",
        "project": "=Bo kvar",
        "organisations": ["Farsta", "Östermalm (nu Norra innerstaden)"],
        "project_type": "forskningsprojekt",
        "status": "avslutat",
        "finding": "blandat",
        "start_year": 2016,
        "end_year": 2018,
        "granted": None,
        "repaid": None,
        "document": "Slutrapport",
        "document_type": "slutrapport",
        "date": "2018-05-02",
        "year": 2018,
        "language": "sv",
        "pages": 3,
        "subject_areas": ["äldre"],
        "methods": ["Bostad först"],
        "target_groups": [],
        "keywords": [],
        "document_link": rows["Slutrapport"]["document_link"],
        "project_link": "http://localhost/projekt/bo-kvar",
    }
    assert rows["Slutrapport"]["document_link"].startswith("http://localhost/dokument/")
    assert (rows["Utan projekt"]["project"], rows["Utan projekt"]["organisations"]) == (None, [])
    assert client.get(rows["Slutrapport"]["document_link"]).status_code == 200
    assert client.get(rows["Slutrapport"]["project_link"]).status_code == 200
    assert money_bank


def test_money_stands_once_a_project_so_that_a_sum_of_the_column_is_right(
    money_bank: SmallBank, client: FlaskClient
) -> None:
    rows = read_xlsx(client, "q=boendestöd").rows

    assert sorted((row["Beviljat, kr"], row["Återbetalat, kr"]) for row in rows) == [
        ("", ""),
        ("", ""),
        ("1200000", "40000"),
    ]
    first = next(row for row in rows if row["Projekt"])
    assert first["Beviljat, kr"] == "1200000"
    assert money_bank


def test_a_text_that_looks_like_a_formula_is_disarmed_in_csv_and_a_text_in_xlsx(
    money_bank: SmallBank, client: FlaskClient
) -> None:
    assert {row["Projekt"] for row in read_csv(client).rows} == {"'=Bo kvar", ""}
    assert {row["Projekt"] for row in read_xlsx(client).rows} == {"=Bo kvar", ""}
    assert money_bank


def test_the_head_tells_the_question_in_words(reader: FlaskClient) -> None:
    question = (
        "q=boendestöd+arbetsterapeut&ord=nagot&typ=slutrapport&typ=delrapport&inte=sak:aldre&fran=2013&sort=titel"
    )
    told = read_xlsx(reader, question).about

    assert told.startswith("Bank: Kunskapsbanken · Fråga: boendestöd arbetsterapeut (något av orden) · ")
    assert " · Dokumenttyp: Slutrapport eller Delrapport · " in told
    assert " · Sakområde: inte Äldre · " in told
    assert " · År: från 2013 · " in told
    assert " · Ordning: titel · " in told
    link = told.partition("Adress: ")[2].split()[0]
    assert _listed(reader, link.partition("?")[2]) == _listed(reader, question)
    assert read_json(reader, question)["link"] == link
    assert " · Utfall: Uppgift saknas · År: uppgift saknas · " in read_csv(reader, "utfall=-&ar=-").about
    assert read_csv(reader, "sort=titel").about.startswith("Bank: Kunskapsbanken · Fråga: hela banken · ")


def test_a_mended_question_is_told_with_what_was_typed(bank: SmallBank, client: FlaskClient) -> None:
    for number in range(12):
        bank.document(f"Rapport {number}", ["Vräkning av barnfamiljer & andra"])
    bank.index()

    told = read_json(client, "q=vräknig+barnfamiljer")

    assert (told["question"], told["typed"], told["count"]) == ("vräkning barnfamiljer", "vräknig barnfamiljer", 12)
    assert "Du skrev: vräknig barnfamiljer" in read_csv(client, "q=vräknig+barnfamiljer").about
    assert read_json(client, "q=vräknig+barnfamiljer&ratta=nej")["question"] == "vräknig barnfamiljer"


def test_an_english_export_has_english_heads_and_labels(reader: FlaskClient) -> None:
    read = read_csv(reader, "q=boendestöd&lang=en")

    assert read.about.startswith("Bank: Kunskapsbanken · Question: boendestöd · Order: best first · Number: ")
    assert {row["Hit"] for row in read.rows} == {"a document"}
    assert {"final report", "interim report"} <= {row["Document type"] for row in read.rows}


def test_the_page_links_to_the_files_of_its_very_hits(reader: FlaskClient) -> None:
    shown = page(reader, "/sok?q=arbetsterapeutt&typ=slutrapport&sort=titel&sida=2")
    offered = links(shown, ".downloads a")

    assert texts(shown, ".downloads a") == ["Excel", "CSV", "JSON"]
    assert [link.partition("?")[0] for link in offered] == [f"/sok/export.{form}" for form in ("xlsx", "csv", "json")]
    assert {one.get("rel") for one in select(shown, ".downloads a")} == {"nofollow"}
    assert read_json(reader, offered[0].partition("?")[2])["documents"] == documents_counted(shown)
    assert not select(page(reader, "/sok?q=finnsinte"), ".downloads")


@pytest.fixture
def secret_bank(bank: SmallBank) -> SmallBank:
    hidden = bank.project("Hemligt projekt", classification="restricted")
    bank.document("Begränsad", ["Boendestöd."], project_id=hidden, classification="open")
    bank.document("Intern", ["Boendestöd."], classification="internal")
    bank.document("Utkast", ["Boendestöd."], published=False)
    withdrawn = bank.project("Opublicerat projekt")
    bank.document("Publicerad ur opublicerat", ["Boendestöd."], project_id=withdrawn)
    with bank.workers.database.transaction() as session:
        projects.unpublish(session, withdrawn)
    bank.document("Öppen", ["Boendestöd."])
    bank.index()
    return bank


ROLES = [
    (None, {"Öppen"}),
    ("lasare", {"Öppen", "Intern"}),
    ("redaktionsrad", {"Öppen", "Intern", "Begränsad"}),
    ("redaktor", {"Öppen", "Publicerad ur opublicerat", "Intern", "Begränsad", "Utkast"}),
]


@pytest.mark.parametrize(("role", "titles"), ROLES)
def test_nobody_gets_more_than_they_may_see(
    secret_bank: SmallBank, client: FlaskClient, sign_in: SignIn, role: str | None, titles: set[str]
) -> None:
    asking = sign_in(role) if role else client

    for question in ("q=boendestöd", ""):
        told = read_json(asking, question)
        assert {row["document"] for row in told["hits"]} - {None} == titles
        assert told["count"] == len(told["hits"])
        assert {row["Dokumentets titel"] for row in read_csv(asking, question).rows} - {""} == titles
        assert {row["Dokumentets titel"] for row in read_xlsx(asking, question).rows} - {""} == titles
    assert ("Hemligt projekt" in str(read_lines(asking))) == ("Begränsad" in titles)
    assert secret_bank


def test_class_and_state_are_for_those_who_edit(secret_bank: SmallBank, client: FlaskClient, sign_in: SignIn) -> None:
    edited = {row["document"]: row for row in read_json(sign_in("redaktor"), "q=boendestöd")["hits"]}

    assert (edited["Utkast"]["state"], edited["Öppen"]["state"]) == ("utkast", "publicerat")
    assert (edited["Intern"]["classification"], edited["Öppen"]["classification"]) == ("intern", "öppen")
    assert not {"state", "classification"} & set(read_json(client)["hits"][0])
    assert secret_bank


def test_a_project_just_withdrawn_tells_neither_its_money_nor_its_address(
    bank: SmallBank, client: FlaskClient, sign_in: SignIn
) -> None:
    """The index has not heard of it yet."""
    project = bank.project("Bo kvar")
    _fund(bank, project, (2021, 7_000, 0))
    bank.document("Rapport", ["Boendestöd."], project_id=project)
    bank.index()
    with bank.workers.database.transaction() as session:
        projects.unpublish(session, project)

    def told(asking: FlaskClient) -> set[tuple[Any, Any]]:
        return {(row["granted"], row["project_link"]) for row in read_json(asking)["hits"]}

    assert told(client) <= {(None, None)}
    assert told(sign_in("redaktor")) == {(7_000, "http://localhost/projekt/bo-kvar")}


@pytest.mark.parametrize(
    "question", ["fran=igår", "sida=0", "sida=99999", "q=" + "x" * 2001, "&".join(f"typ={n}" for n in range(60))]
)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_what_cannot_be_asked_is_answered_in_words(reader: FlaskClient, question: str, form: str) -> None:
    answer = reader.get(f"/sok/export.{form}?{question}")

    assert answer.status_code == 400
    assert "Content-Disposition" not in answer.headers


@pytest.mark.parametrize(
    "question", ["q=%00%ff", "q=(((&typ=%22%3B--", "typ=%0a", "q=-&ord=[]&sort=;", "q=*&forvaltning="]
)
def test_hostile_parameters_give_a_whole_list(reader: FlaskClient, question: str) -> None:
    told = read_json(reader, question)

    assert told["count"] == len(told["hits"]) == len(read_csv(reader, question).rows)


@pytest.mark.parametrize("path", ["/sok/export.pdf", "/sok/export", "/sok/export.csv.exe"])
def test_other_forms_are_not_there(reader: FlaskClient, path: str) -> None:
    assert reader.get(path).status_code == 404
