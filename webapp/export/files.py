"""The three forms of a hit list: CSV and JSON as pieces that are sent while they are made, XLSX as a finished file.

What breaks off in the middle never looks whole. JSON lacks its end, a CSV file says so in its last line, and the
connection is cut, so that a browser calls the download failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO, Any

from webapp.export.columns import Column, Words, cells
from webapp.export.hits import Row
from webapp.export.sheets import About, Table, csv_lines, csv_rows, workbook

Batches = Iterable[Sequence[Row]]


def csv_pieces(about: About, columns: tuple[Column, ...], batches: Batches, words: Words, broken: str) -> Iterator[str]:
    """broken: what the last line says where the list breaks off; its first line tells the number of rows."""
    names = tuple(str(column.label) for column in columns)
    yield "".join(csv_lines(Table("", names, ()), about))
    try:
        for batch in batches:
            yield "".join(csv_rows(cells(row, columns, words) for row in batch))
    except Exception:
        yield from csv_rows([[broken]])
        raise


def json_pieces(head: Mapping[str, Any], columns: tuple[Column, ...], batches: Batches, words: Words) -> Iterator[str]:
    """One object: the fields of the head, and "hits" with a line for each."""
    yield _written(head)[:-1] + ', "hits": ['
    between = "\n"
    for batch in batches:
        yield between + ",\n".join(_written(fields(row, columns, words)) for row in batch)
        between = ",\n"
    yield "\n]}\n"


def line_pieces(head: Mapping[str, Any], columns: tuple[Column, ...], batches: Batches, words: Words) -> Iterator[str]:
    """An object a line (NDJSON): the head, the hits, and {"end": true}, without which the answer is not whole."""
    yield _written(head) + "\n"
    for batch in batches:
        yield "".join(_written(fields(row, columns, words)) + "\n" for row in batch)
    yield _written({"end": True}) + "\n"


def sheets(about: About, name: str, columns: tuple[Column, ...], batches: Batches, words: Words) -> IO[bytes]:
    names = tuple(str(column.label) for column in columns)
    return workbook(about, [Table(name, names, (cells(row, columns, words) for batch in batches for row in batch))])


def fields(row: Row, columns: tuple[Column, ...], words: Words) -> dict[str, Any]:
    """The values of a row by the names of JSON, dates as 2019-12-31."""
    values = ((column.key, column.value(row, words)) for column in columns)
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values}


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
