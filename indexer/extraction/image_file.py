"""Image files as documents: their pages upright, with a size in points."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageOps

from indexer.errors import UnreadableFile
from indexer.extraction.media_types import IMAGES

POINTS_AN_INCH = 72.0
FEWEST_DOTS, MOST_DOTS = 50.0, 1200.0  # an inch, that are believed
LONGEST_SIDE = 842.0  # points, of a picture that does not tell its size: that of an A4
MOST_PIXELS = 150_000_000  # grey they fill 150 MB; an A3 at 600 dpi has 70 million
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


def warm() -> None:
    """Loads the decoders."""
    Image.init()


@contextmanager
def opened_image(path: Path) -> Iterator[Image.Image]:
    """The image, of one of the known kinds only; raises UnreadableFile."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what is odd in a file, which is nobody's here
        try:
            with Image.open(path, formats=tuple(IMAGES.values())) as image:
                yield image
        except Image.DecompressionBombError as error:
            raise UnreadableFile("too_large", str(error)) from error
        except _BROKEN as error:
            raise UnreadableFile("damaged", f"{type(error).__name__}: {error}") from error


def page_count(image: Image.Image) -> int:
    """A TIFF has as many pages as images; the images of other kinds move, and the first one stands."""
    return max(int(getattr(image, "n_frames", 1)), 1) if image.format == "TIFF" else 1


def page_of(image: Image.Image, number: int) -> tuple[Image.Image, float, float]:
    """A page upright, counted from 1, with its width and height in points; raises UnreadableFile."""
    if not 1 <= number <= page_count(image):
        raise UnreadableFile("damaged", f"there is no page {number}")
    if number > 1:
        image.seek(number - 1)
    if image.width * image.height > MOST_PIXELS:
        raise UnreadableFile("too_large", f"{image.width} x {image.height} pixels")
    dots = _dots_an_inch(image)
    upright = ImageOps.exif_transpose(image)
    return upright, upright.width * POINTS_AN_INCH / dots, upright.height * POINTS_AN_INCH / dots


def _dots_an_inch(image: Image.Image) -> float:
    """Across; as the file tells it, else so that its longest side is that of an A4."""
    told = image.info.get("dpi", (0, 0))
    across = float(told[0]) if isinstance(told, tuple) and told else 0.0
    if FEWEST_DOTS <= across <= MOST_DOTS and across != POINTS_AN_INCH:  # 72 is what programs write who know nothing
        return across
    return max(image.width, image.height, 1) * POINTS_AN_INCH / LONGEST_SIDE
