"""The record goes away in the middle of work, and comes back: nothing is counted against a file, nothing waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from catalog import jobs
from catalog.models import Job
from tests.workers.conftest import document, found
from workers import outage, steps
from workers.bank import Bank

Drop = Callable[..., int]


@contextmanager
def away_while(bank: Bank, statement: str, times: int = 1) -> Iterator[list[str]]:
    """The connection breaks at each of the next statements that begin so, and a few more until it is back."""
    broken: list[str] = []

    def breaks(_connection: object, _cursor: object, said: str, *_: object) -> None:
        if len(broken) < times and (broken or said.lstrip().startswith(statement)):
            broken.append(said)
            raise OperationalError(said, {}, ConnectionError("the server closed the connection"))

    event.listen(bank.database.engine, "before_cursor_execute", breaks)
    try:
        yield broken
    finally:
        event.remove(bank.database.engine, "before_cursor_execute", breaks)


@pytest.mark.parametrize("statement", ["WITH turn", "UPDATE document", "INSERT INTO page ", "DELETE FROM job"])
def test_a_file_is_read_after_the_outage_and_none_of_it_counts(bank: Bank, drop: Drop, statement: str) -> None:
    one = drop("Boendestöd i Skärholmen")
    with away_while(bank, statement, times=4) as broken:
        outage.worked(bank, "read", lambda: steps.read_waiting(bank, 0.0))
    assert broken
    steps.read_waiting(bank, 0.0)
    steps.index_next(bank)
    assert found(bank, "skärholmen") == [one]
    with bank.database.reading() as session:
        assert jobs.waiting(session) == {}


def test_an_outage_while_pages_come_is_no_attempt_of_the_file(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.read_turn.PROGRESS_SECONDS", -1.0)  # each page is noted, however fast they come
    drop("Boendestöd i Skärholmen")
    with away_while(bank, "UPDATE document SET page_count") as broken:
        outage.worked(bank, "read", lambda: steps.read_waiting(bank, 0.0))
    assert broken
    with bank.database.reading() as session:
        job = session.scalars(select(Job)).one()
        assert (job.owner, job.attempts, job.losses, job.last_error) == ("", 0, 0, "")


@pytest.mark.parametrize("statement", ["SELECT document", "UPDATE document", "DELETE FROM job"])
def test_an_entry_is_written_after_the_outage_and_none_of_it_counts(bank: Bank, drop: Drop, statement: str) -> None:
    one = drop("Boendestöd i Skärholmen")
    steps.read_waiting(bank, 0.0)
    with away_while(bank, statement, times=4) as broken:
        outage.worked(bank, "index", lambda: steps.index_next(bank))
    assert broken
    with bank.database.reading() as session:
        left = session.scalars(select(Job)).all()
        assert [(job.owner, job.attempts, job.losses, job.last_error) for job in left] == [("", 0, 0, "")]
    steps.index_next(bank)
    assert found(bank, "skärholmen") == [one]
    assert document(bank, one).state == "read"


def test_waiting_ends_when_the_time_is_up() -> None:
    asked = []

    def act() -> None:
        asked.append(1)
        raise OperationalError("SELECT 1", {}, ConnectionError("nobody there"))

    with pytest.raises(OperationalError):
        outage.patiently(act, 0.15)
    assert len(asked) == 2


def test_another_mistake_is_not_waited_for() -> None:
    with pytest.raises(ZeroDivisionError):
        outage.patiently(lambda: 1 / 0, outage.FOR_EVER)
