"""The table of the generations of the index."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.columns import Base, UtcDateTime, now


class IndexGeneration(Base):
    """A generation of the index as the engine names it: "building", then "live", then "old".

    `built_for` is the fingerprint of mapping and analysis. `entries_promised` and `pages_promised` count what the
    rebuild began with. `entries` to `differences` are what the last comparison found, at `checked_at`; `size` in bytes.
    `paused_at`: since when nobody is to work on it; `paused_seconds`: how long that was so before.
    """

    __tablename__ = "index_generation"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    built_for: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    switched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entries_promised: Mapped[int] = mapped_column(Integer, default=0)
    pages_promised: Mapped[int] = mapped_column(Integer, default=0)
    entries: Mapped[int] = mapped_column(Integer, default=0)
    pages: Mapped[int] = mapped_column(Integer, default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    differences: Mapped[int] = mapped_column(Integer, default=0)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_seconds: Mapped[float] = mapped_column(Float, default=0.0, server_default="0")
