"""What somebody is answered who may see nothing: no engine need be asked."""

from __future__ import annotations

from indexer import fields
from indexer.questions import Question
from indexer.search_result import Counted, Grouped, SearchResult


def empty_result(asked: Question) -> SearchResult:
    counted = Counted(0, {facet.name: {} for facet in fields.facets()}, {})
    return SearchResult((), asked.reading, asked.words, asked.ignored, lambda: Grouped(0, 0), lambda: counted)
