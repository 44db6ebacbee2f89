"""What a scanning child does: draws one page, grey and straight, for tesseract to read."""

from __future__ import annotations

import base64
import math
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image

from indexer.errors import UnreadableFile
from indexer.extraction import image_file, straightening
from indexer.extraction.drawn_page import opened_page
from indexer.extraction.frames import write_frame

DOTS_AN_INCH = 200
SMALLEST, MOST_PIXELS = 16, 20_000_000  # across and in all; an A3 at 200 dpi has 7.7 million
PAPER = 255
_QUARTERS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


def warm() -> None:
    """Loads PDFium and the decoders."""
    pdfium_c.FPDF_GetLastError()
    image_file.warm()


def expect(request: dict[str, Any]) -> dict[str, Any]:
    """Everything is loaded from the start."""
    return request


def prepare(request: dict[str, Any]) -> dict[str, Any]:
    """Nothing needs to be done before the child is shut in."""
    return request


def work(request: dict[str, Any], results: int) -> None:
    """Answers a request of `indexer.ocr.scanner` in one frame."""
    try:
        with opened_page(Path(request["path"]), request["number"]) as page:
            answer = _straight(page.drawn(_scale(page.width, page.height), grey=True), request["quarter"])
            answer |= {"width": page.width, "height": page.height}
    except UnreadableFile as error:
        write_frame(results, "unreadable", [error.reason, error.detail[:500]])
        return
    write_frame(results, "answer", answer)


def _scale(width: float, height: float) -> float:
    """Pixels a point: 200 an inch, fewer for a poster; raises UnreadableFile for what is too small to hold a word."""
    scale = DOTS_AN_INCH / image_file.POINTS_AN_INCH
    scale *= min(1.0, math.sqrt(MOST_PIXELS / max(width * height * scale * scale, 1.0)))
    if min(width, height) * scale < SMALLEST:
        raise UnreadableFile("damaged", f"a page of {width:.0f} x {height:.0f} points")
    return scale


def _straight(page: Image.Image, quarter: int | None) -> dict[str, Any]:
    """The page turned by `quarter` degrees counterclockwise, or as its lines run for None; then levelled.

    across, down: its size in pixels before it was turned.
    """
    turn, skew = straightening.straighten(page) if quarter is None else (quarter, None)
    upright = page.transpose(_QUARTERS[turn]) if turn in _QUARTERS else page
    skew = straightening.skew(upright) if skew is None else skew
    level = upright.rotate(skew, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER) if skew else upright
    return {
        "image": base64.b64encode(_portable(level)).decode("ascii"),
        "across": page.width,
        "down": page.height,
        "quarter": turn,
        "skew": skew,
    }


def _portable(page: Image.Image) -> bytes:
    """As PGM: a head and the bare pixels, so that no decoder of tesseract sees what came from outside."""
    return b"P5\n%d %d\n255\n" % page.size + page.tobytes()
