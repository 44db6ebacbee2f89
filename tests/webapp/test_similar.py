"""Similar documents and projects, with what they share."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.addresses import links, page, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank
from webapp.bank import bank as bank_of_request
from webapp.similar import similar_projects

CARE = "Hemtjänsten gör hembesök hos personer med demens. Anhörigstöd och hembesök minskar oron vid demens."
MONEY = "Budgetrådgivning och skuldsanering hjälper familjer med skulder. Skuldsanering tar tid."


def _fill(bank: SmallBank) -> dict[str, int]:
    trial = bank.project("Trygg natt", aim=CARE, chosen={"subject_area": ["Äldre"], "method": ["Anhörigsamtal"]})
    other = bank.project("Lugn kväll", aim=CARE, chosen={"subject_area": ["Äldre"]})
    far = bank.project("Skuldfri", aim=MONEY, chosen={"subject_area": ["Ekonomi"]})
    made = {
        "first": bank.document("Demens och hembesök", [CARE, "Annat."], project_id=trial),
        "sibling": bank.document("Delrapport om demens", [CARE], project_id=trial),
        "second": bank.document("Hembesök vid demens", [CARE], project_id=other),
        "secret": bank.document("Hemligt om demens", [CARE], classification="restricted", published=False),
        "third": bank.document("Skuldsanering", [MONEY], project_id=far),
    }
    bank.index()
    return made


def _section(client: FlaskClient, address: str) -> tuple[list[str], list[str]]:
    """Links of the list of similar ones, and what is shared."""
    found = page(client, address)
    sections = found.xpath("//section[@aria-labelledby='liknande']")
    assert isinstance(sections, list)
    return (links(sections[0], "h3 a"), texts(sections[0], "p.help")) if sections else ([], [])


def test_a_document_leads_to_similar_ones_and_says_what_they_share(bank: SmallBank, client: FlaskClient) -> None:
    made = _fill(bank)
    similar, shares = _section(client, f"/dokument/{made['first']}")
    assert similar == [f"/dokument/{made['second']}"]
    assert shares[0].startswith("Samma sakområde; delar orden ")
    assert {"demens", "hembesök"} <= set(shares[0].partition("orden ")[2].split(", "))


def test_only_who_may_see_a_document_is_led_to_it(bank: SmallBank, client: FlaskClient, sign_in: SignIn) -> None:
    made = _fill(bank)
    address, secret = f"/dokument/{made['first']}", f"/dokument/{made['secret']}"
    assert secret in _section(sign_in("redaktor"), address)[0]
    assert secret not in _section(client, address)[0]


def test_a_project_leads_to_similar_ones_never_to_itself(bank: SmallBank, client: FlaskClient) -> None:
    _fill(bank)
    assert _section(client, "/projekt/trygg-natt")[0] == ["/projekt/lugn-kvall"]
    assert _section(client, "/projekt/skuldfri")[0] == []


def test_a_title_and_a_text_that_is_no_project_yet_find_projects(bank: SmallBank, app: Flask) -> None:
    _fill(bank)
    with app.test_request_context("/"):
        found = similar_projects(bank_of_request(), "Demens hemma", "Vi vill pröva hembesök och anhörigstöd.", {})
    assert {one.title for one in found} == {"Trygg natt", "Lugn kväll"}


def test_a_document_without_text_has_no_similar_ones(bank: SmallBank, client: FlaskClient) -> None:
    empty = bank.document("x", [""])
    bank.index()
    assert _section(client, f"/dokument/{empty}") == ([], [])
