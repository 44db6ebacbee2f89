"""Generations: one is served, one may be built beside it, a switch is one step."""

from __future__ import annotations

import threading

import pytest

from indexer import EngineUnavailable, SearchError, fields, fingerprint, is_current
from tests.contract.bank import ask, document, found, project, write
from tests.contract.conftest import Index


def test_nothing_is_live_before_the_first_opening(index: Index) -> None:
    assert (index.generations.live(), index.generations.names()) == ("", [])


def test_first_opening_makes_the_first_generation(index: Index) -> None:
    index.opened()
    live = index.generations.live()

    assert index.generations.names() == [live]
    assert is_current(index.generations.built_for(live))
    index.opened()
    assert index.generations.names() == [live]


def test_generation_says_what_it_was_built_for(index: Index) -> None:
    index.opened()
    built_for = index.generations.built_for(index.generations.live())

    assert built_for.items() >= fingerprint().items()
    assert built_for["format"]


def test_names_come_oldest_first(index: Index) -> None:
    index.opened()
    first = index.generations.live()
    made = [index.generations.make() for _ in range(3)]

    assert index.generations.names() == [first, *made]
    assert index.generations.live() == first


def test_what_is_written_to_a_new_generation_is_seen_after_the_switch_only(index: Index) -> None:
    live = index.opened()
    write(live, document(1, "gammalt"))
    new = index.generations.make()
    write(index.opened(new), document(2, "nytt"))

    assert (found(live, "gammalt"), found(live, "nytt")) == ([1], [])
    assert found(index.opened(new), "nytt") == [2]
    index.generations.switch(new)
    assert (found(live, "gammalt"), found(live, "nytt")) == ([], [2])
    assert list(live.entries()) == [(2, "document", 1)]
    assert live.page_counts() == {2: 1}
    assert list(live.page_hits(ask("nytt"), [1, 2])) == [2]


def test_switch_may_be_repeated_and_taken_back(index: Index) -> None:
    live = index.opened()
    write(live, document(1, "ord"))
    first, second = index.generations.live(), index.generations.make()
    for name in (second, second, first):
        index.generations.switch(name)
        assert index.generations.live() == name
    assert found(live, "ord") == [1]


def test_live_engine_writes_to_the_generation_that_is_live_when_the_writing_begins(index: Index) -> None:
    live = index.opened()
    first, second = index.generations.live(), index.generations.make()
    index.generations.switch(second)
    write(live, document(1, "ord"))

    assert found(index.opened(second), "ord") == [1]
    assert found(index.opened(first), "ord") == []


def test_bound_engine_stays_with_its_generation(index: Index) -> None:
    write(index.opened(), document(1, "ord"))
    bound = index.opened(index.generations.live())
    index.generations.switch(index.generations.make())

    assert found(bound, "ord") == [1]
    write(bound, document(2, "ord"))
    assert found(bound, "ord") == [1, 2]
    assert found(index.opened(), "ord") == []


def test_dropped_generation_is_gone_and_dropping_may_be_repeated(index: Index) -> None:
    index.opened()
    first, second = index.generations.live(), index.generations.make()
    index.generations.switch(second)
    for _ in range(2):
        index.generations.drop(first)
        assert index.generations.names() == [second]


def test_live_generation_is_never_dropped(index: Index) -> None:
    live = index.opened()
    write(live, document(1, "ord"))
    with pytest.raises(SearchError):
        index.generations.drop(index.generations.live())

    assert found(live, "ord") == [1]


@pytest.mark.parametrize("name", ["of-last-year", "../outside"])
def test_generation_that_is_not_there_can_be_neither_opened_nor_served(index: Index, name: str) -> None:
    index.opened()
    live = index.generations.live()
    with pytest.raises(EngineUnavailable):
        index.opened(name)
    with pytest.raises(EngineUnavailable):
        index.generations.switch(name)
    assert index.generations.live() == live


def test_generation_of_an_older_mapping_is_searched_and_written_by_its_own(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today's mapping has a facet and a ranking that the older one does not know."""
    text = fields.mapping_text
    older = {part: text(part) for part in ("documents", "pages")}
    without = {line for line in older["documents"].splitlines() if '"finding"' in line}
    older["documents"] = "\n".join(line for line in older["documents"].splitlines() if line not in without)
    with monkeypatch.context() as patched:
        patched.setattr(fields, "mapping_text", older.__getitem__)
        write(index.opened(), document(1, "ord", facets={"status": ["avslutat"], "finding": ["stöd"]}))
    live = index.opened()
    write(live, document(2, "ord", facets={"status": ["avslutat"], "finding": ["stöd"]}))

    result = live.search(ask("ord"))
    assert result.facets["status"] == {"avslutat": 2}
    assert result.facets["finding"] == {}
    assert live.search(ask("ord utfall:stöd")).total == 0
    new = index.generations.make()
    index.generations.switch(new)
    write(live, document(2, "ord", facets={"finding": ["stöd"]}), project(3, "ord"))
    assert live.search(ask("ord")).facets["finding"] == {"stöd": 1}


def test_searches_during_many_switches_see_one_generation_each(index: Index) -> None:
    """Every answer is that of one whole generation, never empty and never of two; dropped ones harm nobody."""
    live = index.opened()
    sizes = {"ett": 3, "två": 5}
    _fill(index, index.generations.live(), "ett", sizes["ett"])
    stop, seen, failed = threading.Event(), set[tuple[int, int, int]](), list[BaseException]()

    def searching() -> None:
        try:
            while not stop.is_set():
                result = live.search(ask("ord"))
                seen.add((result.total, sum(result.facets["status"].values()), result.total_groups))
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failed.append(error)

    searchers = [threading.Thread(target=searching) for _ in range(3)]
    for one in searchers:
        one.start()
    for turn in range(6):
        word = "två" if turn % 2 == 0 else "ett"
        before, new = index.generations.live(), index.generations.make()
        _fill(index, new, word, sizes[word])
        index.generations.switch(new)
        index.generations.drop(before)
    stop.set()
    for one in searchers:
        one.join()
    assert failed == []
    assert seen <= {(3, 3, 3), (5, 5, 5)}
    assert seen


def _fill(index: Index, name: str, word: str, count: int) -> None:
    entries = [document(n, f"ord {word}", facets={"status": [word]}) for n in range(1, count + 1)]
    write(index.opened(name), *entries)
