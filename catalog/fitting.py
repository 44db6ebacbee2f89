"""Whether values fit into their columns, asked before they are written: SQLite takes whatever it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.types import TypeEngine

from catalog.columns import Base
from catalog.errors import BadValue

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100  # of a project, a document or its money
LARGEST_SUM = 10**12  # kronor a year
LARGEST: dict[type[TypeEngine[Any]], int] = {Integer: 2**31 - 1, BigInteger: 2**63 - 1}


def check(table: type[Base], values: Mapping[str, Any]) -> None:
    """Raises BadValue for a text that is too long or holds a NUL, and for a number that is too large."""
    columns = table.__table__.columns
    for name, value in values.items():
        if isinstance(value, str):
            _check_text(columns[name], value)
        elif isinstance(value, int):
            _check_number(columns[name], value)


def _check_text(column: KeyedColumnElement[Any], text: str) -> None:
    longest = column.type.length if isinstance(column.type, String) else None
    if longest and len(text) > longest:
        raise BadValue(f"The {column.key} {text[:40]!r}… has {len(text)} characters; shorten it to {longest}.")
    if "\0" in text:
        raise BadValue(f"The {column.key} {text[:40]!r} holds a NUL; take it away.")


def _check_number(column: KeyedColumnElement[Any], number: int) -> None:
    largest = LARGEST.get(type(column.type))
    if largest and abs(number) > largest:
        raise BadValue(f"The {column.key} {number} is too large; the largest is {largest}.")
