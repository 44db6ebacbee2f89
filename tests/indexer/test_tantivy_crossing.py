"""A table is counted in one of two ways, by its size: both give the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import IndexEntry, SearchQuery
from indexer.tantivy_engine import crossing
from tests.contract.bank import write
from tests.contract.conftest import NewIndexes, indexes
from tests.contract.model import Asked
from tests.contract.test_cross import banks, queries, tables
from tests.contract.test_model import questions

__all__ = ["indexes"]


@settings(
    max_examples=40,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(entries=banks(), asked=st.lists(st.tuples(questions, queries, tables), min_size=8, max_size=8))
def test_cells_that_follow_from_rows_and_columns_are_those_that_are_counted(
    indexes: NewIndexes,
    monkeypatch: pytest.MonkeyPatch,
    entries: list[IndexEntry],
    asked: list[tuple[Asked, SearchQuery, tuple[str, str]]],
) -> None:
    with indexes.opened("tantivy") as engine:
        write(engine, *entries)
        for question, untyped, axes in asked:
            query = replace(untyped, text=question.typed())
            monkeypatch.setattr(crossing, "_MANY_CELLS", 10**9)
            counted = engine.cross(query, *axes)
            monkeypatch.setattr(crossing, "_MANY_CELLS", -1)
            assert engine.cross(query, *axes) == counted
