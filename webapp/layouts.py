"""Office files laid out as pages: a PDF made once by LibreOffice, and where on it each page of the text stands.

Made after the first view, one at a time on this machine, so that no reader waits for it: until then, and where it
cannot be made, the text is shown alone.
"""

from __future__ import annotations

import fcntl
import json
import logging
import shutil
import threading
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalog import documents
from catalog.errors import MissingOriginal, NotThere
from catalog.models import Document
from indexer import align, converts, page_texts, to_pdf
from webapp.bank import Bank
from webapp.pictures import FORM, is_fresh, write_whole

log = logging.getLogger(__name__)
MOST_WAITING = 20  # documents a process; the view that finds more asks again at its next turn
MOST_BYTES = 2_000_000_000  # of all PDFs made here; the oldest go first, and are made anew when asked for
_at_work: set[Path] = set()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Layout:
    """pdf: the pages. count: how many. parts: by page of the text, (character from which on, page of the PDF)."""

    pdf: Path
    count: int
    parts: dict[int, list[tuple[int, int]]]

    def page_at(self, number: int, character: int) -> int:
        """The page that shows this character of a page of the text."""
        parts = self.parts.get(number) or [(0, 1)]
        return parts[max(0, bisect_right([start for start, _ in parts], character) - 1)][1]

    def pages_of(self, number: int) -> tuple[int, ...]:
        """All that show something of a page of the text."""
        return tuple(sorted({page for _, page in self.parts.get(number, [])}))


def can_be_laid_out(document: Document) -> bool:
    return converts(document.media_type)


def find(bank: Bank, document: Document) -> Layout | None:
    """The finished layout; None where it is not there, or of a text that has been read anew since."""
    pdf, told, _ = _paths(bank, document)
    try:
        value = json.loads(told.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    parts = {number: [(int(a), int(b)) for a, b in one] for number, one in enumerate(value["parts"], 1)}
    return Layout(pdf, int(value["count"]), parts) if pdf.exists() else None


def state(bank: Bank, document: Document) -> str:
    """As `making`, `ready`, `failed` or `none`; asking begins the making."""
    if not can_be_laid_out(document) or not document.page_count:
        return "none"
    if find(bank, document):
        return "ready"
    _, told, failed = _paths(bank, document)
    if is_fresh(failed):
        return "failed"
    with _lock:
        if told not in _at_work and len(_at_work) < MOST_WAITING:
            _at_work.add(told)
            threading.Thread(target=_make, args=(bank, document), name="layout", daemon=True).start()
    return "making"


def _paths(bank: Bank, document: Document) -> tuple[Path, Path, Path]:
    """(PDF, where the text stands on it, sign of a failure); the second is of this reading of the document only."""
    place = bank.settings.pictures_folder / document.sha256[:2] / document.sha256
    read = int(document.read_at.timestamp()) if document.read_at else 0
    return place / f"{FORM}-layout.pdf", place / f"{FORM}-{document.id}-{read}.layout", place / f"{FORM}-layout.failed"


def _make(bank: Bank, document: Document) -> None:
    pdf, told, failed = _paths(bank, document)
    try:
        with _turn(bank.settings.pictures_folder):
            _lay_out(bank, document, pdf, told)
            bank.originals.path(document.sha256)  # gone by now, so is what was made of it
            _make_room(bank.settings.pictures_folder, pdf)
    except (NotThere, MissingOriginal):
        shutil.rmtree(pdf.parent, ignore_errors=True)  # it was removed meanwhile
    except Exception as error:  # noqa: BLE001  the thread has nobody to tell; the reader keeps the text
        log.warning("Document %s could not be laid out: %s", document.id, type(error).__name__)
        with suppress(OSError):
            write_whole(failed, b"")
    finally:
        with _lock:
            _at_work.discard(told)


def _lay_out(bank: Bank, document: Document, pdf: Path, told: Path) -> None:
    if told.exists() and pdf.exists():  # another process was quicker
        return
    if not pdf.exists():
        to_pdf(bank.originals.path(document.sha256), document.media_type, pdf)
    pages = page_texts(pdf)
    with bank.database.reading() as session:
        texts = [page.text for page in documents.pages(session, documents.get(session, document.id).id)]
    one_to_one = document.page_kind == "slide" and len(texts) == len(pages)
    # Slides have few words and the same ones often; where there are as many pages they are the slides.
    parts = [[(0, number)] for number in range(1, len(pages) + 1)] if one_to_one else align(texts, pages)
    write_whole(told, json.dumps({"count": len(pages), "parts": parts}).encode())


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Waits until no other process of this machine lays out a file."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "layout.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_room(folder: Path, newest: Path) -> None:
    """Clears what was made of the documents laid out longest ago, until the PDFs take no more than MOST_BYTES."""
    found = [(pdf.stat().st_mtime, pdf.stat().st_size, pdf) for pdf in folder.glob(f"*/*/{FORM}-layout.pdf")]
    left = sum(size for _, size, _ in found) - MOST_BYTES
    for _, size, pdf in sorted(found):
        if left <= 0:
            return
        if pdf != newest:
            shutil.rmtree(pdf.parent, ignore_errors=True)
            left -= size
