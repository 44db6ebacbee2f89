"""A page's lines by PDFium, with place, size and weight from a few questions a line, not one a character."""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from indexer.extraction.frames import Line
from indexer.extraction.text import clean

# PDFium ends a line by CR LF, and marks a hyphen at a line's end by U+FFFE (U+0002 in older builds), without CR LF.
# It begins with a set of characters, which is looked for more quickly than alternatives are.
_LINE_END = re.compile("[\r\n\ufffe\u0002](?:(?<=\r)\n|(?<=[\ufffe\u0002])\r\n)?")
_BOLD_FROM = 600  # font weight; 400 is normal, 700 bold
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
# A reference to a footnote is glued to the word before it, a footnote's number to the word after it.
_GLUED = re.compile(r"\d(?<=[^\W\d_]\d)\d?(?!\w)")
_NOTE_NUMBER = re.compile(r"^(\d{1,2})(?=[A-ZÅÄÖ][a-zåäö])")
_MOST_GLUED = 8  # looked at in a line
_SMALLER = 0.15  # of its neighbour's size, at least, is a raised number smaller
_UNITS = frozenset({"m", "dm", "cm", "mm", "km"})  # their raised number is no reference
_LAST_WORD = re.compile(r"\w{1,40}$")
FEW_CHARACTERS = 200  # a page with fewer is looked at more closely
MOST_CHARACTERS = 2_000_000  # a page; ordinary ones hold 3,000
LONGEST_NAME = 128  # bytes of a font's name
_NAME_SIZE = ctypes.c_ulong(LONGEST_NAME)

_Box = tuple[float, float, float, float]  # left, bottom, right, top
_LEFT, _RIGHT, _TOP = 0, 2, 3


