"""The web pages on a real bank: SQLite, tantivy, and documents brought there by the workers' own steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from tests.webapp.samples import fill
from tests.webapp.small_bank import SmallBank
from webapp import create_app

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def bank(settings: Settings) -> Iterator[SmallBank]:
    """An empty bank in a fresh folder."""
    made = SmallBank(settings)
    yield made
    made.close()


@pytest.fixture
def app(bank: SmallBank) -> Iterator[Flask]:
    yield from _app(bank.settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def sign_in(bank: SmallBank, app: Flask) -> SignIn:
    """A new client, signed in through the form as somebody of the given role."""

    def signed_in(role: str = "redaktor", name: str = "anna") -> FlaskClient:
        password = "en lång lösenfras"
        bank.person(role, name, password)
        client = app.test_client()
        answer = client.post(
            "/logga-in", data={"namn": name, "losenord": password, "csrf_token": csrf_token(client, "/logga-in")}
        )
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return client

    return signed_in


def csrf_token(client: FlaskClient, path: str) -> str:
    """The token of the forms on a page, for this client's session."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found, f"No form with a token on {path}."
    return found[1]


@pytest.fixture(scope="session")
def filled_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBank]:
    """A bank with the sample projects; for tests that only read."""
    made = SmallBank(Settings(data=str(tmp_path_factory.mktemp("filled")), workers="1", web_processes="1"))
    fill(made)
    yield made
    made.close()


@pytest.fixture(scope="session")
def filled_app(filled_bank: SmallBank) -> Iterator[Flask]:
    yield from _app(filled_bank.settings)


@pytest.fixture
def reader(filled_app: Flask) -> FlaskClient:
    """Somebody who has not signed in, on the bank with the sample projects."""
    return filled_app.test_client()


def _app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.config["TESTING"] = True
    yield app
    app.extensions["bank"].close()
