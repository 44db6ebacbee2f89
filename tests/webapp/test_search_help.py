"""When nothing is found: wider words, linked names, and a letter to the editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from catalog import terms
from tests.webapp.addresses import documents_counted, links, page, texts
from tests.webapp.small_bank import SmallBank
from webapp import create_app, search_help
from webapp.asking_editors import mail_link


@pytest.fixture
def rich(bank: SmallBank) -> SmallBank:
    """A report from Södermalm, which Maria-Gamla stan was merged into, and one from Bromma."""
    for place, text in (("Södermalm", "Handledningen blev bättre."), ("Bromma", "Vräkningar av barnfamiljer.")):
        project = bank.project(f"Projekt {place}", chosen={"organisation": [place]})
        bank.document(f"Rapport {place}", [text], project_id=project)
    with bank.workers.database.transaction() as session:
        terms.ensure(session, "organisation", "Gamla Årstadal")
        terms.rename(session, "organisation", "gamla-arstadal", successor_key="bromma")
        terms.rename(session, "organisation", "sodermalm", old_names=["Katarina-Sofia"])
    bank.index()
    return bank


def ways(found: html.HtmlElement) -> dict[str, str]:
    return dict(zip(texts(found, ".ways .way"), links(found, ".ways a"), strict=False))


def test_an_empty_bank_says_so_and_does_not_lead_back_to_itself(bank: SmallBank, client: FlaskClient) -> None:
    bank.index()
    shown = page(client, "/sok")
    assert texts(shown, ".ways p") == ["Här är ingenting ännu som du får läsa."]
    assert "/sok" not in links(shown, ".ways a")
    assert "/sok" in links(page(client, "/sok?q=boende"), ".ways a")


def test_a_filter_that_hides_a_project_without_documents_makes_a_difference(
    bank: SmallBank, client: FlaskClient
) -> None:
    bank.project("Kvarnsjö", status="planerat", chosen={"subject_area": ["äldre"]})
    bank.index()
    one = page(client, "/sok?q=kvarnsjö&status=avslutat&sak=aldre")
    assert ways(one) == {
        "Sök utan filtret Avslutat": "/sok?q=kvarnsj%C3%B6&sak=aldre",
        "Släpp alla filter": "/sok?q=kvarnsj%C3%B6",
    }
    assert texts(one, ".ways .count") == ["1 projekt", "1 projekt"]
    assert "Filtret Äldre gör ensamt ingen skillnad" in texts(one, ".ways p")
    several = page(client, "/sok?q=kvarnsjö+rymdfärd&ord=alla")
    assert texts(several, ".ways .way") == ["Något av orden", "kvarnsjö"]


class TestWiderWords:
    def test_a_word_that_stands_nowhere_is_tried_by_its_start(self, rich: SmallBank, client: FlaskClient) -> None:
        assert not ways(page(client, "/sok?q=handledqwerty"))
        offered = ways(page(client, "/sok?q=handledoxyz"))
        assert list(offered) == ["handled*"]
        assert documents_counted(page(client, offered["handled*"])) == 1
        assert rich

    def test_the_parts_of_a_compound_are_offered(
        self, rich: SmallBank, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        splits = {"vräkningshandledning": ("vräkning", "handledning")}
        monkeypatch.setattr(search_help, "forms", lambda word: _Forms(splits.get(word, ())))
        offered = ways(page(client, "/sok?q=vräkningshandledning&ord=exakt"))
        assert {"vräkning*", "handledning"} >= set(offered) - {"Alla orden, i vilken form som helst"}
        assert search_help.parts_of("vräkningshandledning") == ["vräkning*", "handledning"]
        assert search_help.parts_of("handledning") == []
        assert rich


class _Forms:
    def __init__(self, tops: tuple[str, ...]) -> None:
        self.tops = tops


class TestNames:
    def test_an_old_name_leads_to_what_it_is_called_now(self, rich: SmallBank, client: FlaskClient) -> None:
        found = page(client, "/sok?q=katarina-sofia&typ=delrapport")
        offered = ways(found)
        assert list(offered) == ["Sök utan filtret Delrapport", "Förvaltning: Södermalm"]
        assert offered["Förvaltning: Södermalm"] == "/sok?forvaltning=sodermalm"
        assert "(Katarina-Sofia hör dit)" in texts(found, ".ways .quiet")
        assert "1 dokument" in texts(found, ".ways .count")
        assert rich

    def test_the_rest_of_the_question_stays_where_it_finds_something(
        self, rich: SmallBank, client: FlaskClient
    ) -> None:
        offered = ways(page(client, "/sok?q=%22vräkningar+av%22+gamla+årstadal+-rymdfärd&typ=delrapport"))
        label = 'Förvaltning: Bromma, "vräkningar av" -rymdfärd'
        assert label in offered
        assert documents_counted(page(client, offered[label])) == 1
        assert rich

    def test_part_of_a_word_is_no_name(self, rich: SmallBank, client: FlaskClient) -> None:
        assert not ways(page(client, "/sok?q=brommaborna"))
        assert rich


class TestLetter:
    @pytest.fixture
    def client_with_contact(self, bank: SmallBank) -> Iterator[FlaskClient]:
        app = create_app(replace(bank.settings, contact="fråga@example.org"))
        yield app.test_client()
        app.extensions["bank"].close()

    def test_the_question_and_its_filters_stand_in_the_letter(self, client_with_contact: FlaskClient) -> None:
        found = page(client_with_contact, "/sok?q=rymdfärd+%26+måne&fran=2019")
        (address,) = (link for link in links(found, ".panel a") if link.startswith("mailto:"))
        assert urlsplit(address).path == "fr%C3%A5ga@example.org"
        told = parse_qs(urlsplit(address).query)
        assert told["subject"] == ["Kunskap som saknas i banken: rymdfärd & måne"]
        assert "Jag sökte efter: rymdfärd & måne\r\nMed filter: från 2019\r\n" in told["body"][0]

    def test_without_an_address_the_page_about_the_bank_is_the_way(self, client: FlaskClient) -> None:
        assert "/om#fraga" in links(page(client, "/sok?q=rymdfärd"), ".panel a")

    def test_an_endless_question_makes_no_endless_address(self, app: Flask) -> None:
        with app.test_request_context("/"):
            assert len(mail_link("a@example.org", "å" * 9_000, ["filter"] * 500)) < 6_000
