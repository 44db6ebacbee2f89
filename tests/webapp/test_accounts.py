from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog import users
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from webapp.accounts import safe_target
from webapp.throttle import FREE_TRIES

PASSWORD = "en lång lösenfras"


def _try(client: FlaskClient, name: str, password: str, **fields: str) -> TestResponse:
    sent = {"namn": name, "losenord": password, "csrf_token": csrf_token(client, "/logga-in"), **fields}
    return client.post("/logga-in", data=sent)


def test_a_wrong_name_and_a_wrong_password_are_told_alike(bank: SmallBank, client: FlaskClient) -> None:
    bank.person("redaktor", "anna", PASSWORD)
    wrong_password = _try(client, "anna", "något annat")
    wrong_name = _try(client, "annan", PASSWORD)
    assert wrong_password.status_code == wrong_name.status_code == 422
    told = "Namnet eller lösenordet stämmer inte"
    assert told in wrong_password.get_data(as_text=True)
    assert told in wrong_name.get_data(as_text=True)
    assert 'value="annan"' in wrong_name.get_data(as_text=True)


def test_signing_in_leads_to_the_page_that_was_asked_for(bank: SmallBank, client: FlaskClient) -> None:
    bank.person("redaktor", "anna", PASSWORD)
    asked = client.get("/uppladdning")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/logga-in?nasta=/uppladdning"
    answer = _try(client, "anna", PASSWORD, nasta="/uppladdning")
    assert answer.headers["Location"] == "/uppladdning"
    assert client.get("/uppladdning").status_code == 200


def test_the_session_cookie_is_for_http_only_and_new_after_signing_in(bank: SmallBank, client: FlaskClient) -> None:
    bank.person("redaktor", "anna", PASSWORD)
    client.get("/logga-in")
    before = client.get_cookie("inloggning")
    answer = _try(client, "anna", PASSWORD)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    with client.session_transaction() as session:
        assert "csrf_token" not in session  # the secret of the earlier visitor is gone
    assert client.get_cookie("inloggning") != before


@pytest.mark.parametrize("change", ["password", "role", "blocked", "inactive in the record alone"])
def test_a_changed_account_ends_its_sessions(bank: SmallBank, sign_in: SignIn, change: str) -> None:
    client = sign_in()
    assert client.get("/uppladdning").status_code == 200
    with bank.workers.database.transaction() as session:
        user = users.by_name(session, "anna")
        assert user
        changes: dict[str, Callable[[], object]] = {
            "password": lambda: users.set_password(session, user.id, "en annan lång lösenfras"),
            "role": lambda: users.set_role(session, user.id, "administrator"),
            "blocked": lambda: users.block(session, user.id),
            "inactive in the record alone": lambda: setattr(user, "active", False),
        }
        changes[change]()
    assert client.get("/uppladdning").status_code == 303


def test_signing_out_ends_the_session(sign_in: SignIn) -> None:
    client = sign_in()
    answer = client.post("/logga-ut", data={"csrf_token": csrf_token(client, "/uppladdning")})
    assert answer.status_code == 303
    assert client.get("/uppladdning").status_code == 303


def test_a_form_without_its_token_is_turned_away(bank: SmallBank, client: FlaskClient) -> None:
    bank.person("redaktor", "anna", PASSWORD)
    answer = client.post("/logga-in", data={"namn": "anna", "losenord": PASSWORD})
    assert answer.status_code == 400
    assert "Formuläret gäller inte längre" in answer.get_data(as_text=True)


def test_guessing_is_slowed_down_with_a_plain_answer(bank: SmallBank, client: FlaskClient) -> None:
    bank.person("redaktor", "anna", PASSWORD)
    for _ in range(FREE_TRIES):
        assert _try(client, "anna", "gissning").status_code == 422
    answer = _try(client, "anna", PASSWORD)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Vänta" in answer.get_data(as_text=True)


def test_a_reader_may_not_enter_the_editors_pages(sign_in: SignIn) -> None:
    reader = sign_in("lasare", "lasse")
    for address in ("/uppladdning", "/uppladdning/ko", "/nytt-projekt"):
        assert reader.get(address).status_code == 403


@pytest.mark.parametrize("name", ["", "a" * 5000, "anna\x00", "'; drop table", "\ud83d"])
def test_strange_names_are_only_wrong_names(app: Flask, name: str) -> None:
    answer = _try(app.test_client(), name.encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "x" * 5000)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/uppladdning", "/uppladdning"),
        ("/sok?q=a%20b&typ=slutrapport", "/sok?q=a%20b&typ=slutrapport"),
        ("", "/"),
        ("https://example.org/", "/"),
        ("//example.org", "/"),
        ("///example.org", "/"),
        ("/\\example.org", "/"),
        ("/\texample.org", "/"),
        ("/\n/example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("/logga-ut", "/"),
        ("/[", "/["),
    ],
)
def test_only_an_address_within_the_bank_is_a_target(wanted: str, target: str) -> None:
    assert safe_target(wanted) == target
