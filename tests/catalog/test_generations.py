from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from catalog import documents, generations, jobs
from catalog.generation_models import IndexGeneration
from catalog.generations import Findings, Owed
from catalog.models import Job
from tests import factories

NOW = 1_000_000.0
BUILT_FOR = {"mapping": "m", "analysis": "a"}


def _begin(session: Session, name: str = "new") -> None:
    generations.begin(session, name, BUILT_FOR, priority=8)


def _rows(session: Session, generation: str) -> list[tuple[str, int, int]]:
    asked = select(Job.subject, Job.subject_id, Job.version).where(Job.kind == "index", Job.generation == generation)
    return sorted((subject, number, version) for subject, number, version in session.execute(asked))


def _work_off(session: Session, generation: str = "") -> None:
    claimed = jobs.claim(session, "index", "a:1:1", 1_000, 60.0, NOW, generation=generation)
    jobs.all_done(session, claimed)


class TestBegin:
    def test_everything_that_belongs_in_the_index_is_promised_once(self, session: Session) -> None:
        project = factories.project(session)
        read = [factories.document(session, f"{number}.pdf", project_id=project.id) for number in range(3)]
        factories.queued(session, "waiting.pdf")
        _begin(session)
        session.expire_all()
        assert _rows(session, "new") == sorted(
            [("project", project.id, project.version), *(("document", one.id, one.version) for one in read)]
        )
        assert generations.owed(session, "new") == Owed(4, 6)

    def test_the_new_generation_knows_how_much_it_began_with(self, session: Session) -> None:
        factories.document(session)
        _begin(session)
        made = generations.building(session)
        assert made is not None
        assert (made.name, made.built_for, made.entries_promised, made.pages_promised) == ("new", BUILT_FOR, 1, 2)

    def test_what_is_owed_to_the_live_one_is_claimed_and_counted_apart(self, session: Session) -> None:
        one = factories.document(session)
        _begin(session)
        (live,) = jobs.claim(session, "index", "a:1:1", 9, 60.0, NOW)
        (new,) = jobs.claim(session, "index", "a:1:1", 9, 60.0, NOW, generation="new")
        assert (live.subject_id, live.generation, new.subject_id, new.generation) == (one.id, "", one.id, "new")
        assert jobs.waiting(session)["index"] == jobs.waiting(session, "new")["index"] == 1

    def test_an_empty_bank_owes_nothing(self, session: Session) -> None:
        _begin(session)
        assert not generations.is_owed(session, "new")
        assert generations.owed(session, "new") == Owed(0, 0)


class TestChange:
    def test_is_promised_to_both_living_generations(self, session: Session) -> None:
        one = factories.document(session)
        _work_off(session)
        _begin(session)
        _work_off(session, "new")
        documents.update(session, one.id, title="En annan titel")
        version = documents.versions(session)[one.id]
        assert _rows(session, "") == _rows(session, "new") == [("document", one.id, version)]

    def test_renews_the_promise_that_stands_and_makes_the_one_that_is_missing(self, session: Session) -> None:
        one = factories.document(session)
        _work_off(session)
        _begin(session)
        documents.update(session, one.id, title="En annan titel")
        version = documents.versions(session)[one.id]
        assert _rows(session, "") == _rows(session, "new") == [("document", one.id, version)]
        assert set(session.scalars(select(Job.priority).where(Job.kind == "index"))) == {3}

    def test_is_promised_to_no_generation_that_is_old_or_live_by_name(self, session: Session) -> None:
        generations.switched(session, "one", BUILT_FOR)
        generations.switched(session, "two", BUILT_FOR)
        factories.document(session)
        assert set(session.scalars(select(Job.generation))) == {""}

    def test_reading_is_promised_once_also_during_a_rebuild(self, session: Session) -> None:
        _begin(session)
        factories.queued(session)
        assert session.scalars(select(Job.generation).where(Job.kind == "read")).all() == [""]


class TestSwitched:
    def test_the_one_before_stays_until_the_next(self, session: Session) -> None:
        for name in ("one", "two", "three"):
            generations.switched(session, name, BUILT_FOR)
        states = {one.name: one.state for one in generations.everyone(session)}
        assert states == {"two": "old", "three": "live"}

    def test_may_be_repeated(self, session: Session) -> None:
        generations.switched(session, "one", BUILT_FOR)
        _begin(session, "two")
        for _ in range(2):
            generations.switched(session, "two", BUILT_FOR)
        assert {one.name: one.state for one in generations.everyone(session)} == {"one": "old", "two": "live"}
        assert generations.building(session) is None

    def test_what_was_promised_in_that_moment_is_owed_to_the_live_one(self, session: Session) -> None:
        one, two = factories.document(session, "1.pdf"), factories.document(session, "2.pdf")
        _work_off(session)
        _begin(session)
        jobs.add(session, "index", "document", two.id, 7)  # both rows stand, and somebody works the live one
        (worked,) = jobs.claim(session, "index", "a:1:1", 9, 60.0, NOW)
        generations.switched(session, "new", BUILT_FOR)
        session.expire_all()
        assert _rows(session, "new") == []
        assert [row[1] for row in _rows(session, "")] == sorted([one.id, two.id])
        jobs.all_done(session, [worked])
        assert ("document", two.id, 7) in _rows(session, "")


class TestForget:
    def test_promises_of_a_given_up_generation_are_taken_back(self, session: Session) -> None:
        factories.document(session)
        _begin(session)
        generations.forget(session, "new")
        assert _rows(session, "new") == []
        assert len(_rows(session, "")) == 1
        assert generations.everyone(session) == []

    def test_promises_of_a_generation_that_nobody_builds_are_taken_back(self, session: Session) -> None:
        factories.document(session)
        _begin(session)
        session.execute(update(Job).where(Job.generation == "new").values(generation="of a late change"))
        generations.forget_jobs_of_others(session)
        assert set(session.scalars(select(Job.generation).where(Job.kind == "index"))) == {""}

    def test_findings_are_kept(self, session: Session) -> None:
        generations.switched(session, "one", BUILT_FOR)
        generations.note(session, "one", Findings(entries=3, pages=7, size=2**40, differences=1))
        session.expire_all()
        live = generations.live(session)
        assert live is not None
        assert (live.entries, live.pages, live.size, live.differences) == (3, 7, 2**40, 1)
        assert live.checked_at is not None


@pytest.mark.parametrize("count", [1, 30])
def test_keys_made_by_the_database_are_keys_like_all_others(session: Session, count: int) -> None:
    for number in range(count):
        factories.document(session, f"{number}.pdf")
    _begin(session)
    keys = session.scalars(select(Job.id)).all()
    assert len(set(keys)) == len(keys)
    assert all(0 < key < 2**53 for key in keys)


def test_a_generation_is_found_by_its_state(session: Session) -> None:
    assert generations.live(session) is generations.building(session) is None
    session.add(IndexGeneration(name="one", state="live"))
    session.flush()
    found = generations.live(session)
    assert found is not None
    assert found.name == "one"
