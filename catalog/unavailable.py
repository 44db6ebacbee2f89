"""What the record's library raises where the database itself cannot be used."""

from __future__ import annotations

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# Whatever goes wrong between us and the database, also what no waiting mends: for commands, which then end.
DatabaseUnavailable = SQLAlchemyError

# What passes: a server that restarts or cannot be reached, a lock that stays, a deadlock, no connection to spare.
PASSING: tuple[type[SQLAlchemyError], ...] = (OperationalError, InterfaceError, PoolTimeout)

__all__ = ["PASSING", "DatabaseUnavailable"]
