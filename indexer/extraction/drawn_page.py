"""A page that can be drawn, whatever kind of file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pypdfium2 as pdfium
from PIL import Image

from indexer.errors import UnreadableFile
from indexer.extraction.image_file import opened_image, page_of
from indexer.extraction.media_types import IMAGES
from indexer.extraction.pdf_document import opened, page_at
from indexer.extraction.pdf_words import Word, words
from indexer.extraction.sniff import sniff


class DrawnPage(Protocol):
    """width and height: in points, of the page as it is shown."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...

    def drawn(self, scale: float, *, grey: bool = False) -> Image.Image:
        """The page at so many pixels a point; raises UnreadableFile."""

    def words(self) -> list[Word]:
        """The words that the file itself knows, with their places."""


@contextmanager
def opened_page(path: Path, number: int) -> Iterator[DrawnPage]:
    """The page, counted from 1; raises UnreadableFile."""
    if sniff(path) in IMAGES:
        with opened_image(path) as image:
            yield _ImagePage(*page_of(image, number))
        return
    with opened(path) as document:
        yield _PdfPage(page_at(document, number))


class _PdfPage:
    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self.width, self.height = page.get_size()

    def drawn(self, scale: float, *, grey: bool = False) -> Image.Image:
        try:
            drawn: Image.Image = self._page.render(
                scale=scale, grayscale=grey, rev_byteorder=not grey, prefer_bgrx=False
            ).to_pil()
        except pdfium.PdfiumError as error:
            raise UnreadableFile("damaged", str(error)) from error
        return drawn.convert("L") if grey else drawn

    def words(self) -> list[Word]:
        return words(self._page)


@dataclass(frozen=True, slots=True)
class _ImagePage:
    image: Image.Image
    width: float
    height: float

    def drawn(self, scale: float, *, grey: bool = False) -> Image.Image:
        size = max(round(self.width * scale), 1), max(round(self.height * scale), 1)
        shrunk = self.image
        if not grey or shrunk.mode != "L":
            shrunk = _on_white(shrunk).convert("L" if grey else "RGB")
        return shrunk if shrunk.size == size else shrunk.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)

    def words(self) -> list[Word]:
        return []


def _on_white(image: Image.Image) -> Image.Image:
    """What can be seen through is paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image
    seen = image.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    return paper
