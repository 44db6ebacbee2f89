"""Which way the lines of a page run, and how much they are askew, from its light and dark rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageOps

LARGEST_SKEW = 8.0  # degrees; more is no accident at the glass
LEAST_SKEW = 0.6  # tesseract reads less as if it were nothing
COARSE, FINE = 0.5, 0.1  # degrees between two trials
ROUGHLY, FINELY = 240, 560  # pixels of the narrow side, of the page that is tried
LONGEST = 4  # times the narrow side, of a strip
CLEARER = 1.15  # times, that the rows of a page must be divided better, before it is turned for it
STANDING = 1.6  # times, that columns must be divided better than rows, where lines run upwards


class Straightening(NamedTuple):
    """Degrees counterclockwise: a quarter (0 or 90), and then what levels the lines."""

    quarter: int
    skew: float


def straighten(page: Image.Image) -> Straightening:
    """How a grey page is to be turned: by what quarter, and then by how many degrees."""
    shrunk = _shrunk(page, FINELY)
    roughly = _shrunk(shrunk, ROUGHLY)
    across, angle = _best(roughly, _trials(0.0, LARGEST_SKEW, COARSE))
    upwards, other = _best(roughly.transpose(Image.Transpose.ROTATE_90), _trials(0.0, LARGEST_SKEW, COARSE))
    if upwards > STANDING * across:
        return Straightening(90, _skew(shrunk.transpose(Image.Transpose.ROTATE_90), other))
    return Straightening(0, _skew(shrunk, angle))


def skew(page: Image.Image) -> float:
    """Degrees by which a grey page whose lines run across is to be turned; 0.0 for little."""
    shrunk = _shrunk(page, FINELY)
    return _skew(shrunk, _best(_shrunk(shrunk, ROUGHLY), _trials(0.0, LARGEST_SKEW, COARSE))[1])


def _skew(shrunk: Image.Image, coarse: float) -> float:
    divided, angle = _best(shrunk, _trials(coarse, COARSE, FINE))
    if abs(angle) < LEAST_SKEW or divided < CLEARER * _division(shrunk, 0.0):
        return 0.0
    return round(angle, 1)


def _shrunk(page: Image.Image, across: int) -> Image.Image:
    """Its narrow side so many pixels; dark on light becomes light on black, as what comes in at turned corners."""
    factor = across / min(page.size)
    size = max(round(page.width * factor), 1), max(round(page.height * factor), 1)
    if max(size) > LONGEST * across:
        size = min(size[0], LONGEST * across), min(size[1], LONGEST * across)
    shrunk = page.resize(size, Image.Resampling.BOX)
    return shrunk if page.info.get("inverted") else _inverted(shrunk)


def _inverted(page: Image.Image) -> Image.Image:
    inverted = ImageOps.autocontrast(ImageOps.invert(page))
    inverted.info["inverted"] = True
    return inverted


def _trials(middle: float, width: float, step: float) -> Iterable[float]:
    steps = round(width / step)
    return (middle + step * number for number in range(-steps, steps + 1))


def _best(page: Image.Image, angles: Iterable[float]) -> tuple[float, float]:
    """(how well the rows are divided, angle) of the best trial."""
    return max((_division(page, angle), angle) for angle in angles)


def _division(page: Image.Image, angle: float) -> float:
    """How much each row differs from the one before: lines of text that lie level are dark rows between light ones."""
    turned = page.rotate(angle, Image.Resampling.NEAREST) if angle else page
    rows = turned.resize((1, page.height), Image.Resampling.BOX).tobytes()
    return float(sum((one - other) ** 2 for one, other in pairwise(rows)))
