"""What the record's library raises where the database itself cannot be used: no file, no server, a lock that stays."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

DatabaseUnavailable = SQLAlchemyError

__all__ = ["DatabaseUnavailable"]
