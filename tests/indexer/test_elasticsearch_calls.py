"""How often and how long Elasticsearch is asked, and what is said when it does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from indexer import (
    ElasticsearchConnection,
    EngineUnavailable,
    Filter,
    Reading,
    SearchEngine,
    SearchQuery,
    open_engine,
)
from indexer.elasticsearch_engine import counts
from tests.contract.bank import ask, document, found, ids, project, write
from tests.servers.elasticsearch_node import free_port
from tests.servers.moody_proxy import MoodyProxy


@pytest.fixture
def engine(connection: ElasticsearchConnection, proxy: MoodyProxy) -> Iterator[SearchEngine]:
    opened = open_engine("elasticsearch", replace(connection, addresses=(proxy.address,), timeout=1.0))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "query",
    [
        ask(),
        ask("stöd"),
        ask("stöd vård"),
        ask("stöd vård", filters=(Filter("method", ("mi",), ("acra",)), Filter("target_group", ("barn",)))),
        ask("stöd vård", from_year=2019, filters=(Filter("method", ("borta",)),)),
        ask("stöd vård", reading=Reading.ANY, page=3, projects_a_page=2),
        ask("vård samtal -annat"),
    ],
)
def test_page_view_takes_at_most_three_calls(engine: SearchEngine, proxy: MoodyProxy, query: SearchQuery) -> None:
    write(
        engine,
        *(document(n, "stöd och vård", project=100 + n % 5, facets={"method": ["mi"]}, year=2020) for n in range(1, 9)),
        *(project(number, "stöd") for number in range(100, 115)),
    )
    proxy.asked.clear()
    result = engine.search(query)
    engine.page_hits(query, ids(result))

    assert 1 <= len(proxy.asked) <= 3
    assert {path for path, _ in proxy.asked} == {"/_msearch"}


def test_projects_with_only_their_own_entry_stand_in_their_place_on_every_page(engine: SearchEngine) -> None:
    write(
        engine,
        *(document(n, "stöd " * n + "annat " * 20, project=100 + n, date=20200000 + 2 * n) for n in range(1, 10)),
        *(project(200 + n, "stöd", summary="annat " * n, date=20200001 + 2 * n) for n in range(1, 10)),
    )
    for asked in (ask("stöd"), ask("-borta")):
        whole = engine.search(replace(asked, projects_a_page=100)).projects
        pages = [engine.search(replace(asked, projects_a_page=4, page=n)).projects for n in range(1, 6)]

        assert len(whole) == 18
        assert tuple(group for page in pages for group in page) == whole


def test_projects_are_counted_one_by_one_up_to_a_stated_number_and_about_above_it(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(engine, *(document(n, "ord", project=100 + n) for n in range(1, 8)), document(50, "ord"))
    exact = engine.search(ask("ord"))
    monkeypatch.setattr(counts, "MOST_PROJECTS", 5)
    about = engine.search(ask("ord"))

    assert (exact.total_projects, exact.total_groups, exact.projects_approximate) == (7, 8, False)
    assert (about.total_projects, about.total_groups, about.projects_approximate) == (7, 8, True)
    assert ids(about) == ids(exact)


def test_server_that_does_not_answer_is_told_in_bounded_time(engine: SearchEngine, proxy: MoodyProxy) -> None:
    proxy.silent.set()
    with pytest.raises(EngineUnavailable, match="in time"):
        engine.search(ask("ord"))
    with pytest.raises(EngineUnavailable, match="in time"):
        engine.page_hits(ask("ord"), [1])
    proxy.silent.clear()

    assert engine.search(ask("ord")).total == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_server_that_refuses_a_search_is_asked_once(engine: SearchEngine, proxy: MoodyProxy, status: int) -> None:
    proxy.answers = [("/_msearch", status)]
    proxy.asked.clear()
    with pytest.raises(EngineUnavailable, match=f"{status}: es_rejected"):
        engine.search(ask("ord"))
    assert len(proxy.asked) == 1


def test_server_that_is_not_there_is_told_at_opening(connection: ElasticsearchConnection) -> None:
    nowhere = replace(connection, addresses=(f"http://127.0.0.1:{free_port()}",))
    with pytest.raises(EngineUnavailable, match="cannot be reached"):
        open_engine("elasticsearch", nowhere)


def test_another_node_is_asked_where_the_first_is_gone(connection: ElasticsearchConnection) -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    engine = open_engine("elasticsearch", replace(connection, addresses=(gone, *connection.addresses)))
    write(engine, document(1, "ord"))

    assert found(engine, "ord") == [1]
    engine.close()


def test_index_that_is_deleted_under_a_search_is_told_or_made_anew(
    engine: SearchEngine, connection: ElasticsearchConnection
) -> None:
    write(engine, document(1, "ord"))
    with Elasticsearch(connection.addresses[0]) as client:
        client.indices.delete(index=[f"{connection.prefix}-documents-1", f"{connection.prefix}-pages-1"])

    assert engine.search(ask("ord")).total == 0
    write(engine, document(2, "ord"))
    assert found(engine, "ord") == [2]
