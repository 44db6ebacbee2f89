"""What the search page says about the spelling, and that no link flips what was decided."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webapp.addresses import links, page, select, texts
from tests.webapp.small_bank import SmallBank


@pytest.fixture(autouse=True)
def _filled(bank: SmallBank) -> None:
    for number in range(12):
        project = bank.project(f"Projekt {number}", chosen={"subject_area": ["Äldre"]})
        bank.document(f"Rapport {number}", ["Vräkning av barnfamiljer & andra"], project_id=project)
    bank.index()


def test_what_finds_nothing_is_mended_at_once_with_the_way_back(client: FlaskClient) -> None:
    shown = page(client, "/sok?q=vräknig+barnfamiljer")
    assert texts(shown, "#stavning") == [
        "Visar träffar för vräkning barnfamiljer. Sök i stället efter vräknig barnfamiljer"
    ]
    assert select(shown, "#q")[0].get("value") == "vräkning barnfamiljer"
    (back,) = links(shown, "#stavning a")
    assert back == "/sok?q=vr%C3%A4knig+barnfamiljer&ratta=nej"
    original = page(client, back)
    assert texts(original, "#stavning") == ["Menade du vräkning barnfamiljer?"]
    assert links(original, "#stavning a") == ["/sok?q=vr%C3%A4kning+barnfamiljer"]


def test_every_link_of_the_page_carries_what_was_decided(client: FlaskClient) -> None:
    shown = page(client, "/sok?q=vräknig+barnfamiljer")
    onward = [link for link in links(shown, "#innehall a") if link.startswith("/sok?") and "ratta=nej" not in link]
    assert onward
    assert all("q=vr%C3%A4kning+barnfamiljer&skrev=vr%C3%A4knig+barnfamiljer" in link for link in onward)
    for link in onward[:4]:
        assert "Visar träffar för" in texts(page(client, link), "#stavning")[0]
    kept = {field.get("name"): field.get("value") for field in select(shown, "form input[type=hidden]")}
    assert kept.get("skrev", "vräknig barnfamiljer") == "vräknig barnfamiljer"


def test_as_written_stays_as_written_on_every_link(client: FlaskClient) -> None:
    shown = page(client, "/sok?q=vräknig+barnfamiljer&ratta=nej")
    onward = [link for link in links(shown, "#innehall a") if link.startswith("/sok?q=vr%C3%A4knig")]
    assert onward
    assert all("ratta=nej" in link for link in onward)


def test_what_was_typed_is_shown_as_text_only(client: FlaskClient) -> None:
    shown = page(client, "/sok?q=vräkning&skrev=<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in texts(shown, "#stavning")[0]
    assert not select(shown, "#stavning script")


def test_programs_are_told_too(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=vräknig+barnfamiljer").get_json()
    assert found["spelling"] == {
        "applied": True,
        "typed": "vräknig barnfamiljer",
        "proposed": "vräkning barnfamiljer",
        "link": "/sok?q=vr%C3%A4knig+barnfamiljer&ratta=nej",
    }
    assert client.get("/api/v1/search?q=vräkning").get_json()["spelling"] is None
