from __future__ import annotations

import io

import pytest

from catalog.errors import EmptyFile, FileTooLarge
from catalog.spool import CHUNK, spooled

SIZES = (1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5)


@pytest.mark.parametrize("size", SIZES)
def test_all_bytes_can_be_read_by_path_and_from_the_start(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    with spooled(io.BytesIO(content), size) as spool:
        assert spool.size == size
        assert spool.from_start().read() == content
        assert spool.path.read_bytes() == content


@pytest.mark.parametrize("size", SIZES)
def test_one_byte_too_many_is_refused(size: int) -> None:
    with pytest.raises(FileTooLarge), spooled(io.BytesIO(b"x" * size), size - 1):
        pass


def test_no_bytes_are_no_file() -> None:
    with pytest.raises(EmptyFile), spooled(io.BytesIO(), 10):
        pass
