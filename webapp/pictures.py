"""Pictures of pages and places of words, made once and kept on disk by the bytes' SHA-256."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from catalog.models import Document
from catalog.originals import Originals
from indexer import UnreadableFile, WordBox, page_picture, page_words

PICTURED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff"})
WIDTHS = (560, 840, 1120, 1680, 2240)  # pixels: few, so that few are made; the page is 33 rem wide, a zoom four times
TRIED_AGAIN_AFTER = 600.0  # seconds
FORM = "2"  # of the files kept here; a new form leaves the old ones unread


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """The words of a page with their places, and the page's size, all in points."""

    width: float
    height: float
    words: tuple[WordBox, ...]


class Pictures:
    """A folder that may be emptied at any time. Who may see a page is checked before anybody asks here."""

    def __init__(self, folder: Path, originals: Originals) -> None:
        self._folder, self._originals = folder, originals

    def picture(self, document: Document, page: int, width: int, laid_out: Path | None = None) -> bytes:
        """The page as PNG or JPEG, of the nearest width that is made; raises UnreadableFile, MissingOriginal.

        laid_out: the PDF that was made of an original that is none.
        """
        nearest = min(WIDTHS, key=lambda made: (abs(made - width), made))
        pdf = laid_out or self._originals.path(document.sha256)
        return self._kept(document, f"{page}-{nearest}.picture", lambda: page_picture(pdf, page, nearest).data)

    def words(self, document: Document, page: int, laid_out: Path | None = None) -> PlacedWords:
        """Raises UnreadableFile, MissingOriginal."""
        pdf = laid_out or self._originals.path(document.sha256)
        kept = json.loads(self._kept(document, f"{page}.words", lambda: _written(pdf, page)))
        return PlacedWords(kept["width"], kept["height"], tuple(WordBox(*one) for one in kept["words"]))

    def forget(self, sha256: str) -> None:
        """Clears what was made of a removed document."""
        shutil.rmtree(self._place(sha256), ignore_errors=True)

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _kept(self, document: Document, name: str, make: Callable[[], bytes]) -> bytes:
        path = self._place(document.sha256) / f"{FORM}-{name}"
        with suppress(FileNotFoundError):
            return path.read_bytes()
        failed = path.with_suffix(".failed")
        if is_fresh(failed):
            raise UnreadableFile("damaged", f"{name} could not be made a moment ago")
        try:
            made = make()
        except UnreadableFile:
            write_whole(failed, b"")  # a page that takes a child its whole time must not take it at each request
            self._forget_removed(document.sha256)
            raise
        write_whole(path, made)
        self._forget_removed(document.sha256)
        return made

    def _forget_removed(self, sha256: str) -> None:
        """Whoever removes a document clears its bytes first: what was made meanwhile came too late to be cleared."""
        if not self._originals.exists(sha256):
            self.forget(sha256)


def is_fresh(failed: Path) -> bool:
    """Whether it failed so lately that it is not tried again."""
    try:
        return time.time() - failed.stat().st_mtime < TRIED_AGAIN_AFTER
    except FileNotFoundError:
        return False


def has_pictures(document: Document) -> bool:
    return document.media_type in PICTURED


def media_type_of(picture: bytes) -> str:
    return "image/jpeg" if picture.startswith(b"\xff\xd8") else "image/png"


def _written(original: Path, page: int) -> bytes:
    found = page_words(original, page)
    words = [(one.text, one.x, one.y, one.width, one.height) for one in found.words]
    return json.dumps({"width": found.width, "height": found.height, "words": words}).encode()


def write_whole(path: Path, content: bytes) -> None:
    """Under another name and then renamed: two who make the same picture never show half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
