"""An index of a test's own on the shared Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer import ElasticsearchConnection
from tests.servers.indices import own_indices
from tests.servers.moody_proxy import MoodyProxy, moody_proxy


@pytest.fixture
def connection(elasticsearch_address: str) -> Iterator[ElasticsearchConnection]:
    with own_indices(elasticsearch_address) as made:
        yield made


@pytest.fixture
def proxy(elasticsearch_address: str) -> Iterator[MoodyProxy]:
    with moody_proxy(elasticsearch_address) as made:
        yield made
