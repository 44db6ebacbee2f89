from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from settings import Settings
from tests.webapp.addresses import page, select
from tests.webapp.conftest import SignIn
from webapp import create_app

PAGES = ["/", "/sok?q=boendestöd", "/om", "/om/sok", "/om/kakor", "/tillganglighet", "/finns/inte", "/api/v1/search"]


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_forbids_what_comes_from_elsewhere(reader: FlaskClient, address: str) -> None:
    headers = reader.get(address).headers
    policy = headers["Content-Security-Policy"]
    for demanded in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"):
        assert demanded in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", PAGES)
def test_no_answer_is_kept_for_others_or_shown_again_without_asking(reader: FlaskClient, address: str) -> None:
    headers = reader.get(address).headers
    kept = {word.strip() for word in headers["Cache-Control"].split(",")}
    assert "private" in kept
    assert kept & {"no-cache", "no-store"}
    assert "Cookie" in headers["Vary"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/sok", "no-store"),
        ("/administration", "no-store"),
        ("/nytt-projekt", "no-cache"),
        ("/uppladdning", "no-cache"),
    ],
)
def test_a_browser_forgets_what_was_read_but_no_form(sign_in: SignIn, address: str, kept: str) -> None:
    assert sign_in().get(address).headers["Cache-Control"] == f"private, {kept}"


@pytest.mark.parametrize("address", PAGES)
def test_a_reader_who_only_searches_gets_no_cookie(reader: FlaskClient, address: str) -> None:
    assert "Set-Cookie" not in reader.get(address).headers


@pytest.mark.parametrize("address", PAGES[:6])
def test_pages_hold_no_style_script_or_handler_of_their_own(reader: FlaskClient, address: str) -> None:
    found = page(reader, address)
    assert not select(found, "style,[style]")
    assert all(script.get("src") for script in select(found, "script"))
    assert not [name for one in found.iter() for name in one.attrib if name.startswith("on")]


@pytest.mark.parametrize("address", PAGES[:6])
def test_every_link_within_the_bank_leads_somewhere(reader: FlaskClient, address: str) -> None:
    found = page(reader, address)
    inside = {str(one.get("href")).partition("#")[0] for one in select(found, "a[href^=/]")}
    assert inside
    for link in sorted(inside):
        with reader.get(link) as answer:
            assert answer.status_code in {200, 303}, link


@pytest.mark.parametrize("address", PAGES[:6])
def test_every_link_within_a_page_has_its_place(reader: FlaskClient, address: str) -> None:
    found = page(reader, address)
    ids = {one.get("id") for one in select(found, "[id]")}
    assert {str(one.get("href"))[1:] for one in select(found, "a[href^=#]")} <= ids
    assert len(ids) == len(select(found, "[id]"))


def test_session_cookies_are_closed_to_scripts_and_go_only_where_the_settings_say(settings: Settings) -> None:
    from dataclasses import replace

    app = create_app(replace(settings, secure_cookies="1"))
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_all_processes_agree_on_one_secret_key_that_only_its_owner_reads(settings: Settings) -> None:
    first, second = create_app(settings), create_app(settings)
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"]
    assert (settings.data_folder / "secret_key").stat().st_mode & 0o077 == 0
    assert len(list(settings.data_folder.glob(".secret_key*"))) == 0
