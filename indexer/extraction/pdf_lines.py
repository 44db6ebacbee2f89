"""A page's lines by PDFium, with place, size and weight from a few questions a line, not one a character."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from indexer.extraction.frames import Line
from indexer.extraction.text import clean

# PDFium ends a line by CR LF, and marks a hyphen at a line's end by U+FFFE (U+0002 in older builds), without CR LF.
_LINE_END = re.compile("\r\n|\r|\n|[\ufffe\u0002](?:\r\n)?")
_BOLD_FROM = 600  # font weight; 400 is normal, 700 bold
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
# A reference to a footnote is glued to the word before it, a footnote's number to the word after it.
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d{1,2}(?!\w))")
_NOTE_NUMBER = re.compile(r"^(\d{1,2})(?=[A-ZÅÄÖ][a-zåäö])")
_MOST_GLUED = 8  # looked at in a line
_SMALLER = 0.15  # of its neighbour's size, at least, is a raised number smaller
_UNITS = frozenset({"m", "dm", "cm", "mm", "km"})  # their raised number is no reference
_LAST_WORD = re.compile(r"\w{1,40}$")
FEW_CHARACTERS = 200  # a page with fewer is looked at more closely
MOST_CHARACTERS = 2_000_000  # a page; ordinary ones hold 3,000


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


class _Span(NamedTuple):
    """A visual line: its text, where it starts in the page's text, and PDFium's numbers of its ends' characters."""

    text: str
    start: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's shape: its size as it is shown, its lower left corner, and how many quarter turns it is rotated."""

    width: float
    height: float
    left: float
    bottom: float
    turns: int

    def upright(self, box: _Box) -> _Box:
        """A box of the unrotated page in the frame of the page as it is shown."""
        if self.turns == 1:
            return _Box(box.bottom, self.height - box.right, box.top, self.height - box.left)
        if self.turns == 3:  # noqa: PLR2004  three quarter turns
            return _Box(self.width - box.top, box.left, self.width - box.bottom, box.right)
        return _Box(self.width - box.right, self.height - box.top, self.width - box.left, self.height - box.bottom)


class TextPage:
    """The text of one loaded PDFium page; raises ValueError where PDFium cannot read it."""

    def __init__(self, raw_page: ctypes.c_void_p, frame: Frame) -> None:
        self._raw = pdfium_c.FPDFText_LoadPage(raw_page)
        if not self._raw:
            raise ValueError("PDFium cannot read the page's text.")
        self._frame = frame
        self._rectangle, self._matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()  # filled again for every character
        self._name = ctypes.create_string_buffer(128)
        self.characters = 0  # of the lines when they have been asked for, blanks and line ends too

    def close(self) -> None:
        pdfium_c.FPDFText_ClosePage(self._raw)

    def lines(self) -> list[Line]:
        """Lines in the order of PDFium, those without a visible character left out."""
        text = self._text()
        self.characters = len(clean(text)) if len(text) < FEW_CHARACTERS else len(text)
        spans = [self._span(start, part) for start, part in _spans(text) if part.strip()]
        ends = [(self._box(span.first), self._box(span.last)) for span in spans]
        turned = self._is_turned(ends)
        return [self._line(span, first, last, turned) for span, (first, last) in zip(spans, ends, strict=True)]

    def _text(self) -> str:
        count = min(pdfium_c.FPDFText_CountChars(self._raw), MOST_CHARACTERS)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium_c.FPDFText_GetText(self._raw, 0, count, buffer)
        return bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")

    def _span(self, start: int, text: str) -> _Span:
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip()) - 1
        return _Span(text, start, self._index(first), self._index(last))

    def _index(self, place: int) -> int:
        """The number of the character at a place of the text; the first character's where there is none."""
        return max(0, int(pdfium_c.FPDFText_GetCharIndexFromTextIndex(self._raw, place)))

    def _box(self, index: int) -> _Box:
        box = self._rectangle
        if not pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, ctypes.byref(box)):
            return _Box(0, 0, 0, 0)
        x, y = self._frame.left, self._frame.bottom
        return _Box(box.left - x, box.bottom - y, box.right - x, box.top - y)

    def _is_turned(self, ends: list[tuple[_Box, _Box]]) -> bool:
        """Whether most lines run across the unrotated page, so that the page's own rotation sets them upright."""
        if not self._frame.turns:
            return False
        upright = sum(b.left - a.left >= abs(b.top - a.top) for a, b in ends)
        return upright * 2 < len(ends)

    def _line(self, span: _Span, first: _Box, last: _Box, turned: bool) -> Line:
        if turned:
            first, last = self._frame.upright(first), self._frame.upright(last)
        height = self._frame.height if turned or self._frame.turns % 2 == 0 else self._frame.width
        return Line(
            text=self._with_references_apart(span),
            left=round(min(first.left, last.left), 1),
            top=round(height - first.top, 1),
            right=round(max(first.right, last.right), 1),
            size=self._line_size(span) or round(first.top - first.bottom, 1),
            bold=self._is_bold(span.first),
        )

    def _line_size(self, span: _Span) -> float:
        """The size of the first character; the larger of both ends' where the line starts with a number."""
        size = self._size(span.first)
        return max(size, self._size(span.last)) if span.text.lstrip()[0].isdecimal() else size

    def _size(self, index: int) -> float:
        """The character's font size as it is set on the page, in points; 0 where that is not known."""
        matrix = self._matrix
        if not pdfium_c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix)):
            return 0.0
        return round(float(pdfium_c.FPDFText_GetFontSize(self._raw, index)) * math.hypot(matrix.c, matrix.d), 1)

    def _is_bold(self, index: int) -> bool:
        if pdfium_c.FPDFText_GetFontWeight(self._raw, index) >= _BOLD_FROM:
            return True
        length = pdfium_c.FPDFText_GetFontInfo(self._raw, index, self._name, len(self._name), None)
        return 0 < length <= len(self._name) and bool(_BOLD_NAME.search(self._name.raw[:length]))

    def _with_references_apart(self, span: _Span) -> str:
        """The line with a blank between a word and the raised number at it, so that the word can be found."""
        text = span.text
        places = [found.start() for found in itertools.islice(_GLUED.finditer(text), _MOST_GLUED)]
        for place in reversed(places):
            word = _LAST_WORD.search(text[:place])
            if (word is None or word[0] not in _UNITS) and self._is_raised(span.start + place):
                text = f"{text[:place]} {text[place:]}"
        return _NOTE_NUMBER.sub(r"\1 ", text)

    def _is_raised(self, place: int) -> bool:
        """Whether one of the two characters at this place is smaller than the other and stands on another line."""
        before, after = self._index(place - 1), self._index(place)
        sizes = sorted((self._size(before), self._size(after)))
        return sizes[0] < (1 - _SMALLER) * sizes[1] and self._baseline(before) != self._baseline(after)

    def _baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(x), ctypes.byref(y))
        return round(y.value, 1)


def _spans(text: str) -> Iterator[tuple[int, str]]:
    """(start, text) of each visual line; a marked hyphen stands as "-" at its end."""
    start = 0
    for end in _LINE_END.finditer(text):
        hyphen = "-" if end[0][0] in "\ufffe\u0002" else ""
        yield start, text[start : end.start()] + hyphen
        start = end.end()
    yield start, text[start:]
