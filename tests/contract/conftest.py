"""Every engine is held to the same suite: a new one is added to ENGINES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from indexer import SearchEngine, open_engine

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
