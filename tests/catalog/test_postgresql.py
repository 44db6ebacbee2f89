from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import jobs, users
from catalog.database import Database, open_database
from catalog.errors import BadValue
from catalog.models import Drop
from tests import factories


@pytest.fixture
def database(postgresql_url: str) -> Iterator[Database]:
    opened = open_database(postgresql_url)
    yield opened
    opened.dispose()


class TestUrl:
    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
    def test_each_spelling_leads_to_psycopg_3(self, postgresql_url: str, scheme: str) -> None:
        opened = open_database(scheme + postgresql_url.removeprefix("postgresql"))
        with opened.reading() as session:
            assert session.connection().dialect.driver == "psycopg"
            assert factories.project_titles(session) == []
        opened.dispose()

    @pytest.mark.parametrize("url", ["mysql://u:hemligt@h/d", "hemligt", "postgresql://u:hemligt@h:port/d", ""])
    def test_another_url_is_refused_without_being_told(self, url: str) -> None:
        with pytest.raises(BadValue, match="write postgresql://") as refused:
            open_database(url)
        assert "hemligt" not in str(refused.value)

    def test_what_the_url_asks_for_stands(self, postgresql_url: str) -> None:
        opened = open_database(f"{postgresql_url}?application_name=prov&options=-c%20lock_timeout%3D7")
        with opened.reading() as session:
            assert session.scalar(text("SHOW application_name")) == "prov"
            assert session.scalar(text("SHOW lock_timeout")) == "7ms"
        opened.dispose()


class TestConnection:
    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            ("timezone", "UTC"),
            ("lock_timeout", "15s"),
            ("statement_timeout", "2min"),
            ("idle_in_transaction_session_timeout", "1min"),
            ("application_name", "kunskapsbanken"),
            ("transaction_isolation", "read committed"),
        ],
    )
    def test_each_is_prepared(self, database: Database, setting: str, value: str) -> None:
        with database.transaction() as session:
            assert session.scalar(text(f"SHOW {setting}")) == value

    def test_connection_that_the_server_cut_is_replaced(self, database: Database) -> None:
        with database.reading() as session:
            cut = session.scalar(text("SELECT pg_backend_pid()"))
        other = open_database(database.url)
        with other.transaction() as session:
            session.execute(text("SELECT pg_terminate_backend(:cut)"), {"cut": cut})
        other.dispose()
        with database.reading() as session:
            assert session.scalar(text("SELECT pg_backend_pid()")) != cut

    def test_writer_after_a_reader_may_write(self, database: Database) -> None:
        with database.reading() as session:
            factories.project_titles(session)
        with database.transaction() as session:
            factories.project(session)


class TestValue:
    @pytest.mark.parametrize("value", ["x" * 401, "Bo\0kvar"])
    def test_what_fits_into_no_column_is_the_givers_mistake(self, database: Database, value: str) -> None:
        with pytest.raises(BadValue, match="does not fit"), database.transaction() as session:
            session.add(Drop(file_name=value, size=1, dropped_by="Eva"))

    def test_name_with_a_nul_is_nobodys(self, database: Database) -> None:
        with database.reading() as session, pytest.raises(BadValue):
            users.by_name(session, "Eva\0")

    def test_largest_key_and_moment_come_back_as_they_were(self, session: Session) -> None:
        jobs.add(session, "index", "document", 2**53 - 1, 2**40)
        claimed = jobs.claim(session, "index", "a:1:1", 1, 60.0, 1_700_000_000.123456)[0]
        assert (claimed.subject_id, claimed.version) == (2**53 - 1, 2**40)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened
