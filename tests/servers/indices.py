"""Indices of a test's own on a server that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from elasticsearch import Elasticsearch

from indexer import ElasticsearchConnection


@contextmanager
def own_indices(address: str) -> Iterator[ElasticsearchConnection]:
    """A connection with a prefix that nobody else has; its indices go when the block ends."""
    connection = ElasticsearchConnection((address,), prefix=f"test-{uuid4().hex[:12]}", timeout=30.0)
    try:
        yield connection
    finally:
        with Elasticsearch(address) as client:
            names = list(client.indices.get(index=f"{connection.prefix}*", filter_path="*.aliases"))
            if names:
                client.indices.delete(index=names)
