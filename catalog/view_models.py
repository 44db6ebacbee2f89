"""Tables of what people keep of their own: views of /utforska and searches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.columns import Keyed, UtcDateTime, now

LONGEST_NAME = 120


class SavedView(Keyed):
    """An address of this bank under a person's own name for it. `on_start_since`: it is on everybody's start page."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name_key"),)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("user_account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_key: Mapped[str] = mapped_column(String(LONGEST_NAME))
    address: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    on_start_since: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
