from __future__ import annotations

import multiprocessing
import threading
import time
from collections import Counter
from functools import partial
from multiprocessing.queues import SimpleQueue

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from catalog import documents, jobs
from catalog.database import Database, open_database
from catalog.jobs import Claimed
from catalog.models import Document, Job
from catalog.origin import working_for
from tests import factories

NOW = 1_000_000.0
LEASE = 60.0
FORK = multiprocessing.get_context("fork")


def _add(session: Session, subject_id: int = 1, version: int = 1, priority: int = 5) -> None:
    jobs.add(session, "index", "document", subject_id, version, priority)


def _claim(session: Session, limit: int = 10, now: float = NOW, owner: str = "a:1:1") -> list[Claimed]:
    return jobs.claim(session, "index", owner, limit, LEASE, now)


def _row(session: Session) -> Job:
    return session.scalars(select(Job).execution_options(populate_existing=True)).one()


class TestAdd:
    def test_subject_is_promised_once(self, session: Session) -> None:
        _add(session)
        _add(session)
        assert jobs.waiting(session) == {"index": 1}

    def test_kinds_and_subjects_are_apart(self, session: Session) -> None:
        _add(session)
        jobs.add(session, "read", "document", 1, 0)
        jobs.add(session, "index", "project", 1, 1)
        assert jobs.waiting(session) == {"index": 2, "read": 1}

    def test_newer_version_is_learnt_and_older_one_is_not(self, session: Session) -> None:
        for version in (2, 5, 3):
            _add(session, version=version)
        assert _row(session).version == 5

    def test_more_urgent_priority_stands(self, session: Session) -> None:
        for priority in (5, 3, 7):
            _add(session, priority=priority)
        assert _row(session).priority == 3

    def test_attempts_stand_unless_reset_is_asked_for(self, session: Session) -> None:
        _add(session)
        jobs.failed(session, _claim(session)[0], "crash", delay=1e9)
        _add(session)
        assert (_row(session).attempts, _row(session).last_error) == (1, "crash")
        jobs.add(session, "index", "document", 1, 1, reset=True)
        assert (_row(session).attempts, _row(session).last_error, _row(session).not_before) == (0, "", 0.0)

    def test_promise_that_is_being_worked_stays_with_its_owner(self, session: Session) -> None:
        _add(session)
        _claim(session)
        jobs.add(session, "index", "document", 1, 2, reset=True)
        assert _row(session).owner == "a:1:1"
        assert _claim(session, owner="b:2:2") == []


