"""An address that names a term of hidden projects alone reads as one that names what the bank has never had."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from catalog import terms
from tests.webapp.addresses import page, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank

LABEL, KEY, OTHER = "Hemligt ärende", "hemligt-arende", "okand-sak-alls"  # keys of one length
FACETS = {
    "keyword": "nyckelord",
    "organisation": "forvaltning",
    "method": "metod",
    "subject_area": "sak",
    "target_group": "malgrupp",
}
every_facet = pytest.mark.parametrize("parameter", FACETS.values(), ids=FACETS)
Address = Callable[[str, str], str]  # of a facet's parameter and a key


@pytest.fixture
def filled(bank: SmallBank) -> SmallBank:
    """One project for everybody, one for few that alone has a term of each kind."""
    shown = bank.project("Bo kvar", chosen={"keyword": ["Hyra"]}, funding=[(2020, 250_000, 0)])
    bank.document("Rapport", ["Vräkningar av barnfamiljer."], project_id=shown)
    hidden = bank.project(
        "Dold", classification="restricted", chosen={kind: [LABEL] for kind in FACETS}, funding=[(2020, 1_000, 0)]
    )
    bank.document("Dold rapport", ["Vräkningar."], project_id=hidden, classification="restricted")
    bank.index()
    return bank


def _answer(client: FlaskClient, address: str) -> str:
    with client.get(address, follow_redirects=True) as answer:
        return answer.get_data(as_text=True)


def _of_nobody(text: str, key: str) -> str:
    """An answer without the key that was asked for, however it is written."""
    return text.replace(key, "…").replace(key.capitalize(), "…")


PAGES: dict[str, Address] = {
    "hits": lambda name, key: f"/sok?q=vräkningar&{name}={key}",
    "all": lambda name, key: f"/sok?{name}={key}",
    "excluded": lambda name, key: f"/sok?q=vräkningar&inte={name}:{key}",
    "beside another": lambda name, key: f"/sok?nyckelord=hyra&metod=bostad-forst&{name}={key}",
    "nothing found": lambda name, key: f"/sok?q=rymdfärd&{name}={key}",
    "api": lambda name, key: f"/api/v1/search?q=vräkningar&inte={name}:{key}",
    "explored": lambda name, key: f"/utforska?{name}={key}",
    "explored without": lambda name, key: f"/utforska?inte={name}:{key}&rader={name}",
    "compared": lambda name, key: f"/utforska?a=vräkningar&{name}={key}",
}


@every_facet
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_says_the_same_of_a_hidden_term_as_of_an_unknown_one(
    filled: SmallBank, client: FlaskClient, parameter: str, address: Address
) -> None:
    hidden, unknown = (_answer(client, address(parameter, key)) for key in (KEY, OTHER))
    assert LABEL.lower() not in hidden.lower()
    assert _of_nobody(hidden, KEY) == _of_nobody(unknown, OTHER)
    assert filled


FILES: dict[str, Address] = {
    "hits": lambda name, key: f"/sok/export.csv?inte={name}:{key}",
    "hits for programs": lambda name, key: f"/sok/export.json?inte={name}:{key}",
    "lines for programs": lambda name, key: f"/api/v1/hits?inte={name}:{key}",
    "table": lambda name, key: f"/utforska/tabell.csv?inte={name}:{key}",
    "drawn": lambda name, key: f"/utforska/diagram.csv?inte={name}:{key}",
    "compared": lambda name, key: f"/utforska/jamforelse.csv?a=vräkningar&inte={name}:{key}",
}


@every_facet
@pytest.mark.parametrize("address", FILES.values(), ids=FILES)
def test_a_file_does_not_name_a_hidden_term(
    filled: SmallBank, client: FlaskClient, sign_in: SignIn, parameter: str, address: Address
) -> None:
    assert LABEL.lower() not in _answer(client, address(parameter, KEY)).lower()
    if address(parameter, KEY).partition("?")[0].endswith(".csv"):
        assert f"inte {LABEL}" in _answer(sign_in(), address(parameter, KEY))
    assert filled


@pytest.mark.parametrize("address", ["/sok/export.xlsx", "/utforska/tabell.xlsx", "/utforska/diagram.xlsx"])
def test_a_workbook_does_not_name_a_hidden_term(
    filled: SmallBank, client: FlaskClient, sign_in: SignIn, address: str
) -> None:
    def cells(person: FlaskClient) -> str:
        with person.get(f"{address}?inte=nyckelord:{KEY}") as answer:
            book = CalamineWorkbook.from_filelike(BytesIO(answer.get_data()))
        return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])

    assert LABEL not in cells(client)
    assert LABEL in cells(sign_in())
    assert filled


@every_facet
def test_those_who_may_see_the_project_read_the_label(filled: SmallBank, sign_in: SignIn, parameter: str) -> None:
    board = sign_in("redaktionsrad")
    for address in (f"/sok?{parameter}={KEY}", f"/utforska?{parameter}={KEY}"):
        assert LABEL in texts(page(board, address), ".chips")[0]
    assert filled


def test_a_label_is_told_as_soon_as_something_visible_carries_it(filled: SmallBank, client: FlaskClient) -> None:
    assert LABEL not in texts(page(client, f"/sok?nyckelord={KEY}"), ".chips")[0]
    filled.project("Öppet", chosen={"keyword": [LABEL]})
    filled.index()
    assert LABEL in texts(page(client, f"/sok?nyckelord={KEY}"), ".chips")[0]


class TestMerged:
    def test_a_hidden_name_does_not_lead_to_what_it_became(self, filled: SmallBank, client: FlaskClient) -> None:
        with filled.workers.database.transaction() as session:
            terms.rename(session, "keyword", KEY, successor_key="hyra")
        filled.index()
        hidden, unknown = (_answer(client, f"/sok?q=vräkningar&nyckelord={key}") for key in (KEY, OTHER))
        assert _of_nobody(hidden, KEY) == _of_nobody(unknown, OTHER)
        assert "hör dit" not in _answer(client, "/sok?q=hemligt+ärende&typ=delrapport")

    def test_a_known_name_does_not_lead_to_a_hidden_one(self, filled: SmallBank, client: FlaskClient) -> None:
        with filled.workers.database.transaction() as session:
            terms.ensure(session, "organisation", "Gamla staden")
            terms.rename(session, "organisation", "gamla-staden", successor_key=KEY)
        for address in ("/sok?forvaltning=gamla-staden", "/utforska?forvaltning=gamla-staden"):
            found = page(client, address)
            assert texts(found, ".chips .chip")[0].startswith("Gamla staden")
            assert KEY not in _answer(client, address)

    def test_a_name_that_visible_projects_carry_leads_on_as_before(
        self, filled: SmallBank, client: FlaskClient
    ) -> None:
        with filled.workers.database.transaction() as session:
            terms.rename(session, "keyword", "hyra", successor_key=KEY)
        filled.index()
        assert LABEL in texts(page(client, "/sok?nyckelord=hyra"), ".chips")[0]


class TestReport:
    ADDRESS = "/utforska/arsrapport?ar=2020"

    def test_the_list_has_no_organisation_of_hidden_projects_alone(
        self, filled: SmallBank, client: FlaskClient, sign_in: SignIn
    ) -> None:
        assert LABEL not in _answer(client, self.ADDRESS)
        assert "Skärholmen" in _answer(client, self.ADDRESS)
        assert LABEL in _answer(sign_in(), self.ADDRESS)
        assert filled

    def test_choosing_it_answers_as_any_choice_that_is_not_there(self, filled: SmallBank, client: FlaskClient) -> None:
        answers = [client.get(f"{self.ADDRESS}&forvaltning={key}") for key in (KEY, OTHER)]
        assert [one.status_code for one in answers] == [HTTPStatus.BAD_REQUEST] * 2
        hidden, unknown = (one.get_data(as_text=True) for one in answers)
        assert _of_nobody(hidden, KEY) == _of_nobody(unknown, OTHER)
        assert filled


def test_a_view_of_a_hidden_term_is_no_part_of_a_strangers_start_page(
    filled: SmallBank, client: FlaskClient, sign_in: SignIn
) -> None:
    editor = sign_in()
    for name, address in (("Dolda hyror", f"/sok?nyckelord={KEY}"), ("Alla hyror", "/utforska?nyckelord=hyra")):
        token = csrf_token(editor, "/utforska")
        editor.post("/utforska/vyer", data={"csrf_token": token, "vy": address, "namn": name})
    for form in page(editor, "/utforska").iter("form"):
        if str(form.get("action")).startswith("/utforska/vyer/"):
            data = {"csrf_token": csrf_token(editor, "/utforska"), "vy": "/utforska", "gor": "start"}
            editor.post(str(form.get("action")), data=data)
    assert "Dolda hyror" in _answer(editor, "/")
    for _ in range(2):  # made, and kept for a while
        start = _answer(client, "/")
        assert "Alla hyror" in start
        assert "Dolda hyror" not in start
        assert KEY not in start
    assert filled
