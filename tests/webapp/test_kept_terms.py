"""Addresses that people keep: a merged term is read as what it became, and what nothing has is said."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from catalog import terms
from indexer import Filter, SearchQuery
from tests.webapp.addresses import documents_counted, links, page, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from webapp.kept_terms import in_todays_terms

OLD, NEW = "alvsjo", "hagersten-alvsjo"  # merged in every bank's first terms


@pytest.fixture
def filled(bank: SmallBank) -> SmallBank:
    project = bank.project("Bo kvar", chosen={"organisation": ["Älvsjö"]}, funding=[(2020, 250_000, 0)])
    bank.document("Rapport", ["Vräkningar av barnfamiljer."], project_id=project)
    other = bank.project("Annat", chosen={"organisation": ["Bromma"]})
    bank.document("Annan rapport", ["Vräkningar."], project_id=other)
    bank.index()
    return bank


@pytest.mark.usefixtures("filled")
class TestMerged:
    def test_search_finds_what_the_term_became(self, client: FlaskClient) -> None:
        found = page(client, f"/sok?q=vräkningar&forvaltning={OLD}")
        assert documents_counted(found) == 1
        assert f"/sok?q=vr%C3%A4kningar&ord=alla&forvaltning={NEW}&sida=1" not in links(found, "a")
        assert any(f"forvaltning={NEW}" in link for link in links(found, ".hit a, .toolbar a, .results a"))
        assert documents_counted(page(client, f"/sok?q=vräkningar&inte=forvaltning:{OLD}")) == 1

    def test_explore_counts_and_links_to_what_the_term_became(self, client: FlaskClient) -> None:
        found = page(client, f"/utforska?forvaltning={OLD}")
        assert "1 dokument" in found.text_content()
        assert not [link for link in links(found, "main a") if f"forvaltning={OLD}&" in link]

    def test_the_report_is_about_what_the_term_became(self, client: FlaskClient) -> None:
        found = page(client, f"/utforska/arsrapport?ar=2020&forvaltning={OLD}")
        assert "Bo kvar" in found.text_content()
        for ending in ("html", "docx"):
            answer = client.get(f"/utforska/arsrapport.{ending}?ar=2020&forvaltning={OLD}")
            assert answer.status_code == HTTPStatus.OK

    def test_the_api_and_the_export_answer_the_same(self, client: FlaskClient) -> None:
        old, new = (client.get(f"/api/v1/search?q=vräkningar&forvaltning={key}").get_json() for key in (OLD, NEW))
        assert old == new
        assert old["total"] == 1
        lines = client.get(f"/api/v1/hits?q=vräkningar&forvaltning={OLD}").get_data(as_text=True)
        assert "Annan rapport" not in lines
        assert "Bo kvar" in lines

    def test_a_view_that_stands_on_the_start_page_counts_what_the_term_became(
        self, client: FlaskClient, sign_in: SignIn
    ) -> None:
        person = sign_in()
        data = {"csrf_token": csrf_token(person, "/utforska"), "vy": f"/sok?forvaltning={OLD}", "namn": "Älvsjö förr"}
        person.post("/utforska/vyer", data=data)
        (change,) = {one for one in links_of_forms(person) if one.startswith("/utforska/vyer/")}
        data = {"csrf_token": data["csrf_token"], "vy": "/utforska", "gor": "start"}
        assert person.post(change, data=data).status_code == HTTPStatus.SEE_OTHER
        assert "1 dokument i 1 projekt" in page(client, "/").text_content()


def links_of_forms(client: FlaskClient) -> list[str]:
    return [str(one.get("action")) for one in page(client, "/utforska").iter("form")]


def test_old_and_new_names_are_one_choice_and_an_exclusion_outweighs(filled: SmallBank) -> None:
    database = filled.workers.database
    both = SearchQuery(filters=(Filter("organisation", (OLD, "bromma", NEW)),))
    assert in_todays_terms(both, database).filters == (Filter("organisation", (NEW, "bromma")),)
    against = SearchQuery(filters=(Filter("organisation", (OLD, "bromma"), (NEW,)),))
    assert in_todays_terms(against, database).filters == (Filter("organisation", ("bromma",), (NEW,)),)


class TestUnknown:
    def test_what_nothing_has_is_said_and_left_out_by_a_click(self, filled: SmallBank, client: FlaskClient) -> None:
        found = page(client, "/sok?q=vräkningar&forvaltning=finns-inte")
        assert "Inget i banken har valet ”finns-inte” under Förvaltning." in texts(found, ".alert")[0]
        offered = dict(zip(texts(found, ".ways .way"), links(found, ".ways a"), strict=False))
        assert next(iter(offered)) == "Sök utan valet Finns-inte"
        assert documents_counted(page(client, offered["Sök utan valet Finns-inte"])) == 2
        assert len([way for way in offered if "utan" in way]) == 1
        assert filled

    def test_a_known_choice_beside_it_stays(self, filled: SmallBank, client: FlaskClient) -> None:
        found = page(client, "/sok?q=vräkningar&forvaltning=bromma&metod=finns-inte")
        offered = dict(zip(texts(found, ".ways .way"), links(found, ".ways a"), strict=False))
        there = offered["Sök utan valet Finns-inte"]
        assert "forvaltning=bromma" in there
        assert "metod" not in there
        assert documents_counted(page(client, there)) == 1
        assert filled

    def test_a_value_that_the_question_names_and_nothing_has_is_said(
        self, filled: SmallBank, client: FlaskClient
    ) -> None:
        (told,) = texts(page(client, "/sok?q=vräkningar förvaltning:Brommma -typ:finnsinte"), ".alert")
        assert "Inget i banken har valet ”brommma” under Förvaltning." in told
        assert "Inget i banken har valet ”finnsinte” under Dokumenttyp." in told
        assert "ta bort kolonet" in told
        for question in ("zzz förvaltning:Bromma", "zzz typ:slutrapport", "zzz utfall:stöd", "zzz"):
            assert not texts(page(client, f"/sok?q={question}"), ".alert")
        assert filled

    def test_a_first_term_of_the_bank_is_never_called_unknown(self, filled: SmallBank, client: FlaskClient) -> None:
        assert not texts(page(client, "/sok?q=vräkningar&utfall=stod"), ".alert")
        assert not texts(page(client, "/sok?q=vräkningar&utfall=-&forvaltning=jarva"), ".alert")
        assert filled

    def test_a_word_of_hidden_projects_alone_reads_as_one_that_is_not_there(
        self, bank: SmallBank, client: FlaskClient
    ) -> None:
        hidden = bank.project("Hemligt", classification="restricted", chosen={"keyword": ["Fallskydd"]})
        bank.document("Hemlig rapport", ["Vräkningar."], project_id=hidden, classification="restricted")
        bank.document("Rapport", ["Vräkningar."])
        bank.index()
        told = [texts(page(client, f"/sok?q=vräkningar&nyckelord={key}"), ".alert") for key in ("fallskydd", "annat")]
        assert [len(one) for one in told] == [1, 1]

    def test_explore_says_it_too(self, filled: SmallBank, client: FlaskClient) -> None:
        found = page(client, "/utforska?forvaltning=finns-inte&nyckelord=inte-heller&typ=slutrapport")
        assert [one.split(".")[0] for one in texts(found, ".alert p")] == [
            "Inget i banken har valet ”inte-heller” under Nyckelord",
            "Inget i banken har valet ”finns-inte” under Förvaltning",
            "Det kan ha tagits bort, eller så är adressen fel",
        ]
        for address in ("/utforska", "/utforska?inte=forvaltning:finns-inte", "/utforska?forvaltning=jarva&typ=bilaga"):
            assert not texts(page(client, address), ".alert")
        assert filled

    def test_what_a_project_without_documents_has_is_not_unknown(self, filled: SmallBank, client: FlaskClient) -> None:
        filled.project("Utan dokument", chosen={"keyword": ["Ensamt"]})
        filled.index()
        for address in ("/sok?q=vräkningar&nyckelord=ensamt", "/utforska?q=vräkningar&nyckelord=ensamt"):
            assert not texts(page(client, address), ".alert")

    def test_the_report_says_which_choice_is_not_there(self, filled: SmallBank, client: FlaskClient) -> None:
        answer = client.get("/utforska/arsrapport?ar=2020&forvaltning=finns-inte")
        assert answer.status_code == HTTPStatus.BAD_REQUEST
        assert "Valet finns-inte finns inte. Välj i listorna." in answer.get_data(as_text=True)
        assert filled


def test_a_merge_made_today_is_followed(filled: SmallBank, client: FlaskClient) -> None:
    with filled.workers.database.transaction() as session:
        terms.rename(session, "organisation", "bromma", successor_key=NEW)
    filled.index()
    assert documents_counted(page(client, "/sok?q=vräkningar&forvaltning=bromma")) == 2
