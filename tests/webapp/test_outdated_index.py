"""An index of an older mapping, on both engines: it serves, the page says so, a click and a yes build a new one."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import pytest

from settings import Settings
from tests.outdated import outdate
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from workers.sweep import sweep

HERE = "/administration/index"


@pytest.fixture
def settings(tmp_path: Path, either_engine: dict[str, str]) -> Settings:
    return Settings.from_environ({"KB_DATA": str(tmp_path / "data"), **either_engine})


def test_an_outdated_index_is_told_and_rebuilt_by_a_click_and_a_yes(bank: SmallBank, sign_in: SignIn) -> None:
    bank.document("Rapport", ["Boendestöd"])
    bank.index()
    live = outdate(bank.workers)
    sweep(bank.workers)
    client = sign_in()
    found = page(client, HERE)
    assert "äldre fält eller ordregler" in texts(found, ".alert")[0]
    assert links(found, ".btn--main") == [f"{HERE}/bygg-om"]
    answer = client.post(f"{HERE}/bygg-om", data={"csrf_token": csrf_token(client, f"{HERE}/bygg-om")})
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.SEE_OTHER, HERE)
    going_on = page(client, HERE)
    assert "Ombyggnad pågår" in texts(going_on, "h2")
    assert f"{HERE}/bygg-om" not in links(going_on, "main a")
    assert bank.workers.generations.live() == live
    bank.index()
    assert bank.workers.generations.live() != live
    assert not select(page(client, HERE), ".alert--warn")
