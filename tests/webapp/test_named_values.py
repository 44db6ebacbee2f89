"""field:value finds by what a person reads beside the filters, however an editor has named it since."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient

from catalog import terms
from tests.webapp.addresses import documents_counted, page, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank


@pytest.fixture
def filled(bank: SmallBank) -> SmallBank:
    """One project a keyword. Får and Far have keys that differ by a number alone."""
    for title, keyword in (("A", "Får"), ("B", "Far"), ("C", "Stöd i hemmet"), ("D", "Avlastning"), ("E", "Hembesök")):
        project = bank.project(title, chosen={"keyword": [keyword], "organisation": ["Älvsjö"]})
        bank.document(f"Rapport {title}", ["Vräkningar."], project_id=project)
    with bank.workers.database.transaction() as session:
        terms.rename(session, "keyword", "avlastning", label="Korttidsboende", label_en="Respite care")
        terms.rename(session, "keyword", "hembesok", successor_key="stod-i-hemmet")
    bank.index()
    return bank


def _titles(client: FlaskClient, question: str) -> list[str]:
    return sorted(texts(page(client, f"/sok?q={quote_plus(question)}&sort=titel"), ".group__head h2"))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("nyckelord:Korttidsboende", "D"),
        ("nyckelord:KORTTIDSBOENDE", "D"),
        ("nyckelord:avlastning", "D"),
        ('nyckelord:"respite care"', "D"),
        ("nyckelord:får", "A"),
        ("nyckelord:far", "B"),
        ("nyckelord:FÅR", "A"),
        ('nyckelord:"stöd i hemmet"', "CE"),
        ('Nyckelord:"Stöd I Hemmet"', "CE"),
        ("nyckelord:stod-i-hemmet", "CE"),
        ("nyckelord:hembesök", "CE"),
        ("nyckelord:hembesok", "CE"),
        ("förvaltning:älvsjö", "ABCDE"),
        ("förvaltning:Hägersten-Älvsjö", "ABCDE"),
        ("vräkningar -nyckelord:korttidsboende", "ABCE"),
        ("nyckelord:får OR nyckelord:korttidsboende", "AD"),
        ("nyckelord:finnsinte", ""),
    ],
)
def test_a_value_is_found_by_what_it_is_called(
    filled: SmallBank, client: FlaskClient, question: str, found: str
) -> None:
    assert _titles(client, question) == list(found)
    assert filled


def test_a_name_that_another_term_has_today_is_that_terms(filled: SmallBank, client: FlaskClient) -> None:
    with filled.workers.database.transaction() as session:
        terms.rename(session, "keyword", "far", label="Avlastning")  # the first of the two
    filled.index()
    assert _titles(client, "nyckelord:avlastning") == ["A"]


def test_every_way_to_the_hits_reads_it_alike(filled: SmallBank, client: FlaskClient) -> None:
    asked = "nyckelord%3Akorttidsboende"
    assert client.get(f"/api/v1/search?q={asked}").get_json()["total"] == 1
    assert "Rapport D" in client.get(f"/sok/export.csv?q={asked}").get_data(as_text=True)
    assert "1 dokument i 1 projekt" in page(client, f"/utforska?q={asked}").text_content()
    compared = texts(page(client, f"/utforska?a={asked}&matt=antal"), ".explore table")[-1]
    assert compared.endswith("201951 20 %")
    assert filled


def test_a_hidden_name_does_not_lead_to_what_it_became(bank: SmallBank, client: FlaskClient, sign_in: SignIn) -> None:
    shown = bank.project("Öppet", chosen={"keyword": ["Hyra"]})
    bank.document("Rapport", ["Vräkningar."], project_id=shown)
    bank.project("Dolt", classification="restricted", chosen={"keyword": ["Fallskydd"]})
    with bank.workers.database.transaction() as session:
        terms.rename(session, "keyword", "fallskydd", successor_key="hyra")
    bank.index()
    assert documents_counted(page(client, "/sok?q=nyckelord:fallskydd")) == 0
    assert documents_counted(page(sign_in(), "/sok?q=nyckelord:fallskydd")) == 1
