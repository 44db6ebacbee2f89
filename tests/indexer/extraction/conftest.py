"""One reader for all tests of the folder: its fork server starts once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import Extraction, Reader, sniff


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as reading:
        yield reading


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Callable[[bytes, str], Extraction]:
    """Reads bytes as the bank reads a file: by what they are, in a child."""

    def read_bytes(content: bytes, name: str = "fil") -> Extraction:
        path = tmp_path / name
        path.write_bytes(content)
        return reader.read(path, sniff(path, name))

    return read_bytes
