"""Elasticsearch against the embedded engine, our door against the bare client, our bulk writing against bare bulk.

Server and questions are the same for all; the server is KB_TESTS_ELASTICSEARCH or a node of its own.

    python -m benchmarks.engines [--scale 1] [--questions 300] [--bulk 5000]
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from elasticsearch import Elasticsearch, helpers

from benchmarks.bench_bank import BenchBank, write
from benchmarks.measure import Series, print_table
from indexer import ElasticsearchConnection, IndexEntry, SearchEngine, SearchQuery, open_engine, open_generations
from indexer.elasticsearch_engine.made import entry_document, page_document
from indexer.entry_values import fingerprint_of
from indexer.fields import documents, pages
from tests.servers.elasticsearch_node import elasticsearch
from tests.servers.indices import own_indices

QUERY = SearchQuery().visible_to(frozenset({"public", "staff"}), 20261122)
WARM_UP = 50
BATCH = 2_500


def ask(engine: SearchEngine, text: str) -> int:
    """A search page's engine part: the search with all counts, and the pages of the documents shown."""
    query = replace(QUERY, text=text)
    result = engine.search(query)
    found = [document.document_id for group in result.projects for document in group.documents]
    return len(engine.page_hits(query, found))


@dataclass
class Bare:
    """The client with the bodies that our engine sent for a question, and nothing around it."""

    client: Elasticsearch
    sent: dict[str, list[dict[str, Any]]]

    def ask(self, text: str) -> int:
        return sum(len(self.client.msearch(**sent)["responses"]) for sent in self.sent[text])


@contextmanager
def recorded(sent: list[dict[str, Any]]) -> Iterator[None]:
    """Keeps what the client is asked meanwhile."""
    real = Elasticsearch.msearch

    def keep(client: Elasticsearch, **asked: Any) -> Any:
        sent.append(asked)
        return real(client, **asked)

    with patch.object(Elasticsearch, "msearch", keep):
        yield


def search(folder: Path, connection: ElasticsearchConnection, bank: BenchBank, count: int) -> None:
    embedded, ours = open_engine("tantivy", folder / "embedded"), open_engine("elasticsearch", connection)
    for name, engine in (("tantivy", embedded), ("elasticsearch", ours)):
        start = time.perf_counter()
        entries = write(bank, engine, batch=BATCH)
        print(f"{name}: {entries} entries written in {time.perf_counter() - start:.0f} s")
    questions = bank.questions(count)
    bare = Bare(Elasticsearch(connection.addresses[0]), {})
    for text in questions:
        with recorded(bare.sent.setdefault(text, [])):
            ask(ours, text)
    times = [
        Series("embedded: search, page hits"),
        Series("Elasticsearch: the same"),
        Series("bare client, same bodies"),
    ]
    for text in questions[:WARM_UP] + questions:
        for series, asked in zip(times, (lambda t: ask(embedded, t), lambda t: ask(ours, t), bare.ask), strict=True):
            series.time_each(asked, [text])
    for series in times:
        del series.values[:WARM_UP]
    print_table(f"{count} questions at scale {bank.scale}", times[0], times[1:])
    differences = Series("our time over the bare client's")
    differences.values = [ours - bare for ours, bare in zip(times[1].values, times[2].values, strict=True)]
    print(f"in the door: median {differences.median:.2f} ms, p95 {differences.percentile(0.95):.2f} ms")
    print(f"{sum(map(len, bare.sent.values())) / len(bare.sent):.1f} calls a page")
    print("processor time a question, which other work on the machine does not change as it does the times above:")
    for name, engine in (("embedded", embedded), ("Elasticsearch", ours)):
        here, there = processor_seconds(), server_seconds(bare.client)
        for text in questions:
            ask(engine, text)
        here, there = processor_seconds() - here, server_seconds(bare.client) - there
        print(f"{name:14} this process {1000 * here / count:6.2f} ms, server {1000 * there / count:6.2f} ms")
    bare.client.close()
    ours.close()
    embedded.close()


def bulk(address: str, entries: list[IndexEntry]) -> None:
    """The same bodies by our writer, which makes them, and by the client's own helper, which is given them."""
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    used = {"ours": 0.0, "bare": 0.0}
    for _ in range(3):
        for name, work in (("bare", write_bare), ("ours", write_ours)):
            with own_indices(address) as connection:
                wall, processor = work(connection, entries)
                times[name].append(wall)
                used[name] += processor
    best = {name: min(found) for name, found in times.items()}
    count = sum(1 + len(entry.pages) for entry in entries)
    print(f"\n{count} bodies in bulk, best of 3: ours {best['ours']:.2f} s ({count / best['ours']:.0f}/s), ", end="")
    print(f"bare {best['bare']:.2f} s; {best['bare'] / best['ours']:.0%} of the bare speed; ", end="")
    print(f"processor time of this process, 3 runs: ours {used['ours']:.1f} s, bare {used['bare']:.1f} s")


def write_ours(connection: ElasticsearchConnection, entries: list[IndexEntry]) -> tuple[float, float]:
    engine = open_engine("elasticsearch", connection)
    start, processor = time.perf_counter(), processor_seconds()
    left = iter(entries)
    while some := list(islice(left, BATCH)):
        with engine.writing() as batch:
            for entry in some:
                batch.put(entry)
    spent = time.perf_counter() - start, processor_seconds() - processor
    engine.close()
    return spent


def write_bare(connection: ElasticsearchConnection, entries: list[IndexEntry]) -> tuple[float, float]:
    generation = open_generations("elasticsearch", connection).make()
    parts = {part: f"{connection.prefix}-{part}-{generation}" for part in ("documents", "pages")}
    made = [
        [_action(parts["pages"], f"{e.id}-{p.number}", page_document(e.id, p, fingerprint_of(e.pages), pages()))
         for e in entries for p in e.pages],
        [_action(parts["documents"], str(e.id), entry_document(e, documents())) for e in entries],
    ]  # fmt: skip
    with Elasticsearch(connection.addresses[0], request_timeout=60) as client:
        start, processor = time.perf_counter(), processor_seconds()
        for actions, index in zip(made, (parts["pages"], parts["documents"]), strict=True):
            deque(helpers.parallel_bulk(client, actions), maxlen=0)
            client.indices.refresh(index=index)
        return time.perf_counter() - start, processor_seconds() - processor


def _action(index: str, key: str, source: dict[str, Any]) -> dict[str, Any]:
    return {"_index": index, "_id": key, "version": 1, "version_type": "external_gte", "_source": source}


def processor_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system


def server_seconds(client: Elasticsearch) -> float:
    """Processor time of the server's processes since they started."""
    nodes = client.nodes.stats(metric="process")["nodes"].values()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes)) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--bulk", type=int, default=5_000, help="entries")
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    bank = BenchBank(given.scale, given.corpus)
    with tempfile.TemporaryDirectory() as folder, elasticsearch() as address:
        bulk(address, [made.entry for made in islice(bank.made(), given.bulk)])
        with own_indices(address) as connection:
            search(Path(folder), connection, bank, given.questions)


if __name__ == "__main__":
    main()
