"""The comparison over the years: every figure opens what it counts, and the page says what that is."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.webapp.addresses import documents_counted, links, page, select, texts

ADDRESSES = (
    "/utforska?a=hyra&b=enkät",
    "/utforska?q=boendestöd&a=hyresvärden",
    "/utforska?q=hyresvärden+brukarrådet+xyzzy&a=hyra",
    "/utforska?q=hyresvärden+brukarrådet&ord=nagot&a=hyra&b=enkät+OR",
    "/utforska?sak=aldre&fran=2013&till=2019&a=hyra&matt=antal",
    "/utforska?inte=typ:projektplan&a=hyra+OR+enkät&b=%22hyra",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_figure_of_a_year_opens_what_it_counts(reader: FlaskClient, address: str) -> None:
    cells = select(page(reader, address), "#jamfor-tabell td a")
    assert cells
    for cell in cells:
        told = int(re.sub(r"\D", "", texts(cell, "b")[0]))
        assert documents_counted(page(reader, str(cell.get("href")))) == told, cell.get("href")


def test_what_has_no_known_year_has_no_years_to_compare(reader: FlaskClient) -> None:
    root = page(reader, "/utforska?ar=-&a=hyra")
    assert not select(root, "#jamfor-tabell")
    assert not links(root, "[aria-labelledby=jamfor] .downloads a")
    assert "Inget av dokumenten har ett känt år." in root.text_content()
    assert reader.get("/utforska/jamforelse.csv?ar=-&a=hyra", buffered=True).status_code == 200


def _counts(reader: FlaskClient, address: str) -> list[str]:
    return texts(select(page(reader, address), "#jamfor-tabell")[0], "td b")


def test_under_a_base_of_any_of_its_words_any_of_them_is_enough(reader: FlaskClient) -> None:
    any_word = _counts(reader, "/utforska?q=boende+xyzzy&ord=nagot&a=enkät")
    assert any_word == _counts(reader, "/utforska?q=boende&a=enkät")
    assert any(int(told) for told in any_word)


@pytest.mark.parametrize(
    ("base", "is_said"),
    [
        ("q=boende+xyzzy&ord=nagot", False),
        ("q=boende+enkät&ord=alla", False),
        ("q=boende+xyzzy+%22motiverande+samtal%22&ord=nagot", True),
        ("q=boende+enkät&ord=liknande", True),
    ],
)
def test_where_all_words_of_the_base_are_asked_for_all_the_same_the_page_says_so(
    reader: FlaskClient, base: str, is_said: bool
) -> None:
    said = "Jämförelsen räknar dokument som har alla ord i grundsökningen"
    assert (said in page(reader, f"/utforska?{base}&a=enkät").text_content()) is is_said
