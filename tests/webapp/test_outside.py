"""Addresses in what leaves the bank, where it is mounted under a path behind another server."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

FRONT = {"base_url": "https://stad.example/bank/"}
ROOT = "https://stad.example/bank/"


def written(client: FlaskClient, address: str) -> str:
    """The text of a file, of a workbook all its cells."""
    data = client.get(address, buffered=True, **FRONT).get_data()
    if ".xlsx" in address:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return " ".join(
            str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
        )
    return data.decode()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/sok/export.csv?q=boendestöd", "dokument/"),
        ("/sok/export.xlsx?q=boendestöd", "sok?q="),
        ("/sok/export.json?q=boendestöd", "sok?q="),
        ("/api/v1/hits?q=boendestöd", "dokument/"),
        ("/utforska/tabell.csv?q=boendestöd", "utforska?q="),
        ("/utforska/tabell.xlsx?q=boendestöd", "sok?q="),
        ("/utforska/diagram.xlsx?q=boendestöd", "utforska?q="),
        ("/utforska/arsrapport.html?ar=2019", "projekt/"),
    ],
)
def test_every_file_names_the_bank_as_people_reach_it(reader: FlaskClient, address: str, path: str) -> None:
    told = written(reader, address)
    assert ROOT + path in told
    assert "https://stad.example/" not in told.replace(ROOT, "")
