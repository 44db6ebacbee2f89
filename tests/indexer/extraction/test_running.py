"""Running headers and footers, and what only looks like them."""

from __future__ import annotations

from indexer.extraction.frames import Line, RawPage
from indexer.extraction.running import find


def page(number: int, *lines: tuple[str, float]) -> RawPage:
    made = tuple(Line(text, 72.0, top, 300.0, 10.0, bold=False) for text, top in lines)
    return RawPage(number, "pdfium", made, width=595, height=842)


def test_a_line_at_the_same_place_on_three_pages_runs() -> None:
    runs = find([page(n, ("Farsta", 30.0), (f"text på sidan {n}", 400.0)) for n in range(1, 6)])
    assert runs.text == "Farsta"
    assert runs.lines == {(n, 0) for n in range(1, 6)}


def test_numbers_that_count_with_the_pages_are_left_out_of_it() -> None:
    assert find([page(n, (f"Slutrapport 2019 Sida {n} (6)", 800.0)) for n in range(1, 7)]).text == "Slutrapport 2019"
    assert find([page(n, (str(n + 4), 800.0)) for n in range(1, 7)]).text == ""


def test_other_numbers_make_it_text() -> None:
    runs = find([page(n, (f"Senaste lydelse 20{n * 7 % 10}1:{n * n}", 790.0)) for n in range(1, 7)])
    assert runs.lines == frozenset()


def test_header_and_footer_of_even_and_odd_pages_run_both() -> None:
    pages = [page(n, ("Vänster sida" if n % 2 else "Höger sida", 25.0)) for n in range(1, 9)]
    assert find(pages).text.split("\n") == ["Vänster sida", "Höger sida"]


def test_a_line_that_returns_in_the_middle_or_elsewhere_is_text() -> None:
    assert find([page(n, ("Mål och metod", 400.0)) for n in range(1, 6)]).lines == frozenset()
    assert find([page(n, ("Not", 730.0 + 25 * n)) for n in range(1, 5)]).lines == frozenset()


def test_nothing_runs_in_a_file_of_one_page() -> None:
    assert find([page(1, ("Farsta", 30.0))]).text == ""
