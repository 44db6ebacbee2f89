"""Files made of a view hold what the page shows, with the question, date and definitions before it."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from PIL import Image
from python_calamine import CalamineWorkbook

from tests.webapp.addresses import links, page, select, texts
from tests.webapp.small_bank import SmallBank
from webapp.explore.downloads import File, sent
from webapp.export.sheets import COLUMNS_OF_SHEET, Table
from webapp.search_url import BadQuery

VIEW = "/utforska?q=boendestöd&sak=socialpsykiatri&sak=aldre&rader=ar&kolumner=typ&rakna=dokument&a=hyresvärden&b=enkät"


def _sheets(client: FlaskClient, address: str) -> dict[str, list[list[Any]]]:
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _csv(client: FlaskClient, address: str) -> list[list[str]]:
    answer = client.get(address, buffered=True)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig")), delimiter=";"))


def _link(client: FlaskClient, view: str, name: str) -> str:
    """The address of a file, as the page offers it."""
    (found,) = [one for one in links(page(client, view), ".downloads a") if one.startswith(f"/utforska/{name}?")]
    return found


def test_a_table_as_excel_has_the_figures_of_the_page_and_says_what_they_are(reader: FlaskClient) -> None:
    sheets = _sheets(reader, _link(reader, VIEW, "tabell.xlsx"))
    told = {str(row[0]): str(row[1]) for row in sheets.pop("Om")}
    assert told["Fråga"] == "boendestöd"
    assert told["Sakområde"] == "Socialpsykiatri eller Äldre"
    assert told["Antal"].endswith("projekt")
    assert told["Adress"].startswith("http://localhost/utforska?q=boendest")
    assert {"Hämtad", "Förklaring", "Gäller"} <= set(told)
    ((name, rows),) = sheets.items()
    assert name == "År och dokumenttyp"
    shown = select(page(reader, VIEW), ".cross")[0]
    of_page = {texts(row, "th")[0]: texts(row, "td b")[-1] for row in select(shown, "tbody tr") if texts(row, "td b")}
    whole = rows[0].index("Alla dokument")
    of_file = {str(row[0]).removesuffix(".0"): row[whole] for row in rows[1:]}
    assert of_page
    assert all(of_file[year] == float(count) for year, count in of_page.items())


def test_a_table_as_csv_is_the_same(reader: FlaskClient) -> None:
    first, heads, *rows = _csv(reader, _link(reader, VIEW, "tabell.csv"))
    assert "Fråga: boendestöd" in first[0]
    sheets = _sheets(reader, _link(reader, VIEW, "tabell.xlsx"))
    assert heads == sheets["År och dokumenttyp"][0]
    assert len(rows) == len(sheets["År och dokumenttyp"]) - 1
    assert rows[-1][0] == "Alla dokument"


def test_a_file_has_the_rows_that_the_page_leaves_out(bank: SmallBank, client: FlaskClient) -> None:
    bank.project("Bo kvar", chosen={"keyword": [f"ord {n:03}" for n in range(150)]})
    bank.index()
    _, _, *rows = _csv(client, "/utforska/tabell.csv?rader=nyckelord&kolumner=inga")
    assert len(rows) == 151
    _, heads, *_ = _csv(client, "/utforska/tabell.csv?kolumner=nyckelord")
    assert "Ord 149" in heads


def test_what_looks_like_a_formula_is_a_text(bank: SmallBank, client: FlaskClient) -> None:
    bank.project("Bo kvar", chosen={"keyword": ["=1+1", "+46 8", "@namn"]})
    bank.index()
    answer = client.get("/utforska/tabell.csv?rader=nyckelord&kolumner=inga&q=%3D1%2B1")
    told = answer.get_data(as_text=True)
    assert "'=1+1" in told
    assert not [line for line in told.removeprefix("\ufeff").splitlines() if line.lstrip('"')[:1] in "=+@"]


@pytest.mark.parametrize("name", ["diagram", "jamforelse"])
def test_a_chart_is_a_drawing_a_picture_and_a_table(reader: FlaskClient, name: str) -> None:
    drawing = reader.get(_link(reader, VIEW, f"{name}.svg"), buffered=True)
    assert drawing.mimetype == "image/svg+xml"
    root = etree.fromstring(drawing.data)
    assert root.get("role") == "img"
    picture = Image.open(BytesIO(reader.get(_link(reader, VIEW, f"{name}.png"), buffered=True).data))
    assert picture.format == "PNG"
    assert picture.width == 1600
    _, heads, *rows = _csv(reader, _link(reader, VIEW, f"{name}.csv"))
    assert rows
    assert len(heads) > 2
    assert {"Om", "Diagram" if name == "diagram" else "Jämförelse"} == set(
        _sheets(reader, _link(reader, VIEW, f"{name}.xlsx"))
    )


def test_the_figures_of_a_comparison_are_those_of_the_page(reader: FlaskClient) -> None:
    _, _, *rows = _csv(reader, _link(reader, VIEW, "jamforelse.csv"))
    shown = select(page(reader, VIEW), "#jamfor-tabell tbody tr")
    assert [row[0] for row in rows] == [texts(row, "th")[0] for row in shown]
    for row, of_page in zip(rows, shown, strict=True):
        assert [row[1], row[2], row[4]] == [
            (texts(cell, "b") or texts(cell, ".none"))[0] for cell in select(of_page, "td")
        ]


@pytest.mark.parametrize(
    "address",
    ["/utforska/tabell.pdf", "/utforska/diagram.exe", "/utforska/jamforelse.svg", "/utforska/jamforelse.csv",
     "/utforska/diagram.png?q=finnsinteiettendadokument", "/utforska/tabell.svg"],
)  # fmt: skip
def test_there_is_no_file_of_what_is_not_there(reader: FlaskClient, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_a_file_answers_hostile_words_with_a_file(reader: FlaskClient) -> None:
    hostile = "q=%00%EF%BF%BF%3Cscript%3E&a=%EF%BF%BE%22&b=%3Csvg+onload%3D1%3E"
    for name in ("tabell.xlsx", "tabell.csv", "jamforelse.csv"):
        assert reader.get(f"/utforska/{name}?{hostile}", buffered=True).status_code in {200, 404}
    drawing = reader.get("/utforska/jamforelse.svg?a=%3Csvg+onload%3D1%3E&b=%EF%BF%BEhyra", buffered=True)
    assert b"<svg onload" not in drawing.data
    etree.fromstring(drawing.data)


def test_a_table_wider_than_a_worksheet_is_not_cut_but_offered_as_csv(filled_app: Flask) -> None:
    heads = tuple(f"Ord {n}" for n in range(COLUMNS_OF_SHEET + 1))
    with filled_app.test_request_context():
        with pytest.raises(BadQuery, match="fler kolumner än Excel rymmer"):
            sent(File("Bred", [], Table("Bred", heads, [])), "xlsx")
        whole = filled_app.make_response(sent(File("Bred", [], Table("Bred", heads, [])), "csv"))
    assert whole.get_data(as_text=True).rstrip().endswith(heads[-1])


@pytest.mark.parametrize("address", ["rader=medel&kolumner=inga", "rader=medel&kolumner=ar"])
def test_a_year_of_funds_has_what_was_granted_in_that_year(bank: SmallBank, client: FlaskClient, address: str) -> None:
    bank.project("Bo kvar", funding=[(2018, 300_000, 0), (2019, 200_000, 50_000)])
    bank.index()
    _, heads, *rows = _csv(client, f"/utforska/tabell.csv?{address}")
    place = heads.index("Beviljade medel, kr")
    assert [(row[0], row[place]) for row in rows] == [
        ("2018", "300000"),
        ("2019", "200000"),
        ("Alla projekt", "500000"),
    ]
