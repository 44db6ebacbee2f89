"""Where each word of a page stands, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.extraction.pdf_document import page_box
from indexer.extraction.text import clean

MOST_WORDS = 20_000
_HYPHENS = "\ufffe\u0002\u00ad"
Word = tuple[str, float, float, float, float]


def words(page: pdfium.PdfPage) -> list[Word]:
    """(text, x, y, width, height) of each word, in points from the left and top edge of the page as it is shown."""
    raw = pdfium_c.FPDFText_LoadPage(page.raw)
    if not raw:
        return []
    try:
        place = _Places(page)
        found: list[Word] = []
        for indices, text in _words(raw):
            box = place.box(raw, indices)
            if box and place.shows(box) and len(found) < MOST_WORDS:
                found.append((text, *box))
        return found
    finally:
        pdfium_c.FPDFText_ClosePage(raw)


def _words(raw: ctypes.c_void_p) -> Iterator[tuple[list[int], str]]:
    """(character indices, text) of runs without a blank; a word divided at a line's end stands as its two parts."""
    indices: list[int] = []
    letters: list[str] = []
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        letter = chr(min(pdfium_c.FPDFText_GetUnicode(raw, index), 0x10FFFF))
        if letter in _HYPHENS:
            letters.append("-")
        if letter.isspace() or letter in _HYPHENS or letter == "\0":
            if text := clean("".join(letters)).strip():
                yield indices, text
            indices, letters = [], []
        else:
            indices.append(index)
            letters.append(letter)
    if text := clean("".join(letters)).strip():
        yield indices, text


class _Places:
    """Turns places in a page's own frame into places on the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._width, self._height = page.get_size()
        self._rotation = page.get_rotation() // 90
        self._left, self._bottom, self._right, self._top = page_box(page.raw)

    def box(self, raw: ctypes.c_void_p, indices: list[int]) -> tuple[float, float, float, float] | None:
        boxes = [found for index in indices if (found := _loose_box(raw, index))]
        if not boxes:
            return None
        left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
        right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
        x0, y0 = self._shown(left, top)
        x1, y1 = self._shown(right, bottom)
        x, y, width, height = min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)
        return round(x, 1), round(y, 1), round(width, 1), round(height, 1)

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        x, y, width, height = box
        return x < self._width and y < self._height and x + width > 0 and y + height > 0

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        turned = (
            (x - self._left, self._top - y),
            (y - self._bottom, x - self._left),
            (self._right - x, y - self._bottom),
            (self._top - y, self._right - x),
        )
        return turned[self._rotation % 4]


def _loose_box(raw: ctypes.c_void_p, index: int) -> tuple[float, float, float, float] | None:
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
        return None
    return box.left, box.bottom, box.right, box.top
