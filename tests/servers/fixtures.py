"""Servers as fixtures, each started when the first test asks for it; named in tests/conftest.py for all rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NoReturn

import pytest
from sqlalchemy import URL, make_url

from catalog.database import open_database
from tests.servers.elasticsearch_node import elasticsearch
from tests.servers.indices import own_indices
from tests.servers.installation import NotInstallable
from tests.servers.postgresql_cluster import NotInstalled, create_database, drop_database, postgresql


@pytest.fixture(scope="session")
def postgresql_server(missing: Callable[[str], NoReturn]) -> Iterator[URL]:
    """The administrator's URL of a server; skips by name where there is none."""
    try:
        with postgresql() as server:
            yield server
    except NotInstalled as error:
        missing(str(error))


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> Iterator[str]:
    """The name of a database with all tables and no row, to be copied."""
    url = create_database(postgresql_server)
    database = open_database(url)
    database.migrate()
    database.dispose()
    yield str(make_url(url).database)
    drop_database(url)


@pytest.fixture
def postgresql_url(postgresql_server: URL, postgresql_template: str) -> Iterator[str]:
    """The URL of a record without a row."""
    url = create_database(postgresql_server, template=postgresql_template)
    yield url
    drop_database(url)


@pytest.fixture(scope="session")
def elasticsearch_address(missing: Callable[[str], NoReturn]) -> Iterator[str]:
    """A real node's, one for all tests; skips by name where there is none."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(elasticsearch())
        except NotInstallable as error:
            missing(f"no Elasticsearch: {error}; .ci/run installs what is missing")
        yield address


@pytest.fixture
def search_server(elasticsearch_address: str) -> Iterator[dict[str, str]]:
    """The variables that lead to Elasticsearch, with indices of this test's own."""
    with own_indices(elasticsearch_address) as place:
        yield {
            "KB_ENGINE": "elasticsearch",
            "KB_ELASTICSEARCH": elasticsearch_address,
            "KB_ELASTICSEARCH_PREFIX": place.prefix,
        }


@pytest.fixture(params=["tantivy", "elasticsearch"])
def either_engine(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variables of one engine, then of the other; each with an index of this test's own."""
    if request.param == "tantivy":
        return {}
    given: dict[str, str] = request.getfixturevalue("search_server")
    return given
