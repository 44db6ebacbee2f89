"""Every engine is held to the same suite: a new one is added to ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from indexer import ElasticsearchConnection, Generations, SearchEngine, open_engine, open_generations
from tests.servers.indices import own_indices

ENGINES = ("tantivy", "elasticsearch")


@dataclass(frozen=True)
class Index:
    """One index and its generations; opens engines that follow switches, or are bound to a generation."""

    engine: str
    location: Path | ElasticsearchConnection

    @property
    def generations(self) -> Generations:
        return open_generations(self.engine, self.location)

    def opened(self, generation: str = "") -> SearchEngine:
        return open_engine(self.engine, self.location, generation)


@dataclass(frozen=True)
class NewIndexes:
    """Makes as many indexes as a test asks for, that nobody has opened yet."""

    place: Callable[[str], AbstractContextManager[Path | ElasticsearchConnection]]

    @contextmanager
    def index(self, engine: str) -> Iterator[Index]:
        """It is gone when the block ends."""
        with self.place(engine) as location:
            yield Index(engine, location)

    @contextmanager
    def opened(self, engine: str) -> Iterator[SearchEngine]:
        with self.index(engine) as made:
            opened = made.opened()
            yield opened
            opened.close()


@pytest.fixture
def indexes(request: pytest.FixtureRequest, tmp_path: Path) -> NewIndexes:
    numbers = count()

    @contextmanager
    def place(engine: str) -> Iterator[Path | ElasticsearchConnection]:
        if engine == "tantivy":
            yield tmp_path / f"index{next(numbers)}"
            return
        with own_indices(request.getfixturevalue("elasticsearch_address")) as connection:
            yield connection

    return NewIndexes(place)


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, indexes: NewIndexes) -> Iterator[Index]:
    """An index that nobody has opened yet."""
    with indexes.index(request.param) as made:
        yield made


@pytest.fixture(params=ENGINES)
def new_engine(request: pytest.FixtureRequest, indexes: NewIndexes) -> Iterator[Callable[[], SearchEngine]]:
    """Makes as many empty indexes as a test asks for; each is gone when the next is made, the last with the test."""
    with ExitStack() as stack:

        def make() -> SearchEngine:
            stack.pop_all().close()
            return stack.enter_context(indexes.opened(request.param))

        yield make


@pytest.fixture
def engine(new_engine: Callable[[], SearchEngine]) -> SearchEngine:
    """An empty index."""
    return new_engine()
