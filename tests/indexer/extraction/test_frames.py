"""A page that a child tells arrives as it was, or is refused."""

from __future__ import annotations

import json
from math import inf

import pytest

from indexer.extraction.frames import Line, RawPage

LINES = (
    Line("Sammanfattning", 72.1, 56.7, 301.3, 16.0, bold=True),
    Line("\ud800 trasig", -inf, 1e30, 0.1, 0.0, bold=False),
)


def told(page: RawPage) -> dict[str, object]:
    """As it comes out of a frame."""
    value: dict[str, object] = json.loads(json.dumps(page.to_json()))
    return value


@pytest.mark.parametrize("lines", [LINES, ()])
def test_a_page_arrives_as_it_was_told(lines: tuple[Line, ...]) -> None:
    page = RawPage(3, "pdfium", lines, text="ord", headings=(("Bilaga", 2),), width=595.3, height=841.9, pictures=True)
    assert RawPage.from_json(told(page)) == page


@pytest.mark.parametrize(
    "lines", [[["rad"], ""], [["rad"], "AAAA"], [[], "AAAAAAAAAAA="], ["rad"], [5, ""], [["rad"], "å"]]
)
def test_lines_without_their_numbers_are_refused(lines: list[object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        RawPage.from_json(told(RawPage(1, "pdfium")) | {"lines": lines})
