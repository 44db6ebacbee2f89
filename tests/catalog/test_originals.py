from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import BadValue, EmptyFile, FileTooLarge, MissingOriginal
from catalog.originals import PIECE, UNFINISHED, Originals, open_originals


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unfinished(originals: Originals) -> list[Path]:
    return list((originals.folder / UNFINISHED).glob("*"))


class TestKeep:
    def test_bytes_lie_under_their_sha256(self, originals: Originals) -> None:
        kept = originals.keep(io.BytesIO(b"rapport"), 100)
        assert (kept.sha256, kept.size) == (_sha256(b"rapport"), 7)
        assert originals.path(kept.sha256).read_bytes() == b"rapport"
        assert originals.path(kept.sha256).relative_to(originals.folder).parts == (
            kept.sha256[:2],
            kept.sha256[2:4],
            kept.sha256,
        )

    def test_nothing_unfinished_is_left_behind(self, originals: Originals) -> None:
        originals.keep(io.BytesIO(b"rapport"), 100)
        assert _unfinished(originals) == []

    def test_file_of_many_pieces_is_kept_whole(self, originals: Originals) -> None:
        data = os.urandom(3 * PIECE + 17)
        assert originals.path(originals.keep(io.BytesIO(data), len(data)).sha256).read_bytes() == data

    def test_bytes_are_on_the_disk_before_they_have_their_name_and_then_the_name_is(
        self, originals: Originals, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[tuple[int, int, list[str]]] = []
        sync = os.fsync

        def noted(number: int) -> None:
            sync(number)
            status = os.fstat(number)
            synced.append((status.st_ino, status.st_size, list(originals.stored())))

        monkeypatch.setattr(os, "fsync", noted)
        kept = originals.keep(io.BytesIO(b"rapport"), 100)

        path = originals.path(kept.sha256)
        assert synced[0] == (path.stat().st_ino, 7, [])
        folders = [folder.stat().st_ino for folder in (path.parent, path.parent.parent, originals.folder)]
        assert [inode for inode, _, _ in synced[1:]] == folders

    def test_limit_is_the_largest_size_allowed(self, originals: Originals) -> None:
        assert originals.keep(io.BytesIO(b"x" * 10), 10).size == 10
        with pytest.raises(FileTooLarge, match="10 bytes"):
            originals.keep(io.BytesIO(b"x" * 11), 10)
        assert len(list(originals.stored())) == 1
        assert _unfinished(originals) == []

    def test_endless_stream_is_given_up_at_the_limit(self, originals: Originals) -> None:
        with Path("/dev/zero").open("rb") as endless, pytest.raises(FileTooLarge):
            originals.keep(endless, 3 * PIECE)

    def test_empty_stream_is_refused(self, originals: Originals) -> None:
        with pytest.raises(EmptyFile):
            originals.keep(io.BytesIO(), 10)
        assert list(originals.stored()) == []

    def test_stream_that_breaks_leaves_nothing(self, originals: Originals) -> None:
        class Broken(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                raise ConnectionResetError

        with pytest.raises(ConnectionResetError):
            originals.keep(Broken(), 10)
        assert _unfinished(originals) == []

    def test_kept_file_cannot_be_written(self, originals: Originals) -> None:
        path = originals.path(originals.keep(io.BytesIO(b"rapport"), 10).sha256)
        assert path.stat().st_mode & 0o222 == 0

    def test_same_content_again_changes_nothing(self, originals: Originals) -> None:
        first = originals.keep(io.BytesIO(b"rapport"), 10)
        inode = originals.path(first.sha256).stat().st_ino
        assert originals.keep(io.BytesIO(b"rapport"), 10) == first
        assert originals.path(first.sha256).stat().st_ino == inode

    def test_file_that_was_cut_short_by_a_broken_disk_is_replaced(self, originals: Originals) -> None:
        kept = originals.keep(io.BytesIO(b"rapport"), 10)
        originals.path(kept.sha256).chmod(0o600)
        originals.path(kept.sha256).write_bytes(b"rap")
        originals.keep(io.BytesIO(b"rapport"), 10)
        assert originals.path(kept.sha256).read_bytes() == b"rapport"

    def test_many_writers_of_few_contents_keep_each_once(self, originals: Originals) -> None:
        contents = [bytes([number]) * (PIECE + number) for number in range(3)]
        together = threading.Barrier(12)

        def keep(content: bytes) -> None:
            together.wait()
            originals.keep(io.BytesIO(content), 2 * PIECE)

        writers = [threading.Thread(target=keep, args=(contents[number % 3],)) for number in range(12)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert list(originals.stored()) == sorted(map(_sha256, contents))
        assert all(originals.path(sha256).stat().st_size >= PIECE for sha256 in originals.stored())
        assert _unfinished(originals) == []

    @given(data=st.binary(min_size=1, max_size=300))
    def test_what_is_kept_is_what_came(self, data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
        originals = open_originals(str(tmp_path_factory.mktemp("originals")))
        assert originals.path(originals.keep(_Dribble(data), 300).sha256).read_bytes() == data


class TestKill:
    def test_killed_writer_leaves_no_original_and_its_rest_is_cleared(self, originals: Originals) -> None:
        writer = subprocess.Popen([sys.executable, "-c", KEEP_FROM_PIPE, str(originals.folder)], stdin=subprocess.PIPE)
        assert writer.stdin is not None
        with writer.stdin as pipe:
            while not any(path.stat().st_size for path in _unfinished(originals)):
                pipe.write(b"x" * PIECE)
                pipe.flush()
            writer.kill()
            writer.wait()
        assert list(originals.stored()) == []
        assert originals.clear_unfinished(3600) == 0
        assert originals.clear_unfinished(-1) == 1
        assert _unfinished(originals) == []


class TestLookingUp:
    def test_missing_original_is_told(self, originals: Originals) -> None:
        assert not originals.exists("0" * 64)
        with pytest.raises(MissingOriginal):
            originals.path("0" * 64)

    @pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65])
    def test_name_that_is_no_sha256_leads_nowhere(self, originals: Originals, name: str) -> None:
        with pytest.raises(MissingOriginal):
            originals.path(name)

    def test_stored_lists_originals_in_order_and_nothing_else(self, originals: Originals) -> None:
        kept = [originals.keep(io.BytesIO(bytes([number])), 10).sha256 for number in range(1, 9)]
        (originals.folder / "ab" / "cd").mkdir(parents=True, exist_ok=True)
        (originals.folder / "ab" / "cd" / "note.txt").write_text("by hand")
        assert list(originals.stored()) == sorted(kept)

    def test_removed_original_is_gone_and_removing_again_is_harmless(self, originals: Originals) -> None:
        kept = originals.keep(io.BytesIO(b"rapport"), 10)
        originals.remove(kept.sha256)
        originals.remove(kept.sha256)
        assert not originals.exists(kept.sha256)

    def test_folder_may_be_given_as_a_url(self, tmp_path: Path) -> None:
        folder = tmp_path / "med blanktecken"
        kept = open_originals(folder.as_uri()).keep(io.BytesIO(b"rapport"), 10)
        assert open_originals(str(folder)).exists(kept.sha256)

    def test_store_of_another_kind_is_refused(self) -> None:
        with pytest.raises(BadValue, match="s3"):
            open_originals("s3://bucket")


class _Dribble(io.BytesIO):
    """A stream that gives less than it is asked for, as networks do."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 1, 7))


KEEP_FROM_PIPE = """
import sys
from catalog.originals import open_originals
open_originals(sys.argv[1]).keep(sys.stdin.buffer, 1 << 40)
"""
