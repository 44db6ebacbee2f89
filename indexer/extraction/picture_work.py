"""What a picture child does: draw one page, tell where its words stand, or what words all pages have."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, JpegImagePlugin, PngImagePlugin

from indexer.errors import UnreadableFile
from indexer.extraction.drawn_page import DrawnPage, opened_page
from indexer.extraction.frames import write_frame
from indexer.extraction.pdf_document import opened, page_at
from indexer.extraction.pdf_words import words

MOST_PIXELS = 12_000_000
MOST_PAGES = 2000  # whose texts are told
ROUNDED_UP = 0.01  # PDFium takes the next whole pixel
GREYS = 16  # a page without colour needs no more, and its PNG is a third of a JPEG of the same sharpness
_JPEG_QUALITY = 80


def warm() -> None:
    """Loads PDFium and the two encoders."""
    pdfium_c.FPDF_GetLastError()
    Image.init()
    assert PngImagePlugin
    assert JpegImagePlugin


def expect(request: dict[str, Any]) -> dict[str, Any]:
    """Everything is loaded from the start."""
    return request


def prepare(request: dict[str, Any]) -> dict[str, Any]:
    """Nothing needs to be done before the child is shut in."""
    return request


def work(request: dict[str, Any], results: int) -> None:
    """Answers a request of `indexer.pictures` in one frame."""
    try:
        answer = _texts(Path(request["path"])) if request["act"] == "texts" else _of_page(request)
    except UnreadableFile as error:
        write_frame(results, "unreadable", [error.reason, error.detail[:500]])
        return
    write_frame(results, "answer", answer)


def _of_page(request: dict[str, Any]) -> dict[str, Any]:
    with opened_page(Path(request["path"]), request["number"]) as page:
        return _drawn(page, request["width"]) if request["act"] == "picture" else _words(page)


def _drawn(page: DrawnPage, width: int) -> dict[str, Any]:
    scale = (width - ROUNDED_UP) / max(page.width, 1.0)
    pixels = width * page.height * scale
    if pixels > MOST_PIXELS:
        scale *= (MOST_PIXELS / pixels) ** 0.5
    image = page.drawn(scale)
    data, kind = _encoded(image.convert("RGB"))
    return {
        "data": base64.b64encode(data).decode("ascii"),
        "media_type": kind,
        "width": image.width,
        "height": image.height,
    }


def _encoded(image: Image.Image) -> tuple[bytes, str]:
    """PNG of greys where the page has no colour, else JPEG: the smaller and the quicker of the formats tried."""
    buffer = io.BytesIO()
    red, green, blue = image.split()
    if not _differ(red, green) and not _differ(green, blue):
        step = 255 // (GREYS - 1)
        greys = red.point([(level + step // 2) // step for level in range(256)]).convert("P")
        greys.putpalette([level * step for level in range(GREYS) for _ in range(3)])
        greys.save(buffer, "PNG", bits=4, compress_level=3)
        return buffer.getvalue(), "image/png"
    image.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    return buffer.getvalue(), "image/jpeg"


def _differ(one: Image.Image, other: Image.Image) -> bool:
    return bool(ImageChops.difference(one, other).getbbox())


def _words(page: DrawnPage) -> dict[str, Any]:
    return {"width": page.width, "height": page.height, "words": page.words()}


def _texts(path: Path) -> dict[str, Any]:
    with opened(path) as document:
        numbers = range(1, min(len(document), MOST_PAGES) + 1)
        return {"texts": [" ".join(word[0] for word in words(page_at(document, number))) for number in numbers]}
