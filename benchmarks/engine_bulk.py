"""Our bulk writing against the client's own helper, with the same bodies."""

from __future__ import annotations

import os
import time
from collections import deque
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch, helpers

from indexer import ElasticsearchConnection, IndexEntry, open_engine, open_generations
from indexer.elasticsearch_engine.made import entry_document, page_document
from indexer.entry_values import fingerprint_of
from indexer.fields import documents, pages
from tests.servers.indices import own_indices

BATCH = 2_500


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
