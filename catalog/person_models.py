"""Tables of those who sign in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Float, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from catalog.columns import Base, Keyed, UtcDateTime, folded, now


def _folded_from(column: str) -> Callable[[Any], str]:
    return lambda context: folded(context.get_current_parameters()[column])


class User(Keyed):
    """A person who signs in. `session_mark` changes when every session must end (password, role, blocked)."""

    __tablename__ = "user_account"
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True, default=_folded_from("name"))
    role: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(400))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    session_mark: Mapped[str] = mapped_column(String(40), default=lambda: secrets.token_hex(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class SignInFailure(Base):
    """How often, and when last, a sign-in failed. `key` is a hash of who tried; see catalog/sign_in_failures.py."""

    __tablename__ = "sign_in_failure"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    times: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[float] = mapped_column(Float, index=True)
