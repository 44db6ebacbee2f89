from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import sign_in_failures
from catalog.database import Database
from catalog.person_models import SignInFailure
from catalog.sign_in_failures import FORGOTTEN_AFTER, LONGEST_WAIT

NOW = 1_000_000.0


def _fail(session: Session, times: int, key: str = "anna", now: float = NOW) -> None:
    for _ in range(times):
        sign_in_failures.note(session, key, now)


def test_the_first_mistakes_cost_nothing(session: Session) -> None:
    _fail(session, 2)
    assert sign_in_failures.wait(session, "anna", 3, NOW) == 0


def test_each_further_mistake_doubles_the_wait_up_to_a_bound(session: Session) -> None:
    waits = []
    for _ in range(12):
        _fail(session, 1)
        waits.append(sign_in_failures.wait(session, "anna", 1, NOW))
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT


def test_a_very_long_row_of_mistakes_is_counted_without_a_fault(session: Session) -> None:
    _fail(session, 1)
    session.execute(SignInFailure.__table__.update().values(times=100_000))  # type: ignore[attr-defined]
    assert sign_in_failures.wait(session, "anna", 1, NOW) == LONGEST_WAIT


def test_the_wait_passes_with_time_and_touches_nobody_else(session: Session) -> None:
    _fail(session, 1)
    assert sign_in_failures.wait(session, "bo", 1, NOW) == 0
    assert sign_in_failures.wait(session, "anna", 1, NOW) == 2
    assert sign_in_failures.wait(session, "anna", 1, NOW + 2) == 0


def test_what_went_well_or_long_ago_is_forgotten(session: Session) -> None:
    _fail(session, 1)
    sign_in_failures.forget(session, "anna")
    assert sign_in_failures.wait(session, "anna", 1, NOW) == 0
    _fail(session, 5)
    _fail(session, 1, now=NOW + FORGOTTEN_AFTER + 1)
    assert sign_in_failures.wait(session, "anna", 2, NOW + FORGOTTEN_AFTER + 1) == 0


def test_one_try_can_be_taken_back(session: Session) -> None:
    _fail(session, 3)
    sign_in_failures.take_back(session, "anna")
    assert sign_in_failures.wait(session, "anna", 3, NOW) == 0
    assert sign_in_failures.wait(session, "anna", 2, NOW) == 2


def test_old_rows_go_away_when_somebody_fails(session: Session) -> None:
    _fail(session, 1, "old", NOW - FORGOTTEN_AFTER - 1)
    _fail(session, 1, "new")
    assert session.scalars(select(SignInFailure.key)).all() == ["new"]


def test_a_flood_of_names_forgets_the_oldest(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_failures, "MOST_KEYS", 20)
    for number in range(30):
        _fail(session, 1, f"name {number}", NOW + number)
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 20
    assert sign_in_failures.wait(session, "name 0", 1, NOW + 30) == 0
    assert sign_in_failures.wait(session, "name 29", 1, NOW + 30) > 0


def test_failures_that_are_noted_at_once_are_all_counted(database: Database) -> None:
    together = threading.Barrier(6)

    def fail() -> None:
        together.wait()
        for _ in range(5):
            with database.transaction() as session:
                sign_in_failures.note(session, "anna", NOW)

    threads = [threading.Thread(target=fail) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.scalar(select(SignInFailure.times)) == 30
