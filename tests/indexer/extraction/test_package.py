"""Zipped formats within their limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import UnreadableFile
from indexer.extraction import package
from indexer.extraction.limits import Limits
from tests.indexer.extraction import making


def reason_of(tmp_path: Path, content: bytes, limits: Limits, member: str = "a.xml") -> str:
    path = tmp_path / "fil.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught, package.opened(path, limits) as unpacked:
        unpacked.xml(member)
    return caught.value.reason


def test_what_unpacks_beyond_the_limit_is_too_large(tmp_path: Path) -> None:
    bomb = making.zipped({"a.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    assert len(bomb) < 10_000
    assert reason_of(tmp_path, bomb, Limits(unpacked=2_000_000)) == "too_large"


def test_the_limit_counts_all_members_together(tmp_path: Path) -> None:
    path = tmp_path / "fil.zip"
    path.write_bytes(making.zipped({"a": b"x" * 600, "b": b"x" * 600}))
    with package.opened(path, Limits(unpacked=1000)) as unpacked:
        assert len(unpacked.read("a")) == 600
        with pytest.raises(UnreadableFile):
            unpacked.read("b")


def test_too_many_members_are_too_large(tmp_path: Path) -> None:
    many = making.zipped({f"{n}.xml": b"<a/>" for n in range(30)})
    assert reason_of(tmp_path, many, Limits(members=20)) == "too_large"


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    for declared in ('<!ENTITY a "b">', '<!ENTITY a SYSTEM "file:///etc/hostname">'):
        content = making.zipped({"a.xml": f"<!DOCTYPE a [{declared}]><a>&a;</a>"})
        assert reason_of(tmp_path, content, Limits()) == "damaged"


def test_a_missing_member_and_a_broken_zip_are_damaged(tmp_path: Path) -> None:
    assert reason_of(tmp_path, making.zipped({"b.xml": b"<a/>"}), Limits()) == "damaged"
    assert reason_of(tmp_path, b"PK\x03\x04 skrap", Limits()) == "damaged"
