from __future__ import annotations

from functools import partial
from typing import NoReturn

from indexer.search_query import Reading
from indexer.search_result import Counted, Grouped, ProjectHit, SearchResult


def test_counts_are_waited_for_once_and_only_when_asked_for() -> None:
    waited: list[str] = []

    def grouping() -> Grouped:
        waited.append("projects")
        return Grouped(1, 4)

    def counting() -> Counted:
        waited.append("documents")
        return Counted(3, {"method": {"mi": 2}}, {2019: 3}, any_words=7)

    result = SearchResult((), Reading.ALL, (), (), grouping, counting)
    assert (result.total_projects, result.total_groups, result.projects_approximate) == (1, 4, False)
    assert waited == ["projects"]

    assert (result.total, result.facets, result.years) == (3, {"method": {"mi": 2}}, {2019: 3})
    assert (result.all_words, result.any_words, result.exact_words) == (None, 7, None)
    assert waited == ["projects", "documents"]


def test_what_has_a_page_of_hits_is_found_without_counting() -> None:
    def forbidden() -> NoReturn:
        raise AssertionError

    shown = SearchResult((ProjectHit(7, 1.0, ()),), Reading.ALL, (), (), forbidden, forbidden)
    assert shown.found
    for grouped in (Grouped(0, 0), Grouped(3, 3)):
        beyond = SearchResult((), Reading.ALL, (), (), partial(Grouped, *grouped), forbidden)
        assert beyond.found is bool(grouped.groups)
