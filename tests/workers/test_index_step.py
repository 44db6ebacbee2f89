from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from catalog import documents, jobs, projects
from catalog.jobs import Claimed
from catalog.models import Job, PageTokens
from indexer import IndexBusy, IndexEntry, analyse, analysis_version
from tests import factories
from tests.workers.conftest import document, found
from workers import entry_making, index_batch, index_step
from workers.bank import Bank
from workers.index_batch import Batch
from workers.index_step import index_next, index_waiting
from workers.projection import project_document
from workers.read_step import read_next

Drop = Callable[..., int]


def read(bank: Bank, drop: Drop, text: str, name: str) -> int:
    one = drop(text, name)
    read_next(bank)
    return one


def waiting(bank: Bank) -> int:
    with bank.database.reading() as session:
        return jobs.waiting(session).get("index", 0)


def test_nothing_is_owed_in_an_empty_bank(bank: Bank) -> None:
    assert index_next(bank) == 0


def test_what_was_read_is_found_and_its_promise_kept(bank: Bank, drop: Drop) -> None:
    one = read(bank, drop, "Boendestöd i Skärholmen", "a.txt")
    assert index_next(bank) == 1
    assert found(bank, "skärholmen") == [one]
    assert document(bank, one).indexed_version == document(bank, one).version
    assert waiting(bank) == 0


def test_a_project_has_an_entry_of_its_own(bank: Bank) -> None:
    with bank.database.transaction() as session:
        made = factories.project(session, "Bo kvar")
    index_next(bank)
    assert list(bank.engine.entries()) == [(made.id, "project", made.version)]
    with bank.database.reading() as session:
        assert projects.get(session, made.id).indexed_version == made.version


def test_a_removed_document_leaves_the_index(bank: Bank, drop: Drop) -> None:
    one = read(bank, drop, "Boendestöd", "a.txt")
    index_next(bank)
    with bank.database.transaction() as session:
        documents.remove(session, one, by="Eva", why="fel fil")
    assert index_next(bank) == 1
    assert found(bank, "boendestöd") == []
    assert bank.engine.page_counts() == {}