class TestClaim:
    def test_nothing_is_lent_where_nothing_waits(self, session: Session) -> None:
        assert _claim(session) == []

    def test_most_urgent_first_then_oldest(self, session: Session) -> None:
        for subject_id, priority in ((1, 5), (2, 5), (3, 1), (4, 9)):
            _add(session, subject_id, priority=priority)
        assert [one.subject_id for one in _claim(session)] == [3, 1, 2, 4]

    def test_no_more_than_the_limit_are_lent(self, session: Session) -> None:
        for subject_id in range(5):
            _add(session, subject_id)
        assert [one.subject_id for one in _claim(session, limit=2)] == [0, 1]
        assert [one.subject_id for one in _claim(session, limit=2)] == [2, 3]

    def test_other_kinds_are_left_alone(self, session: Session) -> None:
        jobs.add(session, "read", "document", 1, 0)
        assert _claim(session) == []

    def test_what_is_postponed_is_not_lent_before_its_time(self, session: Session) -> None:
        _add(session)
        session.execute(update(Job).values(not_before=NOW + 1))
        assert _claim(session) == []
        assert len(_claim(session, now=NOW + 1)) == 1

    def test_lease_protects_until_it_ends_and_then_counts_as_a_loss(self, session: Session) -> None:
        _add(session)
        _claim(session)
        assert _claim(session, now=NOW + LEASE - 1, owner="b:2:2") == []
        again = _claim(session, now=NOW + LEASE, owner="b:2:2")
        assert [(one.losses, one.attempts) for one in again] == [(1, 0)]

    def test_what_was_lost_too_often_is_not_lent_again(self, session: Session) -> None:
        _add(session)
        lent = [len(_claim(session, now=NOW + turn * LEASE)) for turn in range(25)]
        assert lent == [1] * jobs.MOST_LOSSES + [0] * 5

    def test_claimed_carries_what_its_worker_needs(self, session: Session) -> None:
        _add(session, subject_id=7, version=3, priority=2)
        claimed = _claim(session)[0]
        assert claimed == Claimed(claimed.id, "index", "document", 7, 3, 0, 0, "a:1:1", 2)

    def test_claimed_tells_the_request_that_promised_it_last(self, session: Session) -> None:
        with working_for("first-request"):
            _add(session)
        _add(session, version=2)
        with working_for("second-request"):
            _add(session, subject_id=2)
            _add(session, subject_id=3)
        with working_for("third-request"):
            _add(session, subject_id=3, version=2)
        told = {one.subject_id: one.request_id for one in _claim(session, limit=9)}
        assert told == {1: "first-request", 2: "second-request", 3: "third-request"}

    def test_two_open_claims_lend_different_promises_and_wait_neither_for_each_other_nor_for_a_writer(
        self, postgresql_url: str
    ) -> None:
        database = open_database(postgresql_url)
        _promise(database, 4)
        try:
            claiming = partial(database.transaction, alone=False)
            with database.transaction() as writer, claiming() as one, claiming() as other:
                factories.project(writer)
                other.execute(text("SET LOCAL lock_timeout = '1ms'"))
                assert [claimed.subject_id for claimed in _claim(one, limit=2)] == [0, 1]
                assert [claimed.subject_id for claimed in _claim(other, limit=3, owner="b:2:2")] == [2, 3]
        finally:
            database.dispose()

    def test_threads_that_claim_at_once_get_each_promise_once(self, database: Database) -> None:
        _promise(database, 60)
        taken: list[int] = []
        together = threading.Barrier(6)

        def work(owner: str) -> None:
            together.wait()
            taken.extend(_claim_all(database, owner))

        workers = [threading.Thread(target=work, args=(f"t:{number}:0",)) for number in range(6)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert sorted(taken) == list(range(60))

    def test_processes_that_claim_at_once_get_each_promise_once(self, database: Database) -> None:
        _promise(database, 60)
        told: SimpleQueue[list[int]] = FORK.SimpleQueue()
        workers = [FORK.Process(target=_tell, args=(database.url, f"p:{number}:0", told)) for number in range(4)]
        for worker in workers:
            worker.start()
        taken = Counter(subject_id for _ in workers for subject_id in told.get())
        for worker in workers:
            worker.join()
        assert taken == Counter(range(60))


class TestDone:
    def test_kept_promise_is_gone(self, session: Session) -> None:
        _add(session)
        assert jobs.done(session, _claim(session)[0])
        assert jobs.waiting(session) == {}

    def test_promise_whose_subject_changed_meanwhile_waits_for_another_turn(self, session: Session) -> None:
        _add(session, version=1)
        claimed = _claim(session)[0]
        _add(session, version=2)
        assert not jobs.done(session, claimed)
        assert [one.version for one in _claim(session)] == [2]

    def test_work_of_one_who_lost_the_lease_takes_nothing_away(self, session: Session) -> None:
        _add(session)
        late = _claim(session)[0]
        _claim(session, now=NOW + LEASE, owner="b:2:2")
        assert not jobs.done(session, late)
        assert _row(session).owner == "b:2:2"

    def test_many_are_kept_at_once_by_the_same_rule(self, session: Session) -> None:
        for number in (1, 2, 3):
            _add(session, number, version=1)
        claimed = _claim(session)
        _add(session, 2, version=2)
        session.execute(update(Job).where(Job.subject_id == 3).values(owner="b:2:2"))
        jobs.all_done(session, claimed)
        rows = session.execute(select(Job.subject_id, Job.version, Job.owner).order_by(Job.subject_id)).all()
        assert [tuple(row) for row in rows] == [(2, 2, ""), (3, 1, "b:2:2")]


class TestFailed:
    def test_third_failure_ends_it(self, session: Session) -> None:
        _add(session)
        assert [jobs.failed(session, _claim(session)[0], "crash") for _ in range(3)] == [False, False, True]
        assert jobs.waiting(session) == {}

    def test_failure_that_is_nobodys_fault_is_tried_for_ever(self, session: Session) -> None:
        _add(session)
        for _ in range(10):
            assert not jobs.failed(session, _claim(session)[0], "engine away", counts=False)
        assert (_row(session).attempts, _row(session).last_error) == (0, "engine away")

    def test_delay_postpones_the_next_try(self, session: Session) -> None:
        _add(session)
        before = time.time()
        jobs.failed(session, jobs.claim(session, "index", "a:1:1", 1, LEASE, before)[0], "crash", delay=30)
        assert _row(session).not_before >= before + 30
        assert _claim(session, now=before) == []

    def test_work_of_one_who_lost_the_lease_counts_nothing(self, session: Session) -> None:
        _add(session)
        late = _claim(session)[0]
        _claim(session, now=NOW + LEASE, owner="b:2:2")
        jobs.failed(session, late, "crash")
        assert (_row(session).attempts, _row(session).owner) == (0, "b:2:2")

    def test_long_error_is_shortened(self, session: Session) -> None:
        _add(session)
        jobs.failed(session, _claim(session)[0], "x" * 100_000)
        assert len(_row(session).last_error) == jobs.LONGEST_ERROR


class TestLease:
    def test_released_promise_is_free_at_once_and_nothing_is_counted(self, session: Session) -> None:
        _add(session)
        jobs.release(session, _claim(session)[0])
        assert [(one.attempts, one.losses) for one in _claim(session, owner="b:2:2")] == [(0, 0)]

    def test_extended_lease_protects_longer(self, session: Session) -> None:
        _add(session)
        assert jobs.extend(session, _claim(session)[0], LEASE, NOW + 30)
        assert _claim(session, now=NOW + LEASE, owner="b:2:2") == []

    def test_lost_lease_cannot_be_extended(self, session: Session) -> None:
        _add(session)
        late = _claim(session)[0]
        _claim(session, now=NOW + LEASE, owner="b:2:2")
        assert not jobs.extend(session, late, LEASE)

    def test_lost_promise_counts_a_loss_and_no_attempt(self, session: Session) -> None:
        _add(session)
        assert not jobs.lost(session, _claim(session)[0])
        assert [(one.attempts, one.losses) for one in _claim(session)] == [(0, 1)]


class TestFreeDead:
    def test_what_the_dead_held_is_free_at_once(self, session: Session) -> None:
        _add(session)
        _claim(session, owner="dead")
        assert jobs.free_dead(session, lambda owner: owner != "dead", NOW).count == 1
        assert len(_claim(session, owner="b:2:2")) == 1

    def test_what_the_living_hold_stays_theirs_while_the_lease_runs(self, session: Session) -> None:
        _add(session)
        _claim(session)
        assert jobs.free_dead(session, lambda _: True, NOW + LEASE - 1).count == 0
        assert jobs.free_dead(session, lambda _: True, NOW + LEASE).count == 1

    def test_each_owner_is_asked_for_once(self, session: Session) -> None:
        asked: list[str] = []

        def is_alive(owner: str) -> bool:
            asked.append(owner)
            return False

        for subject_id in range(5):
            _add(session, subject_id)
        _claim(session, owner="dead")
        jobs.free_dead(session, is_alive, NOW)
        assert asked == ["dead"]

    def test_file_that_kills_twenty_workers_ends_as_damaged(self, session: Session) -> None:
        document = factories.queued(session)
        freed = [_lose(session, number) for number in range(jobs.MOST_LOSSES)]
        assert [one.count for one in freed] == [1] * 19 + [0]
        assert [one.subject_id for one in freed[-1].given_up] == [document.id]
        session.refresh(document)
        assert (document.state, document.reason) == ("failed", "damaged")
        assert jobs.waiting(session) == {}

    def test_file_that_ended_so_can_be_tried_again(self, session: Session) -> None:
        document = factories.queued(session)
        for number in range(jobs.MOST_LOSSES):
            _lose(session, number)
        session.expire_all()
        documents.retry(session, document.id)
        assert session.get_one(Document, document.id).state == "queued"
        assert len(jobs.claim(session, "read", "new", 1, LEASE, NOW)) == 1


class TestForget:
    def test_forgotten_promise_is_gone_and_others_stay(self, session: Session) -> None:
        for subject_id in (1, 2):
            _add(session, subject_id)
        jobs.forget(session, "index", "document", [1])
        assert [one.subject_id for one in _claim(session)] == [2]


class TestFigures:
    def test_oldest_promise_is_told_by_kind(self, session: Session) -> None:
        assert jobs.oldest(session) is None
        _add(session)
        jobs.add(session, "read", "document", 1, 0)
        created = session.scalars(select(Job.created_at).order_by(Job.created_at)).all()
        assert jobs.oldest(session) == created[0]
        assert jobs.oldest(session, "read") == created[1]
        assert jobs.oldest(session, "mail") is None

    def test_what_is_owed_is_told_by_kind_and_urgency(self, session: Session) -> None:
        assert jobs.owed(session, before=5) == {}
        jobs.add(session, "index", "document", 1, 0, 3)
        for subject_id in (2, 3):
            jobs.add(session, "index", "document", subject_id, 0, 5)
        first, second, _ = session.scalars(select(Job.created_at).order_by(Job.created_at)).all()
        assert jobs.owed(session, before=5) == {
            ("index", True): jobs.Owed(1, first),
            ("index", False): jobs.Owed(2, second),
        }


ACTS = st.lists(st.sampled_from(["add", "claim", "done", "fail", "nobody", "release", "die", "wait"]), max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(acts=ACTS)
def test_whatever_happens_a_promise_is_kept_or_ended_and_never_lent_twice(database: Database, acts: list[str]) -> None:
    """The newest version that was asked for is either worked to its end, or given up for attempts or losses."""
    now, owed = NOW, False
    lent: Claimed | None = None
    with database.transaction() as session:
        for version, act in enumerate(acts, start=1):
            if act == "add":
                _add(session, version=version)
                owed = True
            elif act == "claim":
                found = _claim(session, now=now)
                assert not (found and lent)
                assert bool(found or lent) == owed
                lent = found[0] if found else lent
            elif act == "wait" and lent:
                now += LEASE + 1
                freed = jobs.free_dead(session, lambda _: True, now)
                lent, owed = None, not freed.given_up
            elif lent:
                owed = not _end(session, act, lent)
                lent = None
            assert bool(jobs.waiting(session)) == owed
        session.rollback()


def _end(session: Session, act: str, lent: Claimed) -> bool:
    """Whether the promise is gone after this end of its work."""
    if act == "done":
        return jobs.done(session, lent)
    if act == "fail":
        return jobs.failed(session, lent, "crash")
    if act == "nobody":
        return jobs.failed(session, lent, "away", counts=False)
    if act == "die":
        return bool(jobs.free_dead(session, lambda _: False, NOW).given_up)
    jobs.release(session, lent)
    return False


def _lose(session: Session, number: int) -> jobs.Freed:
    claimed = jobs.claim(session, "read", f"dead {number}", 1, LEASE, NOW)[0]
    documents.reading_started(session, claimed.subject_id)
    return jobs.free_dead(session, lambda _: False, NOW)


def _promise(database: Database, count: int) -> None:
    with database.transaction() as session:
        for subject_id in range(count):
            _add(session, subject_id)


def _claim_all(database: Database, owner: str) -> list[int]:
    taken: list[int] = []
    while True:
        with database.transaction() as session:
            found = _claim(session, limit=3, owner=owner)
        if not found:
            return taken
        taken += [one.subject_id for one in found]


def _tell(url: str, owner: str, told: SimpleQueue[list[int]]) -> None:
    database = open_database(url)
    told.put(_claim_all(database, owner))
    database.dispose()


@pytest.mark.parametrize("kind", ["index", "read"])
def test_two_who_promise_the_same_at_once_promise_once(database: Database, kind: str) -> None:
    together = threading.Barrier(2)

    def promise() -> None:
        together.wait()
        with database.transaction() as session:
            jobs.add(session, kind, "document", 1, 1)

    both = [threading.Thread(target=promise) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with database.reading() as session:
        assert jobs.waiting(session) == {kind: 1}
