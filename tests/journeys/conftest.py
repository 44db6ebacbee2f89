"""The servers of a bank on many machines, as the variables that lead to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers.redis_server import redis_server


@pytest.fixture
def record_and_broker(
    tmp_path: Path, postgresql_url: str, require_program: Callable[[str], str]
) -> Iterator[dict[str, str]]:
    """An empty record in PostgreSQL and a Redis of this test's own."""
    with redis_server(require_program("redis-server"), tmp_path) as broker:
        yield {"KB_DATABASE": postgresql_url, "KB_BROKER": broker.url}
