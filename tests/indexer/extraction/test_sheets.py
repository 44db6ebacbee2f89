"""Sheets: values as people write them, headers beside them, long sheets, and workbooks that want to be large."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import xlsxwriter

from indexer import Extraction, UnreadableFile
from indexer.extraction.separated import separator
from indexer.extraction.table import LONGEST_PAGE, sheets_of
from tests.indexer.extraction import fyrbaken

Read = Callable[..., Extraction]


def test_values_stand_as_people_write_them(read: Read) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write_row(0, 0, ("Datum", "Andel", "Klar", "Summa"))
        sheet.write_datetime(
            1, 0, datetime(2019, 3, 7, tzinfo=UTC).replace(tzinfo=None), book.add_format({"num_format": "yyyy-mm-dd"})
        )
        sheet.write_row(1, 1, (12.5, True))
        sheet.write_formula(1, 3, "=SUM(B2)", None, 450000)

    text = read(fyrbaken.workbook(fill)).text
    assert "Datum: 2019-03-07 · Andel: 12,5 · Klar: ja · Summa: 450000" in text
    assert "SUM" not in text


def test_a_title_above_the_header_is_no_header(read: Read) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, "Beviljade medel 2019")
        sheet.write_row(2, 0, fyrbaken.HEADER)
        sheet.write_row(3, 0, fyrbaken.ROW)

    assert read(fyrbaken.workbook(fill)).text.split("\n\n") == [
        "Beviljade medel 2019",
        "Stadsdel · År · Beviljat",
        fyrbaken.TOLD_ROW,
    ]


def test_an_empty_sheet_keeps_its_number(read: Read) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Tom")
        book.add_worksheet("Full").write(0, 0, "ord")

    assert [(page.number, page.text) for page in read(fyrbaken.workbook(fill)).pages] == [(1, ""), (2, "ord")]


def test_a_sheet_too_long_for_a_page_goes_on_and_says_which_rows() -> None:
    rows = [("Namn", "Antal"), *((f"rad {n}", "x" * 200) for n in range(2, 400))]
    found = sheets_of([("Lista", rows)], 10_000_000)
    assert found.page_kind == "section"
    assert found.pages[0][0].startswith("Lista, rad 1–")
    assert found.pages[-1][0].endswith("–399")
    assert all(len(text) <= LONGEST_PAGE * 1.2 for _, text in found.pages)
    assert all(text.startswith(("Namn: rad", "Namn · ")) for _, text in found.pages)


def test_more_text_than_the_limit_is_cut_and_told() -> None:
    found = sheets_of([("Lista", [("ord " * 100,)] * 1000)], 10_000)
    assert found.cut
    assert sum(len(text) for _, text in found.pages) < 60_000


def test_a_million_empty_rows_are_none(read: Read) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, "Rubrik")
        for row in range(0, 1_048_576, 2000):
            sheet.write_blank(row, 3, None, book.add_format({"bold": True}))

    assert read(fyrbaken.workbook(fill)).text == "Rubrik"


def test_a_workbook_that_wants_more_memory_than_there_is_says_so(read: Read) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write(0, 0, "här")
        sheet.write(1_048_575, 16_383, "där")

    with pytest.raises(UnreadableFile) as caught:
        read(fyrbaken.workbook(fill))
    assert caught.value.reason == "too_large"


def test_repeated_cells_of_an_open_workbook_end_with_words_or_a_reason(read: Read) -> None:
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="string">'
    cell += "<text:p>x</text:p></table:table-cell>"
    try:
        extraction = read(
            fyrbaken.open_workbook(f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>')
        )
    except UnreadableFile as error:
        assert error.reason in {"too_large", "too_slow", "damaged"}  # noqa: PT017  either end is right
    else:
        assert len(extraction.text) < 20_000_000


def test_links_to_elsewhere_are_text_only(read: Read) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("A")
        sheet.write_formula(0, 0, "='[http://127.0.0.1:9/annan.xlsx]Blad'!A1", None, "hämtat värde")

    assert read(fyrbaken.workbook(fill)).text == "hämtat värde"


@pytest.mark.parametrize(
    ("text", "named", "found"),
    [
        ("a;b\n1;2\n3;4", True, ";"),
        ("a,b,c\n" * 6, False, ","),
        ("a\tb\tc\n" * 6, False, "\t"),
        ('namn;not\nx;"två\nrader; här"\ny;z', True, ";"),
        ("Kära alla, vi ses, som vanligt.\n" * 2, False, ""),
        (
            "En lång mening, som har komman, flera stycken, och som fortsätter länge utan att vara någon tabell.\n" * 8,
            False,
            "",
        ),
        ("en rad", True, ""),
        ("", True, ""),
        ("a;b;c\n1;2\n3;4;5;6\n7\n8;9;1;2;3", False, ""),
    ],
)
def test_a_table_is_text_with_a_steady_number_of_separators(text: str, named: bool, found: str) -> None:
    assert separator(text, named=named) == found


def test_excels_own_line_about_the_separator_is_obeyed(read: Read) -> None:
    extraction = read(b"sep=;\r\nNamn;Antal\r\nEva, Bo;2\r\nAnna, Per;3\r\n", "lista.csv")
    assert "Namn: Eva, Bo · Antal: 2" in extraction.text


def test_a_table_with_broken_quotes_keeps_its_words(read: Read) -> None:
    extraction = read(b'Namn;Antal\n"Eva;2\nBo;3\nAnna;4\n' * 3, "lista.csv")
    assert {"Eva", "Bo", "Anna"} <= set(extraction.text.replace(";", " ").replace(":", " ").replace('"', " ").split())
