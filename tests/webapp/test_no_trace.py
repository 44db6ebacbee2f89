"""What is restricted leaves no trace: a bank with it answers a stranger word for word as the same bank without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from catalog import documents, projects
from catalog.audience import of_role
from indexer import SearchQuery
from settings import Settings
from tests.webapp.small_bank import SmallBank
from webapp import create_app

IDS = re.compile(r"\d{9,}")


def _open(bank: SmallBank) -> None:
    shown = bank.project("Bo kvar", chosen={"keyword": ["Hyra"], "method": ["Bostad först"]}, funding=[(2020, 90, 0)])
    pages = ["Vräkningar av barnfamiljer och hembesök.", "Boendestöd med hembesök hjälpte hyresgästerna."]
    bank.document("Rapport om vräkningar", pages, project_id=shown)
    words = "Boendestöd och hembesök för hyresgästerna, vräkningar."
    bank.document("Boendestöd", [words], project_id=shown, day=date(2020, 2, 1))


def _restricted(bank: SmallBank) -> None:
    """Words near those that strangers see, parts of compounds, a project, terms, and a likeness to what is open."""
    hidden = bank.project(
        "Hyreskrypet",
        classification="restricted",
        chosen={"keyword": ["Fallskydd"], "method": ["Bostad sist"], "organisation": ["Krypförvaltningen"]},
        funding=[(2021, 5_000, 0)],
    )
    pages = [
        "Hembesik hos Vräkningsson, hembesök, boendestöd, hyresgästerna, vräkningar.",
        "Fallskydd: krypgrund. Läckan i grunden och besiktningen av hemmet.",
        "Avhysningar. Boendestyd. En stol i boendet.",
    ]
    bank.document("Hembesik", pages, project_id=hidden, classification="restricted")
    withdrawn = bank.project("Hyreslöftet", aim="Hembesökslöften som drogs tillbaka", funding=[(2019, 7_000, 0)])
    bank.document("Hyreslöften", ["Vräkningslöften och hembesök."], project_id=withdrawn)
    with bank.workers.database.transaction() as session:
        projects.unpublish(session, withdrawn)
    draft = bank.project("Hyresutkast", published=False)
    bank.document("Utkast om vräkningslist", ["Vräkningslist."], project_id=draft, published=False)


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """A stranger at a bank without restricted documents, and one at a bank with them."""
    banks, apps = [], []
    for name, fillings in (("without", (_open,)), ("with", (_open, _restricted))):
        bank = SmallBank(Settings(data=str(tmp_path_factory.mktemp(name)), workers="1", web_processes="1"))
        for fill in fillings:
            fill(bank)
        bank.index()
        banks.append(bank)
        apps.append(create_app(bank.settings))
    first, second = (app.test_client() for app in apps)
    yield first, second
    for app, bank in zip(apps, banks, strict=True):
        app.extensions["bank"].close()
        bank.close()


def _answers(strangers: tuple[FlaskClient, FlaskClient], address: str) -> tuple[str, str]:
    without, with_them = strangers
    return _answer(without, address), _answer(with_them, address)


def _answer(client: FlaskClient, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    return f"{answer.status_code} {_comparable(answer.get_data(as_text=True))}"


def _comparable(answer: str) -> str:
    """Without ids, which are random, and what is made of scores, which weigh a word by the whole bank."""
    return re.sub(r'"score":[\d.]+|(?<=27v-)[\d.]+|\d+ (%|procent)', "", IDS.sub("…", answer))


@pytest.mark.parametrize("typed", ["hy", "hyres", "hyresk", "bostad", "fall", "kryp", "hembesi", "vräkningss", "avh"])
def test_completion(strangers: tuple[FlaskClient, FlaskClient], typed: str) -> None:
    without, with_them = _answers(strangers, f"/sok/forslag?q={quote(typed)}")
    assert with_them == without


MISSPELT = ["hembesyk", "boendestyd", "vrakningar", "hembesik", "hyresgästerma boendestod", "hembesok fallskydd"]
PARTS = ["boendestol", "grundhem", "besiktningshem", "boendegrund", "fallskyddshem"]
NOWHERE = ["fallskydd", "krypgrund", "hyreskrypet", '"bostad sist"', "krypförvaltningen", "avhysning", "läcka hembesök"]


@pytest.mark.parametrize("question", [*MISSPELT, *PARTS, *NOWHERE, "boendestöd", "hembes*", "", "nyckelord:fallskydd"])
@pytest.mark.parametrize("path", ["/sok", "/utforska", "/api/v1/search"])
def test_questions(strangers: tuple[FlaskClient, FlaskClient], path: str, question: str) -> None:
    without, with_them = _answers(strangers, f"{path}?q={quote(question)}")
    assert with_them == without


@pytest.mark.parametrize("address", ["/", "/projekt/bo-kvar", "/projekt/hyreskrypet", "/utforska/arsrapport?ar=2020"])
def test_pages(strangers: tuple[FlaskClient, FlaskClient], address: str) -> None:
    without, with_them = _answers(strangers, address)
    assert with_them == without


def test_similar_documents_and_reasons(strangers: tuple[FlaskClient, FlaskClient]) -> None:
    shown = []
    for client in strangers:
        first = client.get("/api/v1/search?q=boendestöd&sort=titel").get_json()["projects"][0]["documents"][0]["link"]
        path = first.partition("?")[0]
        shown.append([_answer(client, path), _answer(client, f"{path}/varfor?q=boendestöd+hembesyk")])
    assert shown[0] == shown[1]
    assert "Rapport om vräkningar" in shown[0][0]


@pytest.mark.parametrize("question", ["fallskydd", "krypgrund", "hyreskrypet", "hembesik", "vräkningslist"])
def test_those_who_may_read_them_find_the_restricted_words(
    strangers: tuple[FlaskClient, FlaskClient], question: str
) -> None:
    """Else the comparisons would compare two banks alike."""
    bank = strangers[1].application.extensions["bank"]
    query = SearchQuery(text=question).visible_to(of_role("redaktor"), 20261123)
    assert bank.engine.search(query).total


@pytest.mark.parametrize("moment", ["document withdrawn", "project withdrawn", "restricted", "moved"])
def test_lists_show_nothing_that_was_hidden_since_it_was_indexed(
    bank: SmallBank, client: FlaskClient, moment: str
) -> None:
    """Their texts come from the record, which may tell more than was ever published."""
    words = "Hembesök, boendestöd och vräkningar av hyresgästerna i stadsdelen."
    shown = bank.document("Öppen rapport", [words], project_id=bank.project("Bo kvar"))
    found = bank.project("Avtalet", aim="Boendestöd")
    hidden = bank.document("Hyresavtalen", [f"{words} Fukten."], project_id=found)
    lone = bank.project("Takprojektet", aim="Boendestöd i stadsdelen")
    secret = bank.project("Krypgrunden", classification="restricted")
    bank.index()
    addresses = ["/sok?q=boendestöd", "/api/v1/search?q=boendestöd", "/sok", f"/dokument/{shown}"]
    assert all("Hyresavtalen" in client.get(address).get_data(as_text=True) for address in addresses)
    with bank.workers.database.transaction() as session:
        if moment == "document withdrawn":
            documents.unpublish(session, hidden)
        elif moment == "project withdrawn":
            for one in (found, lone):
                projects.unpublish(session, one)
                projects.update(session, one, aim="Boendestöd utan skydd")
        elif moment == "restricted":
            documents.publish(session, hidden, "restricted", "test")
        else:
            documents.update(session, hidden, project_id=secret)
    for address in addresses:
        told = client.get(address).get_data(as_text=True)
        assert "Hyresavtalen" not in told
        assert "Fukten" not in told
        assert "Krypgrunden" not in told
        assert "utan skydd" not in told
        assert ("Takprojektet" in told) is (moment != "project withdrawn" and not address.startswith("/dokument"))
