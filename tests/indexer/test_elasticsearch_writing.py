"""Bulk writes on Elasticsearch: late messages, refusals, a busy server, and no page rewritten for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer import ElasticsearchConnection, EngineUnavailable, SearchEngine, open_engine
from indexer.elasticsearch_engine import bulk
from tests.contract.bank import ask, document, found, write
from tests.servers.moody_proxy import MoodyProxy

BULK = "/_bulk"
PAUSE = bulk.pause


@pytest.fixture
def engine(connection: ElasticsearchConnection, proxy: MoodyProxy) -> Iterator[SearchEngine]:
    opened = open_engine("elasticsearch", replace(connection, addresses=(proxy.address,)))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "pause", lambda attempt: 0.001 * attempt)


def bodies(proxy: MoodyProxy, part: str) -> list[int]:
    return [size for path, size in proxy.asked if path.endswith(BULK) and f"-{part}-" in path]


def test_late_message_does_not_overwrite_a_newer_entry(engine: SearchEngine) -> None:
    write(engine, document(1, "nytt", version=5))
    with engine.writing() as batch:
        batch.put(document(1, "gammalt", "sida två", version=4))

    assert batch.refused == {}
    assert (found(engine, "nytt"), found(engine, "gammalt")) == ([1], [])
    assert list(engine.entries()) == [(1, "document", 5)]
    assert [page.number for page in engine.page_hits(ask("nytt"), [1])[1]] == [1]


def test_late_message_does_not_bring_a_removed_entry_back(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", version=4))
    with engine.writing() as batch:
        batch.remove(1, version=5)
    write(engine, document(1, "ord", version=4))

    assert found(engine, "ord") == []
    write(engine, document(1, "ord", version=6))
    assert found(engine, "ord") == [1]


def test_late_removal_does_not_take_a_newer_entry_away(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", version=6))
    with engine.writing() as batch:
        batch.remove(1, version=5)

    assert found(engine, "ord") == [1]
    assert engine.page_counts() == {1: 1}


def test_two_writers_at_once_lose_nothing(engine: SearchEngine) -> None:
    with engine.writing() as first, engine.writing() as second:
        first.put(document(1, "ord"))
        second.put(document(2, "ord"))

    assert found(engine, "ord") == [1, 2]


def test_changed_rights_rewrite_no_page(engine: SearchEngine, proxy: MoodyProxy) -> None:
    write(engine, document(1, "ett", "två"))
    proxy.asked.clear()
    write(engine, document(1, "ett", "två", audience=["editors"], version=2))

    assert bodies(proxy, "pages") == []
    assert len(bodies(proxy, "documents")) == 1


def test_batch_is_cut_by_size_and_by_count(
    engine: SearchEngine, proxy: MoodyProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_BYTES", 4_000)
    monkeypatch.setattr(bulk, "MOST_ACTIONS", 7)
    write(engine, *(document(n, f"ord {'lång ' * (n * 5)}") for n in range(1, 31)))

    assert found(engine, "ord") == list(range(1, 31))
    assert max(bodies(proxy, "pages")) <= 4_000
    assert len(bodies(proxy, "documents")) > 30 // 7


@pytest.mark.parametrize("status", [429, 503])
def test_busy_server_is_asked_again(engine: SearchEngine, proxy: MoodyProxy, status: int) -> None:
    proxy.answers = [(BULK, status), (BULK, status)]
    write(engine, document(1, "ord"))

    assert found(engine, "ord") == [1]
    assert proxy.answers == []


def test_server_that_stays_busy_ends_the_batch_in_bounded_time(engine: SearchEngine, proxy: MoodyProxy) -> None:
    proxy.answers = [(BULK, 429)] * (bulk.ATTEMPTS + 1)
    with pytest.raises(EngineUnavailable, match="busy"):
        write(engine, document(1, "ord"))

    proxy.answers = []
    write(engine, document(1, "ord"))
    assert found(engine, "ord") == [1]


def test_pauses_grow_and_differ_from_writer_to_writer() -> None:
    first, last = {PAUSE(1) for _ in range(20)}, {PAUSE(5) for _ in range(20)}

    assert len(first) > 1
    assert max(first) < min(last)


def test_body_larger_than_the_server_takes_is_halved_until_one_stands_alone(
    engine: SearchEngine, proxy: MoodyProxy
) -> None:
    write(engine, document(1, "ord"), document(2, "ord"), document(3, "ord"))
    proxy.answers = [(BULK, 413), (BULK, 413)]
    with engine.writing() as batch:
        for number in (1, 2, 3):
            batch.put(document(number, "ord", audience=["public"], version=2))

    assert list(batch.refused) == [1]
    assert "larger" in batch.refused[1]
    assert sorted(engine.entries()) == [(1, "document", 1), (2, "document", 2), (3, "document", 2)]


def test_mapping_conflict_drops_no_other(engine: SearchEngine) -> None:
    """Lucene takes no term of more than 32,766 bytes."""
    with engine.writing() as batch:
        for number in range(1, 21):
            facets = {"keyword": ["x" * 40_000]} if number == 7 else {}
            batch.put(document(number, "ord", facets=facets))

    assert list(batch.refused) == [7]
    assert "32766" in batch.refused[7]
    assert found(engine, "ord") == [number for number in range(1, 21) if number != 7]


def test_failed_batch_sends_nothing(engine: SearchEngine, proxy: MoodyProxy) -> None:
    def fail() -> None:
        with engine.writing() as batch:
            batch.put(document(1, "ord"))
            raise RuntimeError("stop")

    proxy.asked.clear()
    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert not any(path.endswith(BULK) for path, _ in proxy.asked)