def _quick(function: Callable[..., Any], answer: type[ctypes._SimpleCData[Any]]) -> Callable[..., Any]:
    """The same function, called in a third of the time: for what is asked several times a line.

    Arguments are not checked against their types: give pointers by `byref`, sizes as their own type, else plain ints.
    """
    return ctypes.PYFUNCTYPE(answer)(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


_loose_box = _quick(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
_matrix_of = _quick(pdfium_c.FPDFText_GetMatrix, ctypes.c_int)
_font_size = _quick(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
_font_weight = _quick(pdfium_c.FPDFText_GetFontWeight, ctypes.c_int)
_font_name = _quick(pdfium_c.FPDFText_GetFontInfo, ctypes.c_ulong)
_index_at = _quick(pdfium_c.FPDFText_GetCharIndexFromTextIndex, ctypes.c_int)


class _Span(NamedTuple):
    """A visual line: its text, where it starts in the page's text, and PDFium's numbers of its ends' characters.

    head: its first character that is no blank.
    """

    text: str
    start: int
    head: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's shape: its size as it is shown, its lower left corner, and how many quarter turns it is rotated.

    paper: the whole sheet, measured from that corner, where the page is a part that was cropped out of it.
    """

    width: float
    height: float
    left: float
    bottom: float
    turns: int
    paper: _Box | None = None

    def hides(self, first: _Box, last: _Box) -> bool:
        """Whether a line was cropped away: a printer's mark, the other half of a spread.

        One that lies outside the paper too is the layer below a scan at a wrong scale, and is kept.
        """
        if self.paper is None:
            return False
        page = (0.0, 0.0, *((self.height, self.width) if self.turns % 2 else (self.width, self.height)))
        line = (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
        return _meet(line, self.paper) and not _meet(line, page)

    def upright(self, box: _Box) -> _Box:
        """A box of the unrotated page in the frame of the page as it is shown."""
        left, bottom, right, top = box
        if self.turns == 1:
            return (bottom, self.height - right, top, self.height - left)
        if self.turns == 3:  # noqa: PLR2004  three quarter turns
            return (self.width - top, left, self.width - bottom, right)
        return (self.width - right, self.height - top, self.width - left, self.height - bottom)


class TextPage:
    """The text of one loaded PDFium page; raises ValueError where PDFium cannot read it."""

    def __init__(self, raw_page: ctypes.c_void_p, frame: Frame) -> None:
        self._raw = pdfium_c.FPDFText_LoadPage(raw_page)
        if not self._raw:
            raise ValueError("PDFium cannot read the page's text.")
        self._frame = frame
        # Filled again for every character that is asked for.
        self._rectangle, self._matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
        self._rectangle_at, self._matrix_at = ctypes.byref(self._rectangle), ctypes.byref(self._matrix)
        self._name = ctypes.create_string_buffer(LONGEST_NAME)
        self._all_numbered = False
        self.characters = 0  # of the lines when they have been asked for, blanks and line ends too

    def close(self) -> None:
        pdfium_c.FPDFText_ClosePage(self._raw)

    def lines(self) -> list[Line]:
        """Lines in the order of PDFium, those without a visible character left out."""
        text = self._text()
        self.characters = len(clean(text)) if len(text) < FEW_CHARACTERS else len(text)
        spans = [self._span(start, part) for start, part in _spans(text) if part and not part.isspace()]
        ends = [(self._box(span.first), self._box(span.last)) for span in spans]
        if self._frame.paper:
            seen = [not self._frame.hides(*pair) for pair in ends]
            spans, ends = list(compress(spans, seen)), list(compress(ends, seen))
        turned = self._is_turned(ends)
        glued = [found.start() for found in _GLUED.finditer(text)]
        return [self._line(span, first, last, turned, glued) for span, (first, last) in zip(spans, ends, strict=True)]

    def _text(self) -> str:
        count = min(pdfium_c.FPDFText_CountChars(self._raw), MOST_CHARACTERS)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium_c.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "surrogatepass")
        # Numbers rise with places: where the last two agree, no character is without a place and all agree.
        self._all_numbered = bool(text) and self._asked_index(len(text) - 1) == len(text) - 1
        return text

    def _span(self, start: int, text: str) -> _Span:
        from_head = text.lstrip()
        first, last = start + len(text) - len(from_head), start + len(text.rstrip()) - 1
        return _Span(text, start, from_head[0], self._index(first), self._index(last))

    def _index(self, place: int) -> int:
        """The number of the character at a place of the text; the first character's where there is none."""
        return place if self._all_numbered else self._asked_index(place)

    def _asked_index(self, place: int) -> int:
        found: int = _index_at(self._raw, place)
        return max(0, found)

    def _box(self, index: int) -> _Box:
        box = self._rectangle
        if not _loose_box(self._raw, index, self._rectangle_at):
            return (0, 0, 0, 0)
        x, y = self._frame.left, self._frame.bottom
        return (box.left - x, box.bottom - y, box.right - x, box.top - y)

    def _is_turned(self, ends: list[tuple[_Box, _Box]]) -> bool:
        """Whether most lines run across the unrotated page, so that the page's own rotation sets them upright."""
        if not self._frame.turns:
            return False
        upright = sum(b[_LEFT] - a[_LEFT] >= abs(b[_TOP] - a[_TOP]) for a, b in ends)
        return upright * 2 < len(ends)

    def _line(self, span: _Span, first: _Box, last: _Box, turned: bool, glued: list[int]) -> Line:
        if turned:
            first, last = self._frame.upright(first), self._frame.upright(last)
        height = self._frame.height if turned or self._frame.turns % 2 == 0 else self._frame.width
        left, bottom, right, top = first
        return Line(
            self._with_references_apart(span, glued),
            round(min(left, last[_LEFT]), 1),
            round(height - top, 1),
            round(max(right, last[_RIGHT]), 1),
            self._line_size(span) or round(top - bottom, 1),
            self._is_bold(span.first),
        )

    def _line_size(self, span: _Span) -> float:
        """The size of the first character; the larger of both ends' where the line starts with a number."""
        size = self._size(span.first)
        return max(size, self._size(span.last)) if span.head.isdecimal() else size

    def _size(self, index: int) -> float:
        """The character's font size as it is set on the page, in points; 0 where that is not known."""
        matrix = self._matrix
        if not _matrix_of(self._raw, index, self._matrix_at):
            return 0.0
        size: float = _font_size(self._raw, index)
        return round(size * math.hypot(matrix.c, matrix.d), 1)

    def _is_bold(self, index: int) -> bool:
        if _font_weight(self._raw, index) >= _BOLD_FROM:
            return True
        length: int = _font_name(self._raw, index, self._name, _NAME_SIZE, None)
        return 0 < length <= LONGEST_NAME and _names_bold(self._name.value)

    def _with_references_apart(self, span: _Span, glued: list[int]) -> str:
        """The line with a blank between a word and the raised number at it, so that the word can be found."""
        text = span.text
        if glued:
            from_here, to_here = bisect_left(glued, span.start), bisect_left(glued, span.start + len(text))
            for place in reversed(glued[from_here:to_here][:_MOST_GLUED]):
                text = self._apart(span, text, place - span.start)
        return _NOTE_NUMBER.sub(r"\1 ", text) if text[0].isdecimal() else text

    def _apart(self, span: _Span, text: str, place: int) -> str:
        word = _LAST_WORD.search(text[:place])
        is_reference = (word is None or word[0] not in _UNITS) and self._is_raised(span.start + place)
        return f"{text[:place]} {text[place:]}" if is_reference else text

    def _is_raised(self, place: int) -> bool:
        """Whether one of the two characters at this place is smaller than the other and stands on another line."""
        before, after = self._index(place - 1), self._index(place)
        sizes = sorted((self._size(before), self._size(after)))
        return sizes[0] < (1 - _SMALLER) * sizes[1] and self._baseline(before) != self._baseline(after)

    def _baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(x), ctypes.byref(y))
        return round(y.value, 1)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _spans(text: str) -> Iterator[tuple[int, str]]:
    """(start, text) of each visual line; a marked hyphen stands as "-" at its end."""
    start = 0
    for end in _LINE_END.finditer(text):
        hyphen = "-" if end[0][0] in "\ufffe\u0002" else ""
        yield start, text[start : end.start()] + hyphen
        start = end.end()
    yield start, text[start:]


@lru_cache(maxsize=1000)
def _names_bold(font: bytes) -> bool:
    return bool(_BOLD_NAME.search(font))
