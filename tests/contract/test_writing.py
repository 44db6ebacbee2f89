"""Writing: batches, replacing, removing, one writer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import IndexEntry, SearchEngine
from tests.contract.bank import ask, document, found, project, write


def test_empty_index_answers(engine: SearchEngine) -> None:
    assert engine.search(ask("ord")).total == 0
    assert engine.search(ask()).projects == ()
    assert engine.page_hits(ask("ord"), [1]) == {}
    assert list(engine.entries()) == []
    assert engine.page_counts() == {}


def test_writing_twice_is_harmless(engine: SearchEngine) -> None:
    write(engine, document(1, "gammalt"), document(1, "nytt", "sida två"))
    write(engine, document(1, "nytt", "sida två"))

    assert (found(engine, "nytt"), found(engine, "gammalt")) == ([1], [])
    assert engine.page_counts() == {1: 2}
    assert engine.search(ask("nytt")).total == 1


def test_project_whose_parts_came_in_different_batches_is_counted_once(engine: SearchEngine) -> None:
    for number in range(1, 5):
        write(engine, document(number, "ord", project=100), document(10 + number, "ord"), project(200 + number, "ord"))
    write(engine, project(100, "ord"), document(20, "ord", project=201))
    result = engine.search(ask("ord"))

    assert (result.total, result.total_projects, result.total_groups) == (9, 5, 9)
    assert sorted(len(group.documents) for group in result.projects) == [0, 0, 0, 1, 1, 1, 1, 1, 4]


def test_replaced_pages_are_gone(engine: SearchEngine) -> None:
    write(engine, document(1, "ett", "två", "tre"))
    write(engine, document(1, "fyra"))

    assert engine.page_counts() == {1: 1}
    assert engine.page_hits(ask("två"), [1]) == {}
    assert [page.number for page in engine.page_hits(ask("fyra"), [1])[1]] == [1]


def test_changed_rights_keep_the_pages(engine: SearchEngine) -> None:
    write(engine, document(1, "ett", "två", audience=["public"]))
    write(engine, document(1, "ett", "två", audience=["editors"], version=2))

    assert found(engine, "två") == []
    assert found(engine, "två", audience=["editors"]) == [1]
    assert [page.number for page in engine.page_hits(ask("två"), [1])[1]] == [2]


def test_removed_entry_is_gone_with_its_pages(engine: SearchEngine) -> None:
    write(engine, document(1, "ord"), document(2, "ord"))
    with engine.writing() as batch:
        batch.remove(1)
        batch.remove(99)

    assert found(engine, "ord") == [2]
    assert engine.page_counts() == {2: 1}


def test_put_and_removed_in_one_batch_is_gone(engine: SearchEngine) -> None:
    with engine.writing() as batch:
        batch.put(document(1, "ord"))
        batch.remove(1)
        batch.put(document(2, "ord"))
        batch.remove(2)
        batch.put(document(2, "annat"))

    assert found(engine, "ord") == []
    assert engine.page_counts() == {2: 1}


def test_failed_batch_changes_nothing(engine: SearchEngine) -> None:
    write(engine, document(1, "gammalt"))
    with pytest.raises(RuntimeError, match="stop"):
        fail_while_writing(engine, document(1, "nytt"), document(2, "nytt"))

    assert (found(engine, "gammalt"), found(engine, "nytt")) == ([1], [])
    assert engine.page_counts() == {1: 1}
    write(engine, document(2, "nytt"))
    assert found(engine, "nytt") == [2]


def fail_while_writing(engine: SearchEngine, *entries: IndexEntry) -> None:
    with engine.writing() as batch:
        for entry in entries:
            batch.put(entry)
        raise RuntimeError("stop")


def test_entries_and_pages_are_told_for_the_sweep(engine: SearchEngine) -> None:
    write(engine, document(1, "a", "b", version=4), document(2, version=5), project(100, "p", version=6))

    assert sorted(engine.entries()) == [(1, "document", 4), (2, "document", 5), (100, "project", 6)]
    assert engine.page_counts() == {1: 2}
    assert engine.page_counts([2, 1, 77]) == {1: 2}


def test_largest_ids_are_kept_exactly(engine: SearchEngine) -> None:
    last, last_but_one = 2**53 - 1, 2**53 - 2
    write(engine, document(last, "ord", project=last_but_one), project(last_but_one, "ord"), document(3, "ord"))
    with engine.writing() as batch:
        batch.remove(3)

    assert found(engine, "ord") == [last]
    assert engine.search(ask("ord")).projects[0].project_id == last_but_one
    assert engine.page_counts() == {last: 1}


def test_search_sees_a_commit_at_once_and_from_another_opening(new_engine: Callable[[], SearchEngine]) -> None:
    engine = new_engine()
    assert found(engine, "ord") == []
    for number in range(1, 4):
        write(engine, document(number, "ord"))
        assert found(engine, "ord") == list(range(1, number + 1))


def test_text_without_words_is_kept(engine: SearchEngine) -> None:
    empty: IndexEntry = document(1, "", " … ", title="–")
    write(engine, empty)

    assert engine.search(ask()).total == 1
    assert engine.page_counts() == {1: 2}
    write(engine, empty)
    assert engine.page_counts() == {1: 2}


def test_entry_that_the_index_does_not_take_is_refused_alone_with_its_reason(engine: SearchEngine) -> None:
    write(engine, document(2, "gammalt"))
    with engine.writing() as batch:
        batch.put(document(1, "ord"))
        batch.put(document(2, "ord", year=2**70))
        batch.put(document(3, "ord"))

    assert list(batch.refused) == [2]
    assert len(batch.refused[2]) > 10
    assert found(engine, "ord") == [1, 3]
    assert found(engine, "gammalt") == [2]


def test_removal_of_what_was_never_there_is_harmless_with_or_without_version(engine: SearchEngine) -> None:
    with engine.writing() as batch:
        batch.remove(1)
        batch.remove(2, version=7)

    assert (batch.refused, list(engine.entries())) == ({}, [])


def test_entry_removed_without_version_can_come_back(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", version=3))
    with engine.writing() as batch:
        batch.remove(1)
    write(engine, document(1, "ord", version=3))

    assert found(engine, "ord") == [1]