def test_what_changes_while_it_is_written_keeps_its_promise(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = read(bank, drop, "Boendestöd", "a.txt")
    write = index_step._write

    def change_meanwhile(bank: Bank, claimed: list[Claimed]) -> Batch:
        written = write(bank, claimed)
        with bank.database.transaction() as session:
            documents.update(session, one, title="En annan titel")
        return written

    monkeypatch.setattr(index_step, "_write", change_meanwhile)
    index_next(bank)
    assert waiting(bank) == 1
    monkeypatch.undo()
    index_next(bank)
    assert found(bank, "annan") == [one]
    assert waiting(bank) == 0


def owed(bank: Bank) -> list[tuple[int, int, str, str]]:
    """Subject, attempts, owner and last error of each promise."""
    with bank.database.reading() as session:
        return [(job.subject_id, job.attempts, job.owner, job.last_error) for job in session.scalars(select(Job))]


def test_an_entry_that_cannot_be_made_harms_only_itself(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = read(bank, drop, "Boendestöd ett", "a.txt")
    good = read(bank, drop, "Boendestöd två", "b.txt")

    def fail_for_one(one: Any, *rest: Any) -> IndexEntry:
        if one.id == bad:
            raise ValueError("no entry")
        return project_document(one, *rest)

    monkeypatch.setattr(entry_making, "project_document", fail_for_one)
    index_next(bank)
    assert found(bank, "boendestöd") == [good]
    assert owed(bank) == [(bad, 1, "", "ValueError: no entry")]
    index_next(bank)
    index_next(bank)
    assert owed(bank) == []  # the third attempt was the last


def test_an_entry_that_the_engine_refuses_harms_only_itself(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = read(bank, drop, "Boendestöd ett", "a.txt")
    good = [read(bank, drop, f"Boendestöd {n}", f"{n}.txt") for n in ("två", "tre")]
    write = index_step._write

    def refuse_one(bank: Bank, claimed: list[Claimed]) -> Batch:
        if any(one.subject_id == bad for one in claimed):
            raise ValueError("refused")
        return write(bank, claimed)

    monkeypatch.setattr(index_step, "_write", refuse_one)
    index_next(bank)
    assert sorted(found(bank, "boendestöd")) == sorted(good)
    assert owed(bank) == [(bad, 1, "", "ValueError: refused")]


def test_what_the_index_refuses_fails_alone_with_its_reason(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = read(bank, drop, "Boendestöd ett", "a.txt")
    good = read(bank, drop, "Boendestöd två", "b.txt")

    def unwritable(one: Any, *rest: Any) -> IndexEntry:
        made = project_document(one, *rest)
        return replace(made, year=2**70) if one.id == bad else made

    monkeypatch.setattr(entry_making, "project_document", unwritable)
    index_next(bank)
    assert found(bank, "boendestöd") == [good]
    with bank.database.reading() as session:
        (job,) = session.scalars(select(Job))
    assert (job.subject_id, job.attempts) == (bad, 1)
    assert (job.last_error or "").startswith("EntryRefused: ")


@pytest.fixture
def three_batches(bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """Three documents wait, and a batch is full with one."""
    for name in ("a", "b", "c"):
        read(bank, drop, f"Boendestöd {name}", f"{name}.txt")
    monkeypatch.setattr(index_batch, "MOST_CHARACTERS", 1)
    monkeypatch.setattr(entry_making, "MADE_AT_ONCE", 1)
    return bank


def test_a_full_batch_leaves_the_rest_for_the_next_turn(three_batches: Bank) -> None:
    assert [index_next(three_batches) for _ in range(4)] == [1, 1, 1, 0]
    assert len(found(three_batches, "boendestöd")) == 3


def test_batches_follow_each_other_until_the_time_is_up(three_batches: Bank) -> None:
    index_waiting(three_batches, 0.0)
    assert len(found(three_batches, "boendestöd")) == 1
    index_waiting(three_batches, 60.0)
    assert len(found(three_batches, "boendestöd")) == 3


def test_a_writer_that_stays_busy_gives_the_rows_back_without_an_attempt(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = read(bank, drop, "Boendestöd", "a.txt")
    monkeypatch.setattr(index_step, "BUSY_SECONDS", 0.0)
    with bank.engine.writing(), pytest.raises(IndexBusy):
        index_next(bank)
    assert index_next(bank) == 1
    assert found(bank, "boendestöd") == [one]


def test_tokens_of_an_older_analysis_are_made_anew_for_index_and_record(bank: Bank, drop: Drop) -> None:
    one = read(bank, drop, "Boendestöd i Skärholmen", "a.txt")
    with bank.database.transaction() as session:
        session.execute(update(PageTokens).values(exact="old", parts="old", spans=b"", analysis_version="an older one"))
    index_next(bank)
    assert found(bank, "skärholmen") == [one]
    with bank.database.reading() as session:
        (page,) = documents.analysed(session, one)
    assert (page.exact, page.analysis_version) == (analyse(page.text).exact, analysis_version())


PEOPLES, IMPORTS = 3, 5  # priorities


def test_entries_are_gathered_while_many_files_wait_to_be_read(bank: Bank, drop: Drop) -> None:
    assert index_step._gathering_seconds(bank) == 0.0
    read(bank, drop, "Boendestöd", "a.txt")
    assert index_step._gathering_seconds(bank) == 0.0
    drop_many(drop, IMPORTS)
    assert 0.0 < index_step._gathering_seconds(bank) <= index_step.GATHERING_SECONDS[False]
    with bank.database.transaction() as session:
        session.execute(update(Job).values(created_at=datetime.now(UTC) - timedelta(seconds=9)))
    assert index_step._gathering_seconds(bank) == 0.0


def test_what_a_person_dropped_by_hand_is_not_gathered_with_an_import(bank: Bank, drop: Drop) -> None:
    read(bank, drop, "Boendestöd", "a.txt")
    drop_many(drop, IMPORTS)
    assert index_step._gathering_seconds(bank) > 0.0
    drop("Brådskande", "b.txt", priority=PEOPLES)
    read_next(bank)
    assert index_step._gathering_seconds(bank) == 0.0


def test_what_people_dropped_in_great_number_is_gathered_for_a_shorter_time(bank: Bank, drop: Drop) -> None:
    drop_many(drop, PEOPLES)
    drop_many(drop, IMPORTS)
    drop("Brådskande", "b.txt", priority=PEOPLES)
    read_next(bank)
    assert 0.0 < index_step._gathering_seconds(bank) <= index_step.GATHERING_SECONDS[True]


def test_a_full_batch_is_gathered_no_longer(bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch) -> None:
    read(bank, drop, "Boendestöd", "a.txt")
    drop_many(drop, IMPORTS)
    monkeypatch.setattr(index_step, "MOST_ENTRIES", 1)
    assert index_step._gathering_seconds(bank) == 0.0


def drop_many(drop: Drop, priority: int) -> None:
    for number in range(index_step.BULK_FILES):
        drop(f"Fil {number} {priority}", f"{number}.txt", priority=priority)
