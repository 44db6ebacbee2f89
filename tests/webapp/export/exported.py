"""Reading exports in tests as people's programs do."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook


@dataclass(frozen=True)
class Exported:
    """about: what stands over the list, as it is written there. rows: values as text, by the names of columns."""

    about: str
    rows: list[dict[str, str]]


def export(client: FlaskClient, form: str, question: str) -> bytes:
    with client.get(f"/sok/export.{form}?{question}") as answer:
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=kunskapsbanken-")
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        return answer.get_data()


def read_lines(client: FlaskClient, question: str = "") -> list[dict[str, Any]]:
    """What the program's answer holds, line by line."""
    with client.get(f"/api/v1/hits?{question}") as answer:
        assert answer.mimetype == "application/x-ndjson"
        return [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]


def read_csv(client: FlaskClient, question: str = "") -> Exported:
    text = export(client, "csv", question).decode("utf-8-sig")
    first, names, *lines = csv.reader(StringIO(text, newline=""), delimiter=";")
    return Exported(first[0], [dict(zip(names, line, strict=True)) for line in lines])


def read_xlsx(client: FlaskClient, question: str = "") -> Exported:
    book = CalamineWorkbook.from_filelike(BytesIO(export(client, "xlsx", question)))
    assert len(book.sheet_names) == 2
    about, (names, *lines) = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    told = " · ".join(f"{name}: {value}" for name, value in about)
    return Exported(told, [dict(zip(map(str, names), map(_text, line), strict=True)) for line in lines])


def read_json(client: FlaskClient, question: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export(client, "json", question))
    return found


def _text(value: object) -> str:
    """As the CSV file writes it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
