"""The orders that a reader chooses, on the page and in the API."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.webapp.addresses import links, page, texts
from tests.webapp.small_bank import SmallBank

# In the order of their dates; é is an e, v and w are letters of their own, å ä ö come last.
TITLES = ("Östermalm", "Zon", "Ängen", "Årsta", "Wien", "Vida", "Étude", "Wallin", "vård", "2 år")
BY_TITLE = ["2 år", "Étude", "Vida", "vård", "Wallin", "Wien", "Zon", "Årsta", "Ängen", "Östermalm"]


@pytest.fixture
def sorted_bank(bank: SmallBank) -> SmallBank:
    for year, title in enumerate(TITLES, 2010):
        bank.document(title, ["Boendestöd."], day=date(year, 1, 1))
    bank.index()
    return bank


@pytest.mark.parametrize(
    ("sort", "titles"), [("titel", BY_TITLE), ("aldst", list(TITLES)), ("nyast", list(reversed(TITLES)))]
)
@pytest.mark.parametrize("question", ["q=boendestöd", ""])
def test_page_and_api_have_the_chosen_order(
    sorted_bank: SmallBank, client: FlaskClient, sort: str, titles: list[str], question: str
) -> None:
    assert texts(page(client, f"/sok?{question}&sort={sort}"), ".hit__title") == titles
    answer = client.get(f"/api/v1/search?{question}&sort={sort}").get_json()
    assert [one["title"] for project in answer["projects"] for one in project["documents"]] == titles
    assert sorted_bank


def test_each_order_is_one_click_away(sorted_bank: SmallBank, client: FlaskClient) -> None:
    offered = links(page(client, "/sok?q=boendestöd"), ".toolbar .choices a")
    assert {"/sok?q=boendest%C3%B6d&sort=aldst", "/sok?q=boendest%C3%B6d&sort=titel"} <= set(offered)
    assert sorted_bank
