"""A rebuild from its promise to its switch, and what becomes of one that is stopped anywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from catalog import documents, generations, jobs
from catalog.columns import now
from catalog.generation_models import IndexGeneration
from catalog.models import Job
from catalog.word_models import WordType
from indexer import IndexEntry
from tests.workers.conftest import document, found
from workers import entry_making, index_step, switching
from workers.bank import Bank
from workers.comparison import compare
from workers.index_step import index_next
from workers.projection import project_document
from workers.read_step import read_next
from workers.rebuilding import give_up, pause, promise_rebuild, resume, settle
from workers.sweep import sweep
from workers.switching import switch_when_ready

Drop = Callable[..., int]


def work_all(bank: Bank) -> None:
    while read_next(bank) or index_next(bank):
        pass


def states(bank: Bank) -> dict[str, str]:
    with bank.database.reading() as session:
        return {one.name: one.state for one in generations.everyone(session)}


def owed(bank: Bank, name: str) -> int:
    with bank.database.reading() as session:
        return generations.owed(session, name).entries


@pytest.fixture
def filled(bank: Bank, drop: Drop) -> list[int]:
    """Three documents, read and indexed."""
    made = [drop(f"Boendestöd {word}", f"{word}.txt") for word in ("ett", "två", "tre")]
    work_all(bank)
    return made


class TestRebuild:
    def test_the_old_index_answers_until_the_new_one_is_whole(self, bank: Bank, filled: list[int]) -> None:
        before = bank.generations.live()
        asked = promise_rebuild(bank)
        assert (asked.begun, asked.promised.entries) == (True, 3)
        assert index_next(bank) == 3
        assert bank.generations.live() == before
        assert sorted(found(bank, "boendestöd")) == sorted(filled)
        assert index_next(bank) == 0
        assert bank.generations.live() == asked.name
        assert sorted(found(bank, "boendestöd")) == sorted(filled)
        assert states(bank) == {before: "old", asked.name: "live"}

    def test_the_generation_before_stays_until_the_next_rebuild(self, bank: Bank, filled: list[int]) -> None:
        names = [bank.generations.live()]
        for _ in range(2):
            names.append(promise_rebuild(bank).name)
            work_all(bank)
        assert bank.generations.names() == names[1:]
        assert list(states(bank)) == names[1:]

    def test_a_change_meanwhile_is_found_at_once_and_after_the_switch(self, bank: Bank, filled: list[int]) -> None:
        before, asked = bank.generations.live(), promise_rebuild(bank)
        with bank.database.transaction() as session:
            documents.update(session, filled[0], title="Vräkningar")
        assert index_next(bank) == 1
        assert bank.generations.live() == before
        assert found(bank, "vräkningar") == [filled[0]]
        assert document(bank, filled[0]).indexed_version == document(bank, filled[0]).version
        assert owed(bank, asked.name) == 3
        work_all(bank)
        assert bank.generations.live() == asked.name
        assert found(bank, "vräkningar") == [filled[0]]

    def test_what_is_added_or_removed_meanwhile_is_so_in_the_new_index(
        self, bank: Bank, drop: Drop, filled: list[int]
    ) -> None:
        promise_rebuild(bank)
        index_next(bank)
        new = drop("Boendestöd fyra", "fyra.txt")
        with bank.database.transaction() as session:
            documents.remove(session, filled[0], by="Eva", why="fel fil")
        work_all(bank)
        assert sorted(found(bank, "boendestöd")) == sorted([*filled[1:], new])
        assert compare(bank).differences == 0

    def test_a_batch_for_the_new_index_ends_where_a_live_change_waits(
        self, bank: Bank, filled: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(entry_making, "MADE_AT_ONCE", 1)
        asked = promise_rebuild(bank)
        make = entry_making._made_together

        def change_meanwhile(*given: Any) -> Any:
            with bank.database.transaction() as session:
                documents.update(session, filled[0], title="Vräkningar")
            return make(*given)

        with monkeypatch.context() as patched:
            patched.setattr(entry_making, "_made_together", change_meanwhile)
            assert index_next(bank) == 1
        assert owed(bank, asked.name) >= 2
        assert index_next(bank) == 1
        assert found(bank, "vräkningar") == [filled[0]]

    def test_only_the_live_index_says_what_can_be_found(self, bank: Bank, filled: list[int]) -> None:
        promise_rebuild(bank)
        with bank.database.transaction() as session:
            documents.update(session, filled[0], title="Vräkningar")
            session.execute(delete(Job).where(Job.generation == ""))
        index_next(bank)
        assert document(bank, filled[0]).indexed_version < document(bank, filled[0]).version

    def test_an_empty_bank_is_rebuilt(self, bank: Bank) -> None:
        asked = promise_rebuild(bank)
        assert index_next(bank) == 0
        assert bank.generations.live() == asked.name


class TestSecond:
    def test_is_told_of_the_one_that_is_going_on(self, bank: Bank, filled: list[int]) -> None:
        first, second = promise_rebuild(bank), promise_rebuild(bank)
        assert (second.name, second.begun, second.promised) == (first.name, False, first.promised)
        assert owed(bank, first.name) == 3

    def test_gives_it_up_where_it_is_to_begin_anew(self, bank: Bank, filled: list[int]) -> None:
        first = promise_rebuild(bank)
        index_next(bank)
        second = promise_rebuild(bank, anew=True)
        assert second.begun
        assert first.name not in bank.generations.names()
        assert (owed(bank, first.name), owed(bank, second.name)) == (0, 3)

    def test_gives_up_what_an_older_program_began(self, bank: Bank, filled: list[int]) -> None:
        first = promise_rebuild(bank)
        with bank.database.transaction() as session:
            here = update(IndexGeneration).where(IndexGeneration.name == first.name)
            session.execute(here.values(built_for={"mapping": "of last year"}))
        sweep(bank)
        assert first.name not in bank.generations.names()
        assert "building" in states(bank).values()
        work_all(bank)
        assert compare(bank).differences == 0


class TestPaused:
    def test_rows_stay_and_changes_are_found_until_it_goes_on(self, bank: Bank, filled: list[int]) -> None:
        before, asked = bank.generations.live(), promise_rebuild(bank)
        assert pause(bank, asked.name)
        assert not pause(bank, asked.name)
        with bank.database.transaction() as session:
            documents.update(session, filled[0], title="Vräkningar")
        work_all(bank)
        assert found(bank, "vräkningar") == [filled[0]]
        assert (bank.generations.live(), owed(bank, asked.name)) == (before, 3)
        assert sweep(bank).entries_promised == 0
        work_all(bank)
        assert owed(bank, asked.name) == 3
        assert resume(bank, asked.name)
        assert not resume(bank, asked.name)
        work_all(bank)
        assert bank.generations.live() == asked.name
        assert found(bank, "vräkningar") == [filled[0]]
        assert compare(bank).differences == 0

    def test_nothing_is_switched_to_that_was_paused_in_the_last_moment(
        self, bank: Bank, filled: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, asked = bank.generations.live(), promise_rebuild(bank)
        assert index_next(bank) == 3

        def pause_meanwhile(*given: Any) -> Any:
            pause(bank, asked.name)
            return compare(*given)

        with monkeypatch.context() as patched:
            patched.setattr(switching, "compare", pause_meanwhile)
            assert not switch_when_ready(bank)
        sweep(bank)
        assert bank.generations.live() == before
        resume(bank, asked.name)
        sweep(bank)
        assert bank.generations.live() == asked.name

    def test_a_batch_for_the_new_index_ends_early(
        self, bank: Bank, filled: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(entry_making, "MADE_AT_ONCE", 1)
        asked, make = promise_rebuild(bank), entry_making._made_together

        def pause_meanwhile(*given: Any) -> Any:
            pause(bank, asked.name)
            return make(*given)

        monkeypatch.setattr(entry_making, "_made_together", pause_meanwhile)
        assert index_next(bank) == 1
        assert owed(bank, asked.name) == 2

    def test_the_time_of_the_pause_counts_for_nothing(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        pause(bank, asked.name)
        with bank.database.transaction() as session:
            session.execute(update(IndexGeneration).values(paused_at=now() - timedelta(hours=1)))
        resume(bank, asked.name)
        with bank.database.reading() as session:
            building = generations.building(session)
            assert building is not None
            assert 3600 <= building.paused_seconds < 3700

    def test_a_pause_after_its_end_is_none(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        work_all(bank)
        assert not pause(bank, asked.name)
        assert not pause(bank, "någon annan")


class TestGivenUp:
    def test_the_new_generation_is_gone_and_the_live_one_stays(self, bank: Bank, filled: list[int]) -> None:
        before, asked = bank.generations.live(), promise_rebuild(bank)
        index_next(bank)
        pause(bank, asked.name)
        assert give_up(bank, asked.name)
        assert not give_up(bank, asked.name)
        assert bank.generations.names() == [before]
        assert states(bank) == {before: "live"}
        assert owed(bank, asked.name) == 0
        work_all(bank)
        assert sorted(found(bank, "boendestöd")) == sorted(filled)

    def test_another_one_than_was_meant_is_left_alone(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        assert not give_up(bank, "")
        assert not give_up(bank, "en tidigare")
        assert owed(bank, asked.name) == 3

    def test_one_that_searches_see_already_is_left_alone(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        index_next(bank)
        bank.generations.switch(asked.name)
        assert not give_up(bank, asked.name)
        sweep(bank)
        assert states(bank)[asked.name] == "live"
        assert sorted(found(bank, "boendestöd")) == sorted(filled)

    def test_a_batch_that_was_being_written_leaves_nothing_behind(
        self, bank: Bank, filled: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked, note = promise_rebuild(bank), index_step._note

        def give_up_meanwhile(*given: Any) -> None:
            give_up(bank, asked.name)
            note(*given)

        monkeypatch.setattr(index_step, "_note", give_up_meanwhile)
        index_next(bank)
        with bank.database.reading() as session:
            assert asked.name not in set(session.scalars(select(WordType.generation)))
        assert asked.name not in bank.generations.names()


class TestCheck:
    def test_an_index_that_lacks_an_entry_is_not_switched_to_until_the_sweep_has_mended_it(
        self, bank: Bank, filled: list[int]
    ) -> None:
        before, asked = bank.generations.live(), promise_rebuild(bank)
        with bank.database.transaction() as session:
            session.execute(delete(Job).where(Job.generation == asked.name, Job.subject_id == filled[0]))
        work_all(bank)
        assert bank.generations.live() == before
        assert sweep(bank).entries_promised == 1
        work_all(bank)
        assert bank.generations.live() == asked.name
        assert sorted(found(bank, "boendestöd")) == sorted(filled)

    def test_an_entry_that_no_generation_can_hold_does_not_stop_the_others(
        self, bank: Bank, drop: Drop, filled: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bad = drop("Boendestöd fyra", "fyra.txt")

        def fail_for_one(one: Any, *rest: Any) -> IndexEntry:
            if one.id == bad:
                raise ValueError("no entry")
            return project_document(one, *rest)

        monkeypatch.setattr(entry_making, "project_document", fail_for_one)
        asked = promise_rebuild(bank)
        work_all(bank)
        assert bank.generations.live() == asked.name
        assert sorted(found(bank, "boendestöd")) == sorted(filled)

    def test_where_the_live_index_cannot_be_read_the_new_one_takes_its_place(
        self, bank: Bank, filled: list[int]
    ) -> None:
        live = bank.generations.live()
        for part in ("documents", "pages"):
            (bank.settings.index_folder / live / part / "meta.json").write_text("damaged")
        bank.close()
        asked = promise_rebuild(bank)
        with bank.database.transaction() as session:
            session.execute(delete(Job).where(Job.generation == asked.name, Job.subject_id == filled[0]))
        work_all(bank)
        sweep(bank)
        work_all(bank)
        assert bank.generations.live() == asked.name
        assert sorted(found(bank, "boendestöd")) == sorted(filled)


class TestStopped:
    def test_between_pointer_and_rows_the_sweep_finishes_it(self, bank: Bank, filled: list[int]) -> None:
        before, asked = bank.generations.live(), promise_rebuild(bank)
        index_next(bank)
        bank.generations.switch(asked.name)
        assert states(bank)[asked.name] == "building"
        sweep(bank)
        assert states(bank) == {before: "old", asked.name: "live"}

    def test_between_pointer_and_rows_a_change_is_not_lost(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        index_next(bank)
        bank.generations.switch(asked.name)
        with bank.database.transaction() as session:
            documents.update(session, filled[0], title="Vräkningar")
        work_all(bank)
        assert found(bank, "vräkningar") == [filled[0]]
        assert compare(bank).differences == 0
        assert "building" not in states(bank).values()

    def test_before_its_rows_the_empty_generation_is_cleared(self, bank: Bank, filled: list[int]) -> None:
        left = bank.generations.make()
        sweep(bank)
        assert left not in bank.generations.names()

    def test_by_a_folder_that_is_gone_it_ends_and_its_promises_with_it(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        shutil.rmtree(bank.settings.index_folder / asked.name)
        settle(bank)
        assert asked.name not in states(bank)
        assert owed(bank, asked.name) == 0
        assert sorted(found(bank, "boendestöd")) == sorted(filled)

    def test_by_the_loss_of_the_whole_index_a_new_one_is_filled(self, bank: Bank, filled: list[int]) -> None:
        promise_rebuild(bank)
        bank.close()
        shutil.rmtree(bank.settings.index_folder)
        sweep(bank)
        work_all(bank)
        assert sorted(found(bank, "boendestöd")) == sorted(filled)

    def test_nothing_is_switched_where_nothing_is_being_built(self, bank: Bank, filled: list[int]) -> None:
        assert not switch_when_ready(bank)

    def test_a_sweep_in_the_middle_promises_nothing_twice(self, bank: Bank, filled: list[int]) -> None:
        asked = promise_rebuild(bank)
        assert sweep(bank).entries_promised == 0
        assert owed(bank, asked.name) == 3
        with bank.database.reading() as session:
            assert jobs.waiting(session) == {}
