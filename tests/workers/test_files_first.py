"""Scanned pages wait while files do, but not for ever."""

from __future__ import annotations

import pytest

from catalog import jobs
from catalog.documents.rereading import REREAD_PRIORITY
from catalog.documents.scan_promises import AGAIN, PRIORITY
from workers import files_first
from workers.bank import Bank


def owe(bank: Bank, kind: str, priority: int = 5) -> None:
    with bank.database.transaction() as session:
        jobs.add(session, kind, "scan" if kind == "ocr" else "document", 1, 0, priority)


def settle(bank: Bank, kind: str) -> None:
    with bank.database.transaction() as session:
        (claimed,) = jobs.claim(session, kind, "here", 1, 60.0, 0.0)
        jobs.done(session, claimed)


@pytest.mark.parametrize("priority", [PRIORITY, AGAIN])
def test_a_page_waits_for_a_file_that_was_dropped(bank: Bank, priority: int) -> None:
    owe(bank, "ocr", priority)
    owe(bank, "read")
    assert bank.files_first.holds_back(bank.database)
    settle(bank, "read")
    assert not bank.files_first.holds_back(bank.database)


def test_a_file_that_is_being_read_is_waited_for_too(bank: Bank) -> None:
    owe(bank, "ocr", PRIORITY)
    owe(bank, "read")
    with bank.database.transaction() as session:
        assert jobs.claim(session, "read", "another", 1, 60.0, 0.0)
    assert bank.files_first.holds_back(bank.database)


def test_nobody_waits_where_there_is_no_page_or_a_file_is_only_read_again(bank: Bank) -> None:
    owe(bank, "read")
    assert not bank.files_first.holds_back(bank.database)
    settle(bank, "read")
    owe(bank, "read", REREAD_PRIORITY)
    owe(bank, "ocr", PRIORITY)
    assert not bank.files_first.holds_back(bank.database)


def test_files_without_an_end_hold_pages_back_for_some_minutes_only(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(bank, "ocr", PRIORITY)
    owe(bank, "read")
    assert bank.files_first.holds_back(bank.database)
    monkeypatch.setattr(files_first, "LONGEST_SECONDS", 0.0)
    assert not bank.files_first.holds_back(bank.database)
    monkeypatch.undo()
    settle(bank, "read")
    assert not bank.files_first.holds_back(bank.database)  # a pause: what comes then is waited for anew
    owe(bank, "read")
    assert bank.files_first.holds_back(bank.database)
