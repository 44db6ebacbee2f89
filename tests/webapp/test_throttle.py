from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask

from tests.webapp.small_bank import SmallBank
from webapp import create_app, throttle
from webapp.throttle import FREE_TRIES, FREE_TRIES_OF_ADDRESS


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.mark.usefixtures("in_app")
def test_tries_are_counted_before_it_is_known_how_they_went() -> None:
    assert [throttle.admit("anna", "10.0.0.1") for _ in range(FREE_TRIES)] == [0.0] * FREE_TRIES
    assert throttle.admit("anna", "10.0.0.1") > 0


@pytest.mark.usefixtures("in_app")
def test_the_case_of_a_name_gives_no_new_tries() -> None:
    for name in ("anna", "ANNA", "Anna", "aNNa", "annA"):
        assert throttle.admit(name, "10.0.0.1") == 0
    assert throttle.admit("anna", "10.0.0.1") > 0
    assert throttle.admit("anna", "10.0.0.2") == 0


@pytest.mark.usefixtures("in_app")
def test_a_right_password_frees_the_name_but_not_an_address_that_guesses_others() -> None:
    for number in range(FREE_TRIES_OF_ADDRESS - 1):
        throttle.admit(f"name {number}", "10.0.0.1")
    assert throttle.admit("anna", "10.0.0.1") == 0
    throttle.succeeded("anna", "10.0.0.1")
    assert throttle.admit("bo", "10.0.0.1") == 0
    assert throttle.admit("anna", "10.0.0.1") > 0


def test_all_processes_count_in_one_place(bank: SmallBank, app: Flask) -> None:
    another = create_app(bank.settings)
    for _ in range(FREE_TRIES):
        with app.app_context():
            throttle.admit("anna", "10.0.0.1")
    with another.app_context():
        assert throttle.admit("anna", "10.0.0.1") > 0
    another.extensions["bank"].close()


@pytest.mark.usefixtures("in_app")
def test_the_record_keeps_neither_names_nor_addresses(bank: SmallBank) -> None:
    throttle.admit("Anna Andersson", "192.0.2.17")
    with closing(sqlite3.connect(bank.settings.data_folder / "catalog.sqlite")) as record:
        kept = "\n".join(record.iterdump())
    assert "sign_in_failure" in kept
    assert "andersson" not in kept.casefold()
    assert "192.0.2.17" not in kept
