from __future__ import annotations

from indexer.search_query import Reading
from indexer.search_result import Counted, SearchResult


def test_counts_are_waited_for_once_and_only_when_asked_for() -> None:
    waited: list[str] = []

    def counting() -> Counted:
        waited.append("waited")
        return Counted(3, {"method": {"mi": 2}}, {2019: 3}, any_words=7)

    result = SearchResult((), Reading.ALL, (), (), 1, 1, counting)
    assert (result.total_projects, waited) == (1, [])

    assert (result.total, result.facets, result.years) == (3, {"method": {"mi": 2}}, {2019: 3})
    assert (result.all_words, result.any_words, result.exact_words) == (None, 7, None)
    assert waited == ["waited"]
