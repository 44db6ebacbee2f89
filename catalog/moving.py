"""The whole record from one database into another one, whichever two they are, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, update

from catalog import migration
from catalog.database import Database
from catalog.errors import BadValue
from catalog.tables import TABLES

AT_ONCE = 500  # rows in memory; the largest are a page's tokens, some 20 kB


def move(source: Database, target: Database) -> dict[str, int]:
    """Copies every row and tells how many each table has; all or nothing. The source stays as it is.

    Raises BadValue where the source is of another version, the target holds anything, or a row fits into no column.
    """
    with source.reading() as opened:
        old = opened.connection()
        _check_version(old)
        target.migrate()
        with target.transaction() as session:
            new = session.connection()
            _check_empty(new)
            return {table.name: _copy(table, old, new) for table in TABLES.sorted_tables}


def _check_version(old: Connection) -> None:
    if (version := migration.version(old)) != migration.HEAD:
        raise BadValue(
            f"The source has version {version or 'none'}, this program needs {migration.HEAD}; "
            "run `kunskapsbanken status` on it with this program first."
        )


def _check_empty(new: Connection) -> None:
    if filled := [table.name for table in TABLES.sorted_tables if _count(table, new)]:
        raise BadValue(f"The target has rows already, in {', '.join(filled)}; give an empty database.")


def _copy(table: Table, old: Connection, new: Connection) -> int:
    """Columns that point at the table itself are filled in afterwards, when each row that they name is there."""
    inward = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    try:
        for rows in _rows(table, old):
            new.execute(insert(table), [row | {column.name: None for column in inward} for row in rows])
        for column in inward:
            _point(table, column, old, new)
    except BadValue as error:
        raise BadValue(f"Table {table.name}: {error}") from error
    count = _count(table, new)
    if count != _count(table, old):
        raise BadValue(f"Table {table.name} has {_count(table, old)} rows, {count} of them arrived; nothing is kept.")
    return count


def _point(table: Table, column: Column[object], old: Connection, new: Connection) -> None:
    key = table.c.id
    asked = select(key.label("row"), column.label("target")).where(column.is_not(None))
    statement = update(table).where(key == bindparam("row")).values({column.name: bindparam("target")})
    if rows := [dict(row) for row in old.execute(asked).mappings()]:
        new.execute(statement, rows)


def _rows(table: Table, old: Connection) -> Iterator[list[dict[str, object]]]:
    asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    for rows in old.execute(asked).mappings().partitions():
        yield [dict(row) for row in rows]


def _count(table: Table, connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
