from __future__ import annotations

from dataclasses import replace

import pytest
from flask import request

from tests.webapp.small_bank import SmallBank
from webapp import create_app

FORWARDED = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxies", "seen"), [("0", "127.0.0.1 http"), ("1", "192.0.2.7 https"), ("2", "203.0.113.9 http")]
)
def test_only_so_many_proxies_are_believed_as_are_said_to_stand_there(bank: SmallBank, proxies: str, seen: str) -> None:
    app = create_app(replace(bank.settings, proxies=proxies))
    app.add_url_rule("/vem", view_func=lambda: f"{request.remote_addr} {request.scheme}")
    assert app.test_client().get("/vem", headers=FORWARDED).get_data(as_text=True) == seen
