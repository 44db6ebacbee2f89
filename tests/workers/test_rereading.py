from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog import documents
from indexer import UnreadableFile, readers
from indexer.extraction import versions
from tests.workers.conftest import document, found
from tests.workers.test_read_step import let_read, raising
from workers.bank import Bank
from workers.index_step import index_next
from workers.read_step import read_next
from workers.rereading import BadWhere, Where, chosen, promise_rereading, readers_today

Drop = Callable[..., int]


@pytest.fixture
def read(bank: Bank, drop: Drop) -> int:
    """A text that was read and indexed by an older reader."""
    made = drop("En rapport om boendestöd")
    read_next(bank)
    index_next(bank)
    return made


def older(bank: Bank) -> list[int]:
    return chosen(bank.database, Where(), readers_today(bank.settings, bank.database))


def improve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_VERSIONS", {**versions._VERSIONS, "plain": "better"})


def test_only_what_a_better_reader_would_read_is_chosen(
    bank: Bank, drop: Drop, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop("<html><body><p>En sida om boendestöd</p></body></html>", "sida.html")
    read_next(bank)
    assert older(bank) == []
    improve(monkeypatch)
    assert older(bank) == [read]
    assert document(bank, read).reader != readers()["text/plain"]


def test_it_is_found_by_its_old_text_until_the_new_one_is_in(
    bank: Bank, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    improve(monkeypatch)
    assert (
        promise_rereading(bank.database, older(bank), readers_today(bank.settings, bank.database), older_only=True) == 1
    )
    assert found(bank, "boendestöd") == [read]
    assert read_next(bank) == 1
    index_next(bank)
    assert found(bank, "boendestöd") == [read]
    assert document(bank, read).reader == readers()["text/plain"]
    assert older(bank) == []


def test_a_child_that_dies_leaves_the_text_and_the_reason(bank: Bank, read: int) -> None:
    promise_rereading(bank.database, [read], readers_today(bank.settings, bank.database))
    bank.close()  # the real reader, which another one stands for now
    let_read(bank, raising(UnreadableFile("too_slow", "killed", transient=True)))
    while read_next(bank):
        assert document(bank, read).state == "read"
    assert (document(bank, read).state, document(bank, read).reason) == ("read", "too_slow")
    assert found(bank, "boendestöd") == [read]


def test_bytes_that_are_gone_leave_the_text(bank: Bank, read: int) -> None:
    bank.originals.remove(document(bank, read).sha256)
    promise_rereading(bank.database, [read], readers_today(bank.settings, bank.database))
    read_next(bank)
    assert (document(bank, read).state, document(bank, read).reason) == ("read", "damaged")


def test_documents_are_chosen_by_format_and_state(bank: Bank, drop: Drop, read: int) -> None:
    broken = drop(b"%PDF-1.7 trasig", "trasig.pdf")
    read_next(bank)
    assert chosen(bank.database, Where.parse("format=text"), readers_today(bank.settings, bank.database)) == [read]
    assert chosen(bank.database, Where.parse("format=pdf"), readers_today(bank.settings, bank.database)) == [broken]
    assert chosen(bank.database, Where.parse("state=failed"), readers_today(bank.settings, bank.database)) == [broken]
    assert chosen(bank.database, Where.parse("all"), readers_today(bank.settings, bank.database)) == [read, broken]
    promise_rereading(bank.database, [broken], readers_today(bank.settings, bank.database))
    assert document(bank, broken).state == "queued"
    with bank.database.reading() as session:
        assert documents.unfinished(session, [broken]) == [broken]


@pytest.mark.parametrize("text", ["format=png", "format=jpeg", "format=tiff", "format=epub", "format=email"])
def test_every_format_that_is_read_can_be_named(text: str) -> None:
    assert Where.parse(text).value == text.removeprefix("format=")


@pytest.mark.parametrize("text", ["", "nonsense", "format", "format=", "format=exe", "state=queued", "all=1"])
def test_a_choice_that_is_none_is_refused_with_those_that_there_are(text: str) -> None:
    with pytest.raises(BadWhere, match="use "):
        Where.parse(text)
