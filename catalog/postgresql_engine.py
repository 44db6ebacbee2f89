"""The record in PostgreSQL: how its connections are made, and what each number is for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError

from catalog.errors import BadValue

NAMES = frozenset({"postgres", "postgresql"})
WRITING, MIGRATING = 0x6B756E73, 0x6B756E74  # advisory locks: any numbers, the same in every process

# What libpq is told at each connection, unless the URL says otherwise.
CONNECTION: dict[str, Any] = {
    "application_name": "kunskapsbanken",  # for pg_stat_activity
    "connect_timeout": 5,  # seconds; a person waits for the answer
    "keepalives_idle": 30,  # seconds until a silent server is asked whether it lives
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds that sent bytes may stay unanswered
}
# What the server is told of each session; times are milliseconds where nothing else is said.
SESSION = {
    "timezone": "UTC",
    "lock_timeout": 15_000,  # as long as a writer waits in SQLite
    "statement_timeout": 120_000,  # the longest statement queues a rebuild of a large bank
    # A writer that is frozen, or whose machine is gone, must not keep the others waiting; it is cut off.
    "idle_in_transaction_session_timeout": 60_000,
    "tcp_keepalives_idle": 30,  # seconds, as the next
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
}
# One snapshot for the whole session, in which writing fails.
READING: dict[str, Any] = {"alone": False, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
# A web process has four threads and a worker one; what goes beyond that is a burst.
POOL: dict[str, Any] = {
    "pool_size": 5,
    "max_overflow": 5,
    "pool_timeout": 10.0,
    "pool_recycle": 1800,
    "pool_pre_ping": True,
}


def knows(url: str) -> bool:
    """Whether this is a URL of PostgreSQL: it may begin with postgres:, postgresql: or postgresql+psycopg:."""
    try:
        return make_url(url).get_backend_name() in NAMES
    except (ArgumentError, ValueError):  # the second where the port is no number
        return False


def make_engine(url: URL) -> Engine:
    """An engine over psycopg 3, whichever way the URL names PostgreSQL."""
    told = {name: value for name, value in CONNECTION.items() if name not in url.query}
    if "options" not in url.query:
        told["options"] = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args=told,
        hide_parameters=True,  # names and texts of people do not belong into a log
        use_native_hstore=False,  # nothing of that type is kept, so nothing is asked about it
        **POOL,
    )
    event.listen(engine, "handle_error", _hide_values)
    event.listen(engine, "handle_error", _blame_the_value)
    event.listen(engine, "begin", _take_turn)
    return engine


def migrate_alone(connection: Connection) -> None:
    """Waits, as long as it takes, until no other process migrates; holds them off until the transaction ends."""
    for setting in ("lock_timeout", "statement_timeout"):
        connection.execute(text(f"SET LOCAL {setting} = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATING})


def _take_turn(connection: Connection) -> None:
    """Writers go one by one, as in SQLite, so that no two ever wait for each other's rows: docs/decisions/0008."""
    if connection.get_execution_options().get("alone", True):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITING})")


def _hide_values(context: ExceptionContext) -> None:
    """The server tells below its first line what it was given, "Key (name)=(…)": names of people, for no log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _blame_the_value(context: ExceptionContext) -> None:
    """A value that no column can hold (too long, too large, a NUL) is the giver's mistake, not the server's."""
    if isinstance(context.sqlalchemy_exception, DataError):
        reason = str(context.original_exception).splitlines()[0]
        raise BadValue(f"A value does not fit into the record: {reason}") from context.original_exception
