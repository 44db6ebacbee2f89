"""Every engine is held to the same suite: a new one is added to ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import count
from pathlib import Path

import pytest

from indexer import SearchEngine, open_engine
from tests.servers.indices import own_indices

ENGINES = ("tantivy", "elasticsearch")
Opening = Callable[[], AbstractContextManager[SearchEngine]]


@pytest.fixture
def openings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Opening]:
    """How an empty index of each engine is made, by its name; it goes when the block ends."""
    numbers = count()

    @contextmanager
    def tantivy() -> Iterator[SearchEngine]:
        engine = open_engine("tantivy", tmp_path / f"index{next(numbers)}")
        yield engine
        engine.close()

    @contextmanager
    def elasticsearch() -> Iterator[SearchEngine]:
        with own_indices(request.getfixturevalue("elasticsearch_address")) as connection:
            engine = open_engine("elasticsearch", connection)
            yield engine
            engine.close()

    return {"tantivy": tantivy, "elasticsearch": elasticsearch}


@pytest.fixture(params=ENGINES)
def new_engine(request: pytest.FixtureRequest, openings: dict[str, Opening]) -> Iterator[Callable[[], SearchEngine]]:
    """Makes as many empty indexes as a test asks for; each is gone when the next is made, the last with the test."""
    with ExitStack() as stack:

        def make() -> SearchEngine:
            stack.pop_all().close()
            return stack.enter_context(openings[request.param]())

        yield make


@pytest.fixture
def engine(new_engine: Callable[[], SearchEngine]) -> SearchEngine:
    """An empty index."""
    return new_engine()
