"""Every engine is held to the same suite: a new one is added to ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from indexer import Generations, SearchEngine, open_engine, open_generations

ENGINES = ("tantivy",)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An empty index."""
    opened = open_engine(request.param, tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture(params=ENGINES)
def new_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], SearchEngine]:
    """Makes as many empty indexes as a test asks for."""
    numbers = count()
    return lambda: open_engine(request.param, tmp_path / f"index{next(numbers)}")


@dataclass(frozen=True)
class Index:
    """One index and its generations; opens engines that follow switches, or are bound to a generation."""

    engine: str
    location: Path | str

    @property
    def generations(self) -> Generations:
        return open_generations(self.engine, self.location)

    def opened(self, generation: str = "") -> SearchEngine:
        return open_engine(self.engine, self.location, generation)


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    """An index that nobody has opened yet."""
    return Index(request.param, tmp_path / "index")
