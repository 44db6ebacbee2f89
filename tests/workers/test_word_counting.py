"""The bank's words in the record follow what the index takes in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from catalog import documents, editors_words, words
from indexer import OwnWords, forms, use_own_words
from tests import factories
from workers.bank import Bank
from workers.index_step import index_next
from workers.rebuilding import promise_rebuild, settle


@pytest.fixture(autouse=True)
def no_own_words() -> Iterator[None]:
    yield
    use_own_words(OwnWords())


def index(bank: Bank) -> None:
    while index_next(bank):
        pass


def counts(bank: Bank) -> dict[str, int]:
    with bank.database.reading() as session:
        return {word: entries for word, _, entries in words.listed(session).words}


def compounds(bank: Bank) -> set[tuple[str, str]]:
    with bank.database.reading() as session:
        return set(words.listed(session).parts)


def test_each_new_entry_counts_its_words_once_title_and_file_name_too(bank: Bank) -> None:
    with bank.database.transaction() as session:
        project = factories.project(session, "Kvarboende")
        for name in ("Slutrapport ett.pdf", "Slutrapport två.pdf"):
            factories.document(
                session, name, pages=["Stöd, stöd och stöd.", "Stödet"], analysed=True, project_id=project.id
            )
    index(bank)
    found = counts(bank)
    assert (found["stöd"], found["stödet"], found["slutrapport"], found["två"]) == (2, 2, 2, 1)
    assert found["kvarboende"] == 3


def test_an_entry_that_is_written_again_adds_only_its_new_words(bank: Bank) -> None:
    with bank.database.transaction() as session:
        made = factories.document(session, "Ett.pdf", pages=["Boendestöd"], analysed=True)
    index(bank)
    with bank.database.transaction() as session:
        documents.update(session, made.id, title="Boendestöd i Farsta")
    index(bank)
    assert (counts(bank)["boendestöd"], counts(bank)["farsta"]) == (1, 0)


def test_numbers_and_rubbish_are_no_words(bank: Bank) -> None:
    with bank.database.transaction() as session:
        factories.document(session, "1.pdf", pages=[f"2020 b0ende {'x' * 61} å vård"], analysed=True)
    index(bank)
    assert {word for word in counts(bank) if not word.startswith(("r", "u"))} == {"vård"}


def test_words_that_editors_teach_change_what_is_counted_from_then_on(bank: Bank) -> None:
    _index_page(bank, "1.pdf")
    assert compounds(bank) == set()
    with bank.database.transaction() as session:
        editors_words.add(session, editors_words.WORD, "zorp", by="Vera")
    _index_page(bank, "2.pdf")
    assert compounds(bank) == {("stöd", "zorpstöd"), ("zorp", "zorpstöd")}
    assert counts(bank)["zorpstöd"] == 2


def _index_page(bank: Bank, name: str) -> None:
    with bank.database.transaction() as session:
        factories.document(session, name, pages=["Zorpstöd"], analysed=True)
    index(bank)


def test_compounds_stand_under_their_parts(bank: Bank) -> None:
    with bank.database.transaction() as session:
        factories.document(session, "1.pdf", pages=["Boendestödet"], analysed=True)
    index(bank)
    assert ("stöd", forms("boendestöd").keys[0]) in compounds(bank)


def test_a_rebuild_counts_anew(bank: Bank) -> None:
    with bank.database.transaction() as session:
        kept = factories.document(session, "Ett.pdf", pages=["Boendestöd"], analysed=True)
        gone = factories.document(session, "Två.pdf", pages=["Boendestöd och kontaktperson"], analysed=True)
    index(bank)
    settle(bank)
    with bank.database.transaction() as session:
        documents.remove(session, gone.id, by="Eva", why="fel fil")
    index(bank)
    assert (counts(bank)["boendestöd"], counts(bank)["kontaktperson"]) == (2, 1)
    promise_rebuild(bank)
    index(bank)
    assert counts(bank)["boendestöd"] == 1
    assert "kontaktperson" not in counts(bank)
    assert kept.id


def test_a_rebuild_that_is_given_up_leaves_the_words_in_use(bank: Bank) -> None:
    with bank.database.transaction() as session:
        factories.document(session, "Ett.pdf", pages=["Boendestöd"], analysed=True)
    index(bank)
    settle(bank)
    promise_rebuild(bank)
    promise_rebuild(bank, anew=True)
    index(bank)
    assert counts(bank)["boendestöd"] == 1
