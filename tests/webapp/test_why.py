"""What the bank says of why a document is a hit."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank

TEXTS = (
    "Hemtjänsten prövade ett nytt arbetssätt.",
    "Ett hemtjänstprojekt om demens. Hemtjänst är ett stöd.",
    "Placering i familjehem är ovanlig.",
    "Här står inget av det.",
)


@pytest.fixture
def report(bank: SmallBank) -> int:
    project = bank.project("Trygg vardag", aim="Målet är en bättre hemtjänst.")
    made = bank.document("Hemtjänst och demens", TEXTS, project_id=project, day=date(2021, 3, 1))
    bank.index()
    return made


def _rows(found: html.HtmlElement) -> dict[str, list[str]]:
    """What is said of each word, without its share."""
    rows = select(found, ".why")[0].xpath("./div")
    assert isinstance(rows, list)
    return {str(row.xpath("./dt/text()")[0]).strip(): texts(row, "p") for row in rows}


def _told(client: FlaskClient, document: int, asked: str) -> dict[str, list[str]]:
    return _rows(page(client, f"/dokument/{document}/varfor?q={asked}"))


def test_each_way_of_a_word_is_told_with_its_places(client: FlaskClient, report: int) -> None:
    assert _told(client, report, "hemtjänst")["hemtjänst"] == [
        "så skrivet: i titeln, i projektets uppgifter, s.\N{NO-BREAK SPACE}2".replace("\N{NO-BREAK SPACE}", " "),
        "böjd form, ”hemtjänsten”: s. 1",
        "del av ordet ”hemtjänstprojekt”: s. 2",
    ]


def test_parts_of_a_compound_on_their_own_are_told(client: FlaskClient, report: int) -> None:
    assert _told(client, report, "familjehemsplacering")["familjehemsplacering"] == [
        "ordets delar nära varandra, ”placering”, ”familjehem”: s. 3"
    ]


def test_a_word_of_which_only_parts_stand_there_is_said_to_be_missing(client: FlaskClient, report: int) -> None:
    told = _told(client, report, "hemtjänst+familjestöd")
    assert told["familjestöd"] == ["står inte i dokumentet, men delar av ordet gör det"]


def test_what_a_field_asks_for_is_told(client: FlaskClient, report: int) -> None:
    assert _told(client, report, "hemtjänst+typ:slutrapport")["typ:slutrapport"] == [
        "stämmer med uppgifterna om dokumentet"
    ]


def test_words_side_by_side_on_one_page_and_the_best_page_are_told(client: FlaskClient, report: int) -> None:
    told = _told(client, report, "nytt+arbetssätt")
    assert told["Ordföljd"] == ["orden står intill varandra, ”nytt arbetssätt”"]
    assert told["Samma sida"] == ["alla orden på samma sida: s. 1"]
    assert told["Bästa sidan"] == ["har mest av frågan och lyfter hela dokumentet: s. 1"]


def test_a_word_that_is_not_there_is_said_to_be_missing(client: FlaskClient, report: int) -> None:
    assert _told(client, report, "hemtjänst+xylofonqvist")["xylofonqvist"] == ["står inte i dokumentet"]


def test_what_goes_before_among_equals_is_told(client: FlaskClient, report: int) -> None:
    told = _told(client, report, "hemtjänst")
    assert told["Slutrapport"] == ["går lite före planer och delrapporter som är lika bra"]
    assert told["Från 2021"] == ["nyare går lite före äldre som är lika bra"]


def test_a_plan_without_a_year_gains_nothing(bank: SmallBank, client: FlaskClient) -> None:
    plan = bank.document("Plan", ["Hemtjänsten planerar."], document_type="projektplan", day=None)
    bank.index()
    assert list(_told(client, plan, "hemtjänst")) == ["hemtjänst"]


def test_the_weightiest_word_stands_first_with_its_share(client: FlaskClient, report: int) -> None:
    found = page(client, f"/dokument/{report}/varfor?q=stöd+demens+-barn")
    percents = [int(told.split()[0]) for told in texts(found, "details dd")]
    assert percents == sorted(percents, reverse=True)
    assert sum(percents) == pytest.approx(100, abs=2)
    assert {*texts(found, ".why__share")} <= {"mest", "en del", "lite"}
    assert "barn" not in _rows(found)


def test_pages_keep_the_question_and_the_list_that_the_reader_came_from(client: FlaskClient, report: int) -> None:
    came = f"/dokument/{report}/varfor?q=demens&sok=q%3Ddemens%26typ%3Dslutrapport"
    found = page(client, came)
    assert links(found, ".why a")[0].startswith(f"/dokument/{report}?sida=2&q=demens&sok=")
    assert "/sok?q=demens&typ=slutrapport" in links(found, "main a")


def test_the_list_alone_says_the_same(client: FlaskClient, report: int) -> None:
    alone = page(client, f"/dokument/{report}/varfor/skal?q=hemtjänst")
    assert _rows(alone) == _told(client, report, "hemtjänst")
    assert not select(alone, "main")


def test_every_hit_leads_to_its_reasons(client: FlaskClient, report: int) -> None:
    found = page(client, "/sok?q=hemtjänst")
    assert f"/dokument/{report}/varfor?q=hemtj%C3%A4nst" in links(found, "a[data-why]")
    for link in links(found, "a[data-why]"):
        assert _rows(page(client, link))


def test_nothing_asked_needs_no_reasons(client: FlaskClient, report: int) -> None:
    assert not select(page(client, "/sok"), "a[data-why]")
    assert client.get(f"/dokument/{report}/varfor").headers["Location"] == f"/dokument/{report}"


@pytest.mark.parametrize("path", ["varfor", "varfor/skal"])
def test_who_may_not_see_the_document_learns_nothing(
    bank: SmallBank, client: FlaskClient, sign_in: SignIn, path: str
) -> None:
    secret = bank.document("Hemligt om hemtjänst", ["Hemtjänsten."], classification="restricted", published=False)
    bank.index()
    address = f"/dokument/{secret}/{path}?q=hemtjänst"
    assert client.get(address).status_code == 404
    assert sign_in("redaktor").get(address).status_code == 200
