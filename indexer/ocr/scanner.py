"""Scanner: one page of a file, drawn and straightened in a limited child, read by tesseract, put back in its place."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexer.analysis.known_words import KnownWords, known_words
from indexer.errors import UnreadableFile
from indexer.extraction.child_end import one_answer
from indexer.extraction.fork_owner import ForkServer
from indexer.extraction.limits import MEGABYTE
from indexer.ocr.program import ScanProgram, scan_program
from indexer.ocr.scanned_text import heading_of, text_of
from indexer.ocr.tesseract import ScanLimits, words_table
from indexer.ocr.turning import Turned
from indexer.ocr.words_table import ReadWord, read_words
from indexer.pictures import WordBox

VERSION = "1"  # raised when the same page comes out otherwise
DRAWING_SECONDS, DRAWING_WALL = 30, 600
DRAWING_MEMORY = 1500 * MEGABYTE
WELL_SHARE, WELL_CONFIDENCE = 0.6, 60  # of known words, and of sureness: then the page lay the right way up
_FINGERPRINT = re.compile(r"tesseract (\d+(?:\.\d+)*)/(\d+)", re.ASCII)
FEWEST_WORDS = 5  # with fewer neither of them says anything


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as it was read. confidence: mean of its words, 0 to 100; 0 where there are none.

    quarter, skew: degrees counterclockwise by which it was turned to be read. width, height: of the page as it is
    shown, in points; `words` have their places on it.
    """

    text: str
    heading: str
    confidence: int
    quarter: int
    skew: float
    width: float
    height: float
    words: tuple[WordBox, ...]
    known: KnownWords

    @property
    def is_well_read(self) -> bool:
        """Whether it must have lain the right way up."""
        if len(self.words) < FEWEST_WORDS:
            return False
        return self.confidence >= WELL_CONFIDENCE and self.known.share >= WELL_SHARE


def _no_step() -> None:
    """Nobody wants to know."""


class Scanner:
    """Reads pages. Owns a fork server, which starts at the first page and ends with the scanner or its process."""

    def __init__(self, limits: ScanLimits | None = None) -> None:
        self._limits = limits or ScanLimits()
        self._server = ForkServer("scanning")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._server.close()

    def scan(self, path: Path | str, number: int, on_step: Callable[[], None] = _no_step) -> ScannedPage:
        """The page, counted from 1; raises UnreadableFile. `on_step` is told before each part that may take long.

        A page that reads badly is tried upside down, then sideways, and the reading with most known words stands.
        """
        program = scan_program()
        if not program.is_there:
            raise UnreadableFile("needs_ocr", f"tesseract: no {program.missing}")
        best: ScannedPage | None = None
        for found in self._tries(program, Path(path), number, on_step):
            if best is None or found.known.known > best.known.known:
                best = found
            if found.is_well_read:
                break
        assert best is not None
        return best

    def _tries(
        self, program: ScanProgram, path: Path, number: int, on_step: Callable[[], None]
    ) -> Iterator[ScannedPage]:
        first = None
        for turn in (0, 180, 90):  # lines that run down are read by tesseract itself
            on_step()
            drawn = self._drawn(path, number, None if first is None else (first + turn) % 360)
            first = drawn.turned.quarter if first is None else first
            on_step()
            yield _page(drawn.turned, read_words(words_table(program.path, drawn.picture, self._limits)))

    def _drawn(self, path: Path, number: int, quarter: int | None) -> _Drawn:
        request = {"path": str(path.resolve()), "number": number, "quarter": quarter}
        value = self._ask(request)
        try:
            turned = Turned(
                float(value["width"]),
                float(value["height"]),
                int(value["across"]),
                int(value["down"]),
                int(value["quarter"]),
                float(value["skew"]),
            )
            return _Drawn(turned, base64.b64decode(value["image"], validate=True))
        except (KeyError, TypeError, ValueError, binascii.Error) as error:
            raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The child's answer; raises UnreadableFile."""
        with self._server.child(request, DRAWING_SECONDS, DRAWING_WALL, DRAWING_MEMORY) as child:
            return one_answer(child)


@dataclass(frozen=True, slots=True)
class _Drawn:
    turned: Turned
    picture: bytes


def scan_reader() -> str:
    """Fingerprint of what reads scans: a page that another one read may come out better. Empty where there is none."""
    program = scan_program()
    return f"tesseract {program.version}/{VERSION}" if program.is_there else ""


def is_older_scan_reader(fingerprint: str) -> bool:
    """Whether a page that this reader read may come out better here; never of a newer one, which another machine has.

    Else machines with different programs would read each other's scans again in turns. False where there is no program.
    """
    return bool(scan_reader()) and _age(fingerprint) < _age(scan_reader())


def _age(fingerprint: str) -> tuple[int, ...]:
    """Greater for a better reader: our own version counts before the program's. Empty for what is none of ours."""
    told = _FINGERPRINT.fullmatch(fingerprint)
    return tuple(map(int, (told[2], *told[1].split(".")))) if told else ()


def _page(turned: Turned, words: list[ReadWord]) -> ScannedPage:
    text = text_of(words)
    return ScannedPage(
        text=text,
        heading=heading_of(words),
        confidence=round(sum(word.sure for word in words) / len(words)) if words else 0,
        quarter=turned.quarter,
        skew=turned.skew,
        width=turned.width,
        height=turned.height,
        words=tuple(_placed(turned, word) for word in words),
        known=known_words(text),
    )


def _placed(turned: Turned, word: ReadWord) -> WordBox:
    x, y, width, height = turned.back(word.left, word.top, word.width, word.height)
    return WordBox(word.text, round(x, 1), round(y, 1), round(width, 1), round(height, 1))
