"""What the tables of the record are made of: keys, moments, and texts as they are compared."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

LARGEST_ID = 2**53 - 1
LONGEST_TITLE = 400


def new_id() -> int:
    """A random key below 2⁵³, which JavaScript, tantivy and both databases hold exactly."""
    return secrets.randbelow(LARGEST_ID) + 1


def now() -> datetime:
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite forgets the zone, so it is given back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Everything that the bank knows and has promised. Constraints have names, so that a migration can change them."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )


class Keyed(Base):
    __abstract__ = True
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, default=new_id)


def folded(text: str) -> str:
    """A text as it is compared: the case of letters and the width of blanks do not count, å ä ö do."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def one_line(written: str) -> str:
    """A name as somebody typed it, on one line; "" where nothing of it can be seen (blanks, zero-width signs)."""
    seen = any(letter.isprintable() and not letter.isspace() for letter in written)
    return " ".join(written.split()) if seen else ""


def title_key(title: str) -> str:
    """What titles are compared by; folding may make a text longer (ß becomes ss) than its column."""
    return folded(title)[:LONGEST_TITLE]
