from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from webapp.export import sheets
from webapp.export.cells import LONGEST_CELL, Cell, csv_text, sheet_text
from webapp.export.sheets import Table, csv_lines, sheet_name, workbook

FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\ufeff=1",
    "＝1",
    "\n+1",
    "-",
    "=cmd|' /C calc'!A0",
]
HOSTILE = [
    *FORMULAS,
    "<r>&</r>",
    "<r><t>x</t></r>",
    "_x0041_",
    "a\0b",
    "\ud800",
    'a"b;c\r\nd',
    "]]>",
    "åäö 😀",
    "http://a",
]
CELLS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec=None), max_size=30),
    st.integers(),
    st.floats(),
    st.dates(),
    st.none(),
)


def _table(*rows: Sequence[Cell], name: str = "Träffar") -> Table:
    return Table(name, ("A", "B"), rows)


def _read(about: sheets.About, *tables: Table) -> dict[str, list[list[Any]]]:
    with workbook(about, tables) as file:
        book = CalamineWorkbook.from_filelike(file)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _lines(table: Table, about: sheets.About = ()) -> list[list[str]]:
    text = "".join(csv_lines(table, about))
    return list(csv.reader(StringIO(text.encode().decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_first_sheet_says_what_the_others_hold() -> None:
    read = _read([("Frågan", "hemtjänst"), ("Antal", "2")], _table(["a", 1], ["b", 2.5]), Table("Tom", ("C",), ()))

    assert list(read) == ["Om", "Träffar", "Tom"]
    assert read["Om"] == [["Frågan", "hemtjänst"], ["Antal", "2"]]
    assert read["Träffar"] == [["A", "B"], ["a", 1.0], ["b", 2.5]]
    assert read["Tom"] == [["C"]]


def test_numbers_and_days_are_read_as_such_and_what_is_missing_as_nothing() -> None:
    rows = _table([date(2019, 12, 31), 14_200_000], [None, float("nan")], ["", 0], [10**16, date(1850, 1, 2)])

    assert _read([], rows)["Träffar"][1:] == [
        [date(2019, 12, 31), 14_200_000.0],
        ["", ""],
        ["", 0.0],
        ["10000000000000000", "1850-01-02"],
    ]
    assert _lines(
        _table([0.31, date(2019, 12, 31)], [None, float("inf")], [-5, datetime(2020, 1, 2, 3, 4, tzinfo=UTC)])
    )[1:] == [
        ["0,31", "2019-12-31"],
        ["", ""],
        ["-5", "2020-01-02 03:04:00+00:00"],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert csv_text(text).startswith("'")
    with workbook([(text, text)], [Table(text, (text,), [[text]])]) as file, ZipFile(file) as parts:
        for name in parts.namelist():
            assert b"<f>" not in parts.read(name)
            assert b"hyperlink" not in parts.read(name)


@pytest.mark.parametrize("text", ["hemtjänst", "a=b", "5-årsplan", "(-1)", "", "'citat'"])
def test_other_texts_stand_in_a_csv_file_as_they_are(text: str) -> None:
    assert csv_text(text) == text


def test_a_csv_file_begins_with_what_it_is_in_one_cell_and_then_names_the_columns() -> None:
    about = [("Fråga", 'hemtjänst; "natt"\nny rad'), ("Antal", "1")]

    lines = "".join(csv_lines(_table(["å;ä", 'sa "ö"']), about)).encode().split(b"\r\n")

    assert lines[0].startswith(b"\xef\xbb\xbf")
    assert _lines(_table(["å;ä", 'sa "ö"\r\noch gick']), about) == [
        ['Fråga: hemtjänst; "natt" ny rad · Antal: 1'],
        ["A", "B"],
        ["å;ä", 'sa "ö"\noch gick'],
    ]
    assert len(lines) == 4


@settings(max_examples=50)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=6), st.sampled_from(HOSTILE))
def test_whatever_the_cells_hold_the_file_has_its_rows_and_columns(rows: list[list[Cell]], name: str) -> None:
    read = _lines(_table(*rows))
    assert [len(row) for row in read] == [2] * (len(rows) + 1)
    assert not [cell for row in read for cell in row if cell[:1] in "=+@\t\r" and cell]

    with workbook([(name, name)], [_table(*rows, name=name), _table(*rows, name=name)]) as file:
        with ZipFile(file) as parts:
            trees = [etree.fromstring(parts.read(part)) for part in parts.namelist() if "worksheets/" in part]
        file.seek(0)
        assert len(CalamineWorkbook.from_filelike(file).sheet_names) == 3
    for tree in trees[1:]:
        assert len(tree.findall(".//{*}row")) <= len(rows) + 1
        assert not tree.findall(".//{*}f")


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=50).filter(lambda t: t.strip())
)
def test_an_ordinary_text_comes_back_from_a_workbook_as_it_was(text: str) -> None:
    read = _read([], _table(["x", text]))["Träffar"][1][1]

    assert read == text


def test_a_text_beyond_what_a_cell_holds_says_that_it_goes_on() -> None:
    whole, longer = "ä" * LONGEST_CELL, "😀" * LONGEST_CELL

    assert sheet_text(whole) == whole
    assert sheet_text(longer).endswith(" […] (texten är längre än vad en cell rymmer)")
    assert len(sheet_text(longer).encode("utf-16-le")) // 2 in {LONGEST_CELL, LONGEST_CELL - 1}
    assert _read([], _table(["x", longer]))["Träffar"][1][1] == sheet_text(longer)


def test_rows_beyond_what_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS_OF_SHEET", 3)

    read = _read([], Table("Träffar", ("A", "B"), (("x", number) for number in range(5))))

    assert list(read) == ["Om", "Träffar", "Träffar (2)", "Träffar (3)"]
    assert [row[1] for row in chain(*(read[name][1:] for name in list(read)[1:]))] == [0, 1, 2, 3, 4]
    assert all(read[name][0] == ["A", "B"] for name in list(read)[1:])


@pytest.mark.parametrize("name", ["a" * 40, "a/b:c*d?[e]\\", "''", "", "History", "Om", "om", " x' ", "a\0b"])
def test_any_name_becomes_one_that_a_sheet_can_have(name: str) -> None:
    made = sheet_name(name, ["Om", "Tabell"])

    assert 0 < len(made) <= 31
    assert made.casefold() not in {"om", "tabell", "history"}
    assert len(_read([], Table(name, ("A",), ()), Table(made, ("A",), ()))) == 3


def _falling_over() -> Iterator[list[Cell]]:
    yield ["a", 1]
    raise OSError("the record is gone")


def test_nothing_is_left_on_the_disk_when_it_is_done_or_when_a_row_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with workbook([], [_table(["a", 1])]) as file:
        assert file.read(2) == b"PK"
    with pytest.raises(OSError, match="the record is gone"):
        workbook([], [Table("Träffar", ("A", "B"), _falling_over())])

    assert not list(tmp_path.iterdir())
