"""Generations of an index on Elasticsearch: one is served, another can be built beside it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from elasticsearch import Elasticsearch

from indexer import (
    ElasticsearchConnection,
    EngineUnavailable,
    Filter,
    Generations,
    SearchEngine,
    SearchError,
    fields,
    open_engine,
    open_generations,
)
from indexer.elasticsearch_engine import generations as module
from tests.contract.bank import ask, document, found, write


@pytest.fixture
def engine(connection: ElasticsearchConnection) -> Iterator[SearchEngine]:
    opened = open_engine("elasticsearch", connection)
    yield opened
    opened.close()


@pytest.fixture
def generations(connection: ElasticsearchConnection) -> Generations:
    return open_generations("elasticsearch", connection)


def test_first_opening_makes_the_first_generation(
    generations: Generations, connection: ElasticsearchConnection
) -> None:
    assert (generations.live(), generations.names()) == ("", [])
    open_engine("elasticsearch", connection).close()

    assert (generations.live(), generations.names()) == ("1", ["1"])
    assert generations.built_for("1")["mapping"] == fields.mapping_fingerprint()


def test_processes_that_open_a_new_bank_together_make_one_generation(connection: ElasticsearchConnection) -> None:
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(lambda _: open_engine("elasticsearch", connection), range(4)))
    write(engines[0], document(1, "ord"))

    assert [found(engine, "ord") for engine in engines] == [[1]] * 4
    assert open_generations("elasticsearch", connection).names() == ["1"]
    for engine in engines:
        engine.close()


@pytest.fixture
def building(
    engine: SearchEngine, generations: Generations, connection: ElasticsearchConnection
) -> Iterator[tuple[str, SearchEngine]]:
    """A second generation beside the live one, which holds one document: its name, and an engine bound to it."""
    write(engine, document(1, "gammalt ord"))
    name = generations.make()
    opened = open_engine("elasticsearch", connection, name)
    yield name, opened
    opened.close()


def test_new_generation_is_built_unseen_and_goes_live_in_one_step(
    engine: SearchEngine, generations: Generations, building: tuple[str, SearchEngine]
) -> None:
    name, unseen = building
    write(unseen, document(2, "nytt ord", "sida"))
    assert (found(engine, "ord"), found(unseen, "ord")) == ([1], [2])

    generations.switch(name)
    generations.switch(name)
    assert (generations.live(), generations.names()) == (name, ["1", name])
    assert found(engine, "ord") == [2]
    assert engine.page_counts() == {2: 2}
    assert [entry[0] for entry in engine.entries()] == [2]
    write(engine, document(3, "ord"))
    assert found(unseen, "ord") == [2, 3]


def test_pages_follow_the_switch_too(
    engine: SearchEngine, generations: Generations, building: tuple[str, SearchEngine]
) -> None:
    name, unseen = building
    write(unseen, document(1, "annat", "ord"))
    generations.switch(name)

    assert [page.number for page in engine.page_hits(ask("ord"), [1])[1]] == [2]


def test_generation_can_be_dropped_but_never_the_live_one(engine: SearchEngine, generations: Generations) -> None:
    name = generations.make()
    with pytest.raises(SearchError, match="live"):
        generations.drop("1")
    generations.drop(name)
    generations.drop(name)

    assert generations.names() == ["1"]
    assert engine.search(ask("ord")).total == 0


def test_generation_that_is_gone_can_neither_go_live_nor_be_opened(
    engine: SearchEngine, generations: Generations, connection: ElasticsearchConnection
) -> None:
    with pytest.raises(EngineUnavailable):
        generations.switch("77")
    with pytest.raises(EngineUnavailable):
        open_engine("elasticsearch", connection, "77")
    assert generations.live() == "1"


def test_writing_to_a_generation_that_was_dropped_makes_no_index_anew(
    engine: SearchEngine, generations: Generations, connection: ElasticsearchConnection
) -> None:
    name = generations.make()
    building = open_engine("elasticsearch", connection, name)
    generations.drop(name)
    with pytest.raises(EngineUnavailable):
        write(building, document(1, "ord"))

    assert generations.names() == ["1"]
    with Elasticsearch(connection.addresses[0]) as client:
        assert len(client.indices.get(index=f"{connection.prefix}*", filter_path="*.aliases")) == 2
    building.close()


def test_index_of_another_mapping_is_served_with_its_own(
    connection: ElasticsearchConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, older = fields.mapping, fields.mapping("documents")
    for part in (older["properties"], older["_meta"]["fields"]):
        del part["keyword"], part["summary_exact"], part["labels_base"]
    with monkeypatch.context() as patched:
        patched.setattr(fields, "mapping", lambda part: older if part == "documents" else read(part))
        patched.setattr(fields, "mapping_fingerprint", lambda: "of last year")
        open_engine("elasticsearch", connection).close()
    engine = open_engine("elasticsearch", connection)
    facets = {"method": ["mi"], "keyword": ["nytt"]}
    write(engine, document(1, "ord", title="Titel", summary="kort", facets=facets))

    assert open_generations("elasticsearch", connection).built_for("1")["mapping"] == "of last year"
    result = engine.search(ask("ord"))
    assert (result.total, result.facets["method"], result.facets["keyword"]) == (1, {"mi": 1}, {})
    assert found(engine, 'sammanfattning:"kort"') == []
    assert found(engine, "nyckelord:nytt") == []
    assert engine.search(ask("ord", filters=(Filter("keyword", ("nytt",)),))).total == 0
    engine.close()


def test_index_of_another_layout_is_outdated(
    connection: ElasticsearchConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, "FORMAT", "elasticsearch 7, layout 0")
        open_engine("elasticsearch", connection).close()
    with pytest.raises(EngineUnavailable, match="rebuild"):
        open_engine("elasticsearch", connection)


def test_index_of_somebody_else_is_left_alone(connection: ElasticsearchConnection) -> None:
    with Elasticsearch(connection.addresses[0]) as client:
        name = f"{connection.prefix}-documents"
        client.indices.create(index=f"{name}-1", aliases={name: {}})
    with pytest.raises(EngineUnavailable, match="KB_ELASTICSEARCH_PREFIX"):
        open_engine("elasticsearch", connection)
