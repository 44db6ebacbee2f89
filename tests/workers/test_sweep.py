from __future__ import annotations

import os
import time
from collections.abc import Callable

from sqlalchemy import delete, update

from catalog import documents, jobs
from catalog.models import Document, Job, PageTokens
from tests.workers.conftest import document, found
from workers import owners
from workers.bank import Bank
from workers.index_step import index_next
from workers.read_step import read_next
from workers.sweep import UNFINISHED_SECONDS, SweepReport, sweep

Drop = Callable[..., int]


def work_all(bank: Bank) -> None:
    while read_next(bank) or index_next(bank):
        pass


def forget_all_jobs(bank: Bank) -> None:
    with bank.database.transaction() as session:
        session.execute(delete(Job))


def dead_owner() -> str:
    host, number, start = owners.this_process().rsplit(":", 2)
    return f"{host}:{number}:{int(start) - 1}"


def test_a_healthy_bank_needs_nothing(bank: Bank, drop: Drop) -> None:
    drop("Boendestöd")
    work_all(bank)
    assert sweep(bank) == SweepReport()


def test_what_a_dead_worker_held_is_free_at_once_and_no_attempt_is_counted(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    with bank.database.transaction() as session:
        assert jobs.claim(session, "read", dead_owner(), 1, 3600.0, time.time())
    assert read_next(bank) == 0
    assert sweep(bank).leases_freed == 1
    assert read_next(bank) == 1
    assert document(bank, one).state == "read"


def test_what_a_living_worker_holds_is_left_alone(bank: Bank, drop: Drop) -> None:
    drop("Boendestöd")
    with bank.database.transaction() as session:
        jobs.claim(session, "read", owners.this_process(), 1, 3600.0, time.time())
    assert sweep(bank).leases_freed == 0


def test_a_file_that_kills_every_worker_ends_as_damaged(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    reports = []
    for _ in range(jobs.MOST_LOSSES):
        with bank.database.transaction() as session:
            jobs.claim(session, "read", dead_owner(), 1, 3600.0, time.time())
        reports.append(sweep(bank))
    assert [report.given_up for report in reports] == [0] * (jobs.MOST_LOSSES - 1) + [1]
    assert document(bank, one).state == "failed"
    assert document(bank, one).reason == "damaged"


def test_a_document_whose_reading_was_never_promised_is_read(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    forget_all_jobs(bank)
    assert sweep(bank).readings_promised == 1
    work_all(bank)
    assert found(bank, "boendestöd") == [one]


def test_a_document_that_stands_in_progress_without_a_promise_is_read_again(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    with bank.database.transaction() as session:
        documents.reading_started(session, one)
    forget_all_jobs(bank)
    sweep(bank)
    work_all(bank)
    assert document(bank, one).state == "read"


def test_an_entry_that_is_missing_in_the_index_is_promised(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    work_all(bank)
    with bank.engine.writing() as index:
        index.remove(one)
    assert sweep(bank).entries_promised == 1
    work_all(bank)
    assert found(bank, "boendestöd") == [one]


def test_an_entry_that_has_no_document_is_taken_away(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    work_all(bank)
    with bank.database.transaction() as session:
        documents.remove(session, one, by="Eva", why="fel fil")
    forget_all_jobs(bank)
    assert sweep(bank).entries_promised == 1
    work_all(bank)
    assert list(bank.engine.entries()) == []


def test_an_entry_of_another_version_is_promised(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    work_all(bank)
    with bank.database.transaction() as session:
        documents.update(session, one, title="Ny titel")
    forget_all_jobs(bank)
    assert sweep(bank).entries_promised == 1


def test_the_bytes_of_a_removed_document_are_cleared(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    sha256 = document(bank, one).sha256
    with bank.database.transaction() as session:
        documents.remove(session, one, by="Eva", why="fel fil")
    assert sweep(bank).originals_cleared == 1
    assert not bank.originals.exists(sha256)


def test_an_upload_that_died_is_cleared_when_it_is_old(bank: Bank) -> None:
    unfinished = bank.originals.folder / "unfinished" / "1-abc"
    unfinished.parent.mkdir(parents=True)
    unfinished.touch()
    assert sweep(bank).unfinished_cleared == 0
    old = time.time() - UNFINISHED_SECONDS - 1
    os.utime(unfinished, (old, old))
    assert sweep(bank).unfinished_cleared == 1


def test_a_lost_nudge_is_given_again(bank: Bank, drop: Drop) -> None:
    drop("Boendestöd")
    message = bank.settings.broker_folder / "nudge.read.msg"
    assert not message.exists()
    assert sweep(bank).waiting_read == 1
    assert message.exists()


def test_an_index_that_cannot_be_opened_is_told_and_the_rest_is_mended(bank: Bank, drop: Drop) -> None:
    drop("Boendestöd")
    forget_all_jobs(bank)
    bank.settings.index_folder.write_text("not a folder")
    report = sweep(bank)
    assert str(bank.settings.index_folder) in report.engine
    assert report.readings_promised == 1


def test_pages_that_are_missing_in_the_index_are_promised(bank: Bank, drop: Drop) -> None:
    one = drop("Boendestöd")
    work_all(bank)
    with bank.database.transaction() as session:
        text = documents.PageText(2, "En sida till", exact="en sida till", parts="en sida till")
        reading = documents.Reading(pages=[text])
        before = documents.versions(session)[one]
        documents.store_reading(session, one, reading)
        session.execute(update(Document).values(version=before))
    with bank.database.transaction() as session:
        session.execute(delete(PageTokens).where(PageTokens.document_id == one))
    forget_all_jobs(bank)
    assert sweep(bank).entries_promised == 1
