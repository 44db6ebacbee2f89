"""Lines of a page put in reading order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.frames import Line, RawPage
from indexer.extraction.pdf_order import reordered

PLACES = st.tuples(st.floats(-200, 900), st.floats(-200, 1100), st.floats(-50, 400), st.floats(0, 80))


def page(lines: list[Line]) -> RawPage:
    return RawPage(1, "pdfium", tuple(lines), width=595, height=842)


def line(text: str, left: float, top: float) -> Line:
    return Line(text, left, top, left + 150, 11, bold=False)


def test_lines_drawn_out_of_order_are_read_from_the_top() -> None:
    rows = [line(f"rad {n}", 72, 60 + 20 * n) for n in range(12)]
    assert list(reordered(page(rows[1::2] + rows[::2])).lines) == rows


def test_columns_stay_apart() -> None:
    left = [line(f"vänster {n}", 60, 60 + 13 * n) for n in range(8)]
    right = [line(f"höger {n}", 340, 60 + 13 * n) for n in range(8)]
    woven = [one for pair in zip(right, left, strict=True) for one in pair]
    assert list(reordered(page(woven)).lines) == left + right


@given(st.lists(PLACES, max_size=40))
def test_no_line_is_lost_wherever_it_stands(places: list[tuple[float, float, float, float]]) -> None:
    lines = [Line(str(n), x, y, x + w, size, bold=False) for n, (x, y, w, size) in enumerate(places)]
    assert sorted(reordered(page(lines)).lines) == sorted(lines)
