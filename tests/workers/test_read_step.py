from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from catalog import documents, jobs
from catalog.errors import NotThere
from indexer import UnreadableFile
from tests.journeys.small_files import pdf
from tests.workers.conftest import document
from workers.bank import Bank
from workers.read_step import read_next, read_waiting

Drop = Callable[..., int]


class Reading:
    """Stands where the reader stands; what a child's death looks like to the worker is all that is asked of it."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self._act = act

    def read(self, _path: Path, _media_type: str, _on_progress: object) -> Any:
        return self._act()

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""


def let_read(bank: Bank, act: Callable[[], Any]) -> None:
    bank.__dict__["reader"] = Reading(act)


def raising(error: BaseException) -> Callable[[], Any]:
    def act() -> Any:
        raise error

    return act


def waiting(bank: Bank) -> dict[str, int]:
    with bank.database.reading() as session:
        return jobs.waiting(session)


def test_nothing_waits_in_an_empty_bank(bank: Bank) -> None:
    assert read_next(bank) == 0


def test_a_dropped_file_is_read_page_by_page_and_promised_to_the_index(bank: Bank, drop: Drop) -> None:
    one = drop(pdf(["Boendestöd i Skärholmen", "Vräkningarna blev färre"]), "rapport.pdf")
    assert read_next(bank) == 1
    with bank.database.reading() as session:
        pages = list(documents.analysed(session, one))
    assert [page.number for page in pages] == [1, 2]
    assert "skärholmen" in pages[0].exact.split()
    assert document(bank, one).state == "read"
    assert document(bank, one).word_count == 6
    assert waiting(bank) == {"index": 1}


def test_the_most_urgent_file_is_read_first(bank: Bank, drop: Drop) -> None:
    bulk = drop("Den första", "a.txt", priority=5)
    urgent = drop("Den andra", "b.txt", priority=1)
    read_next(bank)
    assert document(bank, urgent).state == "read"
    assert document(bank, bulk).state == "queued"


def test_a_file_that_no_reader_can_open_fails_at_once_with_its_reason(bank: Bank, drop: Drop) -> None:
    one = drop(b"%PDF-1.7\nnothing more", "trasig.pdf")
    read_next(bank)
    assert document(bank, one).state == "failed"
    assert document(bank, one).reason == "damaged"
    assert waiting(bank) == {}


def test_a_crash_counts_and_the_third_one_is_the_end(bank: Bank, drop: Drop) -> None:
    one = drop("Text")
    let_read(bank, raising(UnreadableFile("too_slow", "60 s", transient=True)))
    read_next(bank)
    read_next(bank)
    assert document(bank, one).state == "reading"
    read_next(bank)
    assert document(bank, one).state == "failed"
    assert document(bank, one).reason == "too_slow"
    assert waiting(bank) == {}


def test_an_unexpected_error_counts_too_and_ends_as_damaged_with_its_words(bank: Bank, drop: Drop) -> None:
    one = drop("Text")
    let_read(bank, raising(ZeroDivisionError("by zero")))
    for _ in range(3):
        read_next(bank)
    assert document(bank, one).reason == "damaged"
    assert "ZeroDivisionError: by zero" in document(bank, one).reason_detail


def test_an_original_that_is_gone_is_told_as_damaged(bank: Bank, drop: Drop) -> None:
    one = drop("Text")
    bank.originals.remove(document(bank, one).sha256)
    read_next(bank)
    assert document(bank, one).state == "failed"
    assert document(bank, one).reason == "damaged"
    assert "backup" in document(bank, one).reason_detail


def test_what_is_read_when_the_worker_is_told_to_stop_is_free_at_once(bank: Bank, drop: Drop) -> None:
    one = drop("Text")
    let_read(bank, raising(SystemExit(0)))
    with pytest.raises(SystemExit):
        read_next(bank)
    del bank.__dict__["reader"]
    assert read_next(bank) == 1
    assert document(bank, one).state == "read"


def test_a_document_that_is_removed_while_it_is_read_stays_removed(bank: Bank, drop: Drop) -> None:
    one = drop("Text")

    def remove() -> Any:
        with bank.database.transaction() as session:
            documents.remove(session, one, by="Eva", why="fel fil")
        raise UnreadableFile("damaged", "gone", transient=True)

    let_read(bank, remove)
    assert read_next(bank) == 1
    with pytest.raises(NotThere), bank.database.reading() as session:
        documents.get(session, one)
    assert waiting(bank) == {"index": 1}


def test_what_was_read_under_a_lost_lease_is_thrown_away(bank: Bank, drop: Drop) -> None:
    one = drop("Text")
    reader = bank.reader

    def lose_lease() -> None:
        with bank.database.transaction() as session:
            jobs.free_dead(session, lambda _: False, 0.0)
            jobs.claim(session, "read", "another:1:1", 1, 60.0, 9e9)

    class Slow(Reading):
        def read(self, path: Path, media_type: str, on_progress: Any) -> Any:
            lose_lease()
            return reader.read(path, media_type, on_progress)

    bank.__dict__["reader"] = Slow(lambda: None)
    read_next(bank)
    bank.__dict__["reader"] = reader
    assert document(bank, one).state == "reading"
    assert waiting(bank) == {"read": 1}


def test_one_message_reads_all_files_that_wait(bank: Bank, drop: Drop) -> None:
    for number in range(3):
        drop(f"Rapport nummer {number}", f"{number}.txt")
    read_waiting(bank, 60.0)
    assert waiting(bank) == {"index": 3}


def test_a_worker_claims_a_file_when_the_one_before_has_ended(bank: Bank, drop: Drop) -> None:
    first, second = drop("Den första", "a.txt"), drop("Den andra", "b.txt")
    reader, states = bank.reader, []

    class Watching(Reading):
        def read(self, path: Path, media_type: str, on_progress: Any) -> Any:
            states.append((document(bank, first).state, document(bank, second).state))
            return reader.read(path, media_type, on_progress)

    bank.__dict__["reader"] = Watching(lambda: None)
    read_waiting(bank, 60.0)
    bank.__dict__["reader"] = reader
    assert states == [("reading", "queued"), ("read", "reading")]
    assert document(bank, second).state == "read"


def test_what_was_read_when_the_record_went_away_is_free_again(bank: Bank, drop: Drop) -> None:
    one = drop("Text")
    let_read(bank, raising(OperationalError("select", {}, Exception("gone"))))
    with pytest.raises(OperationalError):
        read_next(bank)
    del bank.__dict__["reader"]
    assert read_next(bank) == 1
    assert document(bank, one).state == "read"


def test_a_worker_whose_time_is_up_leaves_the_rest_to_the_next_message(bank: Bank, drop: Drop) -> None:
    for number in range(3):
        drop(f"Rapport nummer {number}", f"{number}.txt")
    read_waiting(bank, 0.0)
    assert waiting(bank) == {"read": 2, "index": 1}
