"""Tables of watched folders: how each stands, and which of its files wait for their document's end."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.columns import Base, Keyed, UtcDateTime, now

LONGEST_FOLDER: Final = 1000


class WatchedFolder(Base):
    """A folder from which files are taken in: "watched", "away" or "stopped", `since` when.

    `waiting` files are still growing or in their turn. `troubles` are at most a few {"name", "why", "detail"}.
    """

    __tablename__ = "watched_folder"
    path: Mapped[str] = mapped_column(String(LONGEST_FOLDER), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    waiting: Mapped[int] = mapped_column(Integer, default=0)
    troubles: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class WatchedFile(Keyed):
    """A file that was moved within a watched folder before its document had come to an end, or that failed.

    `name` is its path under the folder, with "/". `size` in bytes and `modified` in nanoseconds tell whether it is
    still the same file.
    """

    __tablename__ = "watched_file"
    folder: Mapped[str] = mapped_column(String(LONGEST_FOLDER))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    modified: Mapped[int] = mapped_column(BigInteger)
