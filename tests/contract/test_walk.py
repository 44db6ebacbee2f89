"""Every hit of a question, in the order of the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import IndexEntry, Reading, SearchEngine, SearchQuery, Sort, Walk, WalkedHit
from tests.contract.bank import ask, document, project, write
from tests.contract.model import Asked
from tests.contract.test_engines_agree import asked_of_all, banks


def hits_of_pages(engine: SearchEngine, query: SearchQuery) -> list[WalkedHit]:
    """What a person sees who reads all result pages from top to bottom."""
    hits: list[WalkedHit] = []
    for page in range(1, 1000 // query.projects_a_page):
        result = engine.search(replace(query, page=page))
        for group in result.projects:
            if not group.documents:
                hits.append(WalkedHit(group.project_id, "project", group.project_id, group.score))
            hits += [WalkedHit(d.document_id, "document", group.project_id, d.score) for d in group.documents]
        if not result.projects:
            return hits
    raise AssertionError("The list has no end.")


def test_projects_stand_together_and_alone_where_only_their_own_entry_is_a_hit(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "ord", project=100, date=20200101),
        document(2, "ord", project=100, date=20180101),
        document(3, "ord", date=20190101),
        project(100, "ord", date=20260101),
        project(200, "ord", date=20170101),
    )
    walk = engine.walk(ask("ord", sort=Sort.NEWEST))

    assert (walk.documents, walk.projects, walk.reading) == (3, 2, Reading.ALL)
    assert list(walk.hits) == [
        WalkedHit(1, "document", 100, 0.0),
        WalkedHit(2, "document", 100, 0.0),
        WalkedHit(3, "document", 0, 0.0),
        WalkedHit(200, "project", 200, 0.0),
    ]


def test_nobody_and_nothing_walk_nowhere(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", audience=["editors"]), project(100, "ord", audience=["editors"]))

    for query in (ask("borta", audience=["editors"]), ask("ord"), ask("ord", audience=[])):
        walk = engine.walk(query)
        assert (walk.documents, walk.projects, list(walk.hits)) == (0, 0, [])
    assert {hit.entry_id for hit in engine.walk(ask("ord", audience=["editors"])).hits} == {1, 100}


def test_walk_goes_beyond_the_depth_of_result_pages(engine: SearchEngine) -> None:
    write(engine, *(document(number, "ord", date=20200101) for number in range(1, 1_201)))
    deep = ask("ord", page=90, sort=Sort.OLDEST)

    assert [hit.entry_id for hit in engine.walk(deep).hits] == list(range(1, 1_201))


def test_what_is_written_meanwhile_does_not_change_a_walk(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", date=20200101), document(2, "ord", date=20190101))
    walk = engine.walk(ask("ord", sort=Sort.NEWEST))
    first = next(walk.hits)
    write(engine, document(2, "annat"), document(3, "ord", date=20210101))

    assert [hit.entry_id for hit in (first, *walk.hits)] == [1, 2]
    assert [hit.entry_id for hit in engine.walk(ask("ord", sort=Sort.NEWEST)).hits] == [3, 1]


@settings(
    max_examples=15,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(entries=banks(), asked=st.lists(asked_of_all, min_size=4, max_size=4))
def test_walk_is_the_result_list_read_to_its_end(
    new_engine: Callable[[], SearchEngine], entries: list[IndexEntry], asked: list[tuple[Asked, SearchQuery]]
) -> None:
    engine = new_engine()
    write(engine, *entries)
    for question, untyped in asked:
        query = replace(untyped, text=question.typed())
        walk: Walk = engine.walk(query)
        result = engine.search(query)
        assert (walk.reading, walk.documents, walk.projects) == (result.reading, result.total, result.total_projects)
        hits, shown = list(walk.hits), hits_of_pages(engine, query)
        assert [hit[:3] for hit in hits] == [hit[:3] for hit in shown]
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in shown], rel=1e-5, abs=1e-6)
