"""Views under a name: whose they are, what may be kept, and what the start page shows of them to whom."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from catalog import saved_views, users
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.samples import fill
from tests.webapp.small_bank import SmallBank

VIEW = "/utforska?q=boendest%C3%B6d&rader=ar&a=hyra"


@pytest.fixture
def filled(bank: SmallBank) -> SmallBank:
    fill(bank)
    return bank


def _post(client: FlaskClient, path: str, **fields: str) -> str:
    """Where the answer leads."""
    token = csrf_token(client, "/om")
    answer = client.post(path, data={"csrf_token": token, **fields})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def _keep(client: FlaskClient, name: str, address: str = VIEW) -> str:
    return _post(client, "/utforska/vyer", namn=name, vy=address)


def _number(bank: SmallBank, owner: str, name: str) -> int:
    with bank.workers.database.reading() as session:
        person = users.by_name(session, owner)
        assert person
        return next(view.id for view in saved_views.of_person(session, person.id) if view.name == name)


def _change(bank: SmallBank, client: FlaskClient, view: tuple[str, str], wish: str, **fields: str) -> str:
    return _post(client, f"/utforska/vyer/{_number(bank, *view)}", **{"gor": wish, "vy": "/utforska", **fields})


def test_a_kept_view_is_listed_for_its_owner_and_leads_back(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna, bo = sign_in("lasare", "anna"), sign_in("lasare", "bo")
    assert _keep(anna, "Boende per år") == VIEW + "#sparade"
    root = page(anna, VIEW)
    assert texts(root, ".alert") == ["Vyn är sparad: Boende per år."]
    assert links(root, "[aria-labelledby=sparade] h3 a") == [VIEW]
    assert not links(page(bo, "/utforska"), "[aria-labelledby=sparade] h3 a")


def test_a_stranger_is_offered_to_sign_in_and_comes_back_to_the_view(reader: FlaskClient) -> None:
    (link,) = links(page(reader, VIEW), "[aria-labelledby=sparade] a")
    assert dict(parse_qsl(urlsplit(link).query)) == {"nasta": VIEW}
    answer = reader.post(
        "/utforska/vyer", data={"csrf_token": csrf_token(reader, "/logga-in"), "namn": "x", "vy": VIEW}
    )
    assert answer.location.startswith("/logga-in")


def test_a_view_is_renamed_and_removed(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna = sign_in("lasare", "anna")
    _keep(anna, "Boende")
    _change(bank, anna, ("anna", "Boende"), "namn", namn="Boende i år")
    assert texts(page(anna, "/utforska"), "[aria-labelledby=sparade] h3") == ["Boende i år"]
    _change(bank, anna, ("anna", "Boende i år"), "bort")
    assert not texts(page(anna, "/utforska"), "[aria-labelledby=sparade] h3")


def test_somebody_elses_view_is_not_there(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna, eva = sign_in("analytiker", "anna"), sign_in("redaktor", "eva")
    _keep(anna, "Boende")
    number = _number(bank, "anna", "Boende")
    for wish in ("namn", "bort", "start", "av-start"):
        data = {"csrf_token": csrf_token(eva, "/om"), "gor": wish, "vy": "/utforska", "namn": "mitt"}
        for one in (number, 10**22):  # the latter is more than the record can count to
            assert eva.post(f"/utforska/vyer/{one}", data=data).status_code == 404, (wish, one)


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Ge vyn ett namn"), ("å" * 121, "Ge vyn ett namn"), ("BOENDE", "Du har redan en vy med det namnet")],
)
def test_a_name_that_cannot_be_kept_is_refused_in_words(bank: SmallBank, sign_in: SignIn, name: str, said: str) -> None:
    bank.index()
    anna = sign_in("lasare", "anna")
    _keep(anna, "Boende")
    page(anna, "/utforska")
    _keep(anna, name)
    root = page(anna, "/utforska")
    assert said in texts(root, ".alert--warn")[0]
    assert texts(root, "[aria-labelledby=sparade] h3") == ["Boende"]


@pytest.mark.parametrize(
    "address",
    ["", "https://example.org/utforska", "//example.org/utforska", "/administration/index", "/logga-ut", "javascript:1",
     "/utforska/../om", "utforska", "/sok/forslag?q=a", "/utforska?" + "a=b&" * 600, "/sok?q=" + "a" * 5000, "http://[x/utforska"],
)  # fmt: skip
def test_only_views_and_searches_of_this_bank_are_kept(bank: SmallBank, sign_in: SignIn, address: str) -> None:
    bank.index()
    anna = sign_in("lasare", "anna")
    answer = anna.post("/utforska/vyer", data={"csrf_token": csrf_token(anna, "/om"), "namn": "x", "vy": address})
    assert answer.status_code == 400
    assert not texts(page(anna, "/utforska"), "[aria-labelledby=sparade] h3")


def test_a_view_too_large_to_keep_says_so_and_leads_back_to_it(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna = sign_in("lasare", "anna")
    _keep(anna, "Boende")
    page(anna, "/utforska")
    large = "/sok?q=" + "%C3%A5" * 700
    assert _keep(anna, "Stor", large) == large
    root = page(anna, "/utforska")
    (told,) = texts(root, ".alert--warn")
    assert "adressen har 4 207 tecken och det får plats 4 000." in told
    _change(bank, anna, ("anna", "Boende"), "namn", namn="Boende i år", vy=large)
    assert texts(page(anna, "/utforska"), "[aria-labelledby=sparade] h3") == ["Boende i år"]


def test_what_is_kept_has_only_the_parameters_that_the_bank_knows(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna = sign_in("lasare", "anna")
    _keep(anna, "Vy", "/utforska?rader=ar&csrf_token=abc&x=%3Cscript%3E&nasta=//example.org")
    _keep(anna, "Sök", "/sok?q=boende&sak=aldre&y=1#x")
    found = links(page(anna, "/utforska"), "[aria-labelledby=sparade] h3 a")
    assert found == ["/sok?q=boende&sak=aldre", "/utforska?rader=ar"]


@pytest.mark.parametrize(
    ("role", "status"), [("lasare", 403), ("redaktionsrad", 403), ("analytiker", 303), ("redaktor", 303)]
)
def test_analysts_and_editors_put_views_on_the_start_page(
    bank: SmallBank, sign_in: SignIn, role: str, status: int
) -> None:
    bank.index()
    anna = sign_in(role, "anna")
    _keep(anna, "Vy")
    offered = any("Visa på startsidan" in text for text in texts(page(anna, "/utforska"), "button"))
    assert offered is (status == 303)
    data = {"csrf_token": csrf_token(anna, "/om"), "gor": "start", "vy": "/utforska"}
    assert anna.post(f"/utforska/vyer/{_number(bank, 'anna', 'Vy')}", data=data).status_code == status


def test_the_start_page_shows_the_figures_of_each_visitors_rights(
    filled: SmallBank, client: FlaskClient, sign_in: SignIn
) -> None:
    anna = sign_in("analytiker", "anna")
    _keep(anna, "Utfall", "/utforska?rader=utfall&kolumner=inga")
    _keep(anna, "Boendestöd", "/sok?q=boendestöd")
    for name in ("Utfall", "Boendestöd"):
        _change(filled, anna, ("anna", name), "start")
    outside, inside = page(client, "/"), page(sign_in("lasare", "bo"), "/")
    for root, visitor in ((outside, client), (inside, anna)):
        for row in select(root, "[aria-labelledby=vald-1] tr"):
            (link,) = links(row, "a")
            assert f" i {texts(row, 'td')[-1]} projekt" in texts(page(visitor, link), "h1")[0]
        (search,) = links(root, "[aria-labelledby=vald-2] h2 a")
        assert texts(page(visitor, search), "h1")[0] in texts(root, "[aria-labelledby=vald-2] p")[0]
    said = [texts(root, "[aria-labelledby=vald-1] p")[0] for root in (outside, inside)]
    assert said[0] != said[1]  # one project is for staff only


def test_those_who_edit_take_off_what_somebody_else_put_there(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna, lasse, eva = sign_in("analytiker", "anna"), sign_in("analytiker", "lasse"), sign_in("redaktor", "eva")
    _keep(anna, "Vy")
    _change(bank, anna, ("anna", "Vy"), "start")
    data = {"gor": "av-start", "vy": "/utforska"}
    number = _number(bank, "anna", "Vy")
    refused = lasse.post(f"/utforska/vyer/{number}", data={**data, "csrf_token": csrf_token(lasse, "/om")})
    assert refused.status_code == 404
    assert texts(page(eva, "/utforska"), "[aria-labelledby=sparade] h3") == ["Vy"]
    _post(eva, f"/utforska/vyer/{number}", **data)
    assert not select(page(eva, "/"), "[aria-labelledby=vald-1]")
    assert texts(page(anna, "/utforska"), "[aria-labelledby=sparade] h3") == ["Vy"]


def test_a_fourth_view_finds_no_room_on_the_start_page(bank: SmallBank, sign_in: SignIn) -> None:
    bank.index()
    anna = sign_in("analytiker", "anna")
    for name in ("Ett", "Två", "Tre", "Fyra"):
        _keep(anna, name)
        _change(bank, anna, ("anna", name), "start")
    assert "Ta bort en först" in " ".join(texts(page(anna, "/utforska"), ".alert--warn"))
    assert len([one for one in texts(page(anna, "/utforska"), "[aria-labelledby=sparade] .meta") if one]) == 3
