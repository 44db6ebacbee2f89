"""Which way the lines of a page run, and how much they are askew, from its light and dark rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PIL import Image, ImageOps

LARGEST_SKEW = 8.0  # degrees; more is no accident at the glass
LEAST_SKEW = 0.4  # tesseract reads less as if it were nothing
COARSE, FINE = 0.5, 0.1  # degrees between two trials
SMALL, LARGE = 360, 720  # pixels across, of the page that is tried
CLEARER = 1.15  # times, that the rows of a page must be divided better, before it is turned for it
STANDING = 1.6  # times, that columns must be divided better than rows, where lines run upwards


def standing(page: Image.Image) -> bool:
    """Whether the lines of a grey page run up or down instead of across."""
    small = _small(page, SMALL)
    across = _best(small, _trials(0.0, LARGEST_SKEW, COARSE))
    upwards = _best(small.transpose(Image.Transpose.ROTATE_90), _trials(0.0, LARGEST_SKEW, COARSE))
    return upwards[0] > STANDING * across[0]


def skew(page: Image.Image) -> float:
    """Degrees by which a grey page is to be turned, counterclockwise, so that its lines lie level; 0.0 for little."""
    _, coarse = _best(_small(page, SMALL), _trials(0.0, LARGEST_SKEW, COARSE))
    large = _small(page, LARGE)
    divided, angle = _best(large, _trials(coarse, COARSE, FINE))
    if abs(angle) < LEAST_SKEW or divided < CLEARER * _division(large, 0.0):
        return 0.0
    return round(angle, 1)


def _small(page: Image.Image, across: int) -> Image.Image:
    """Dark on light becomes light on black, as what comes in at the corners when it is turned."""
    height = max(round(page.height * across / page.width), 1)
    small = ImageOps.invert(page).resize((across, min(height, 4 * across)), Image.Resampling.BOX, reducing_gap=2.0)
    return ImageOps.autocontrast(small)


def _trials(middle: float, width: float, step: float) -> Iterable[float]:
    steps = round(width / step)
    return (middle + step * number for number in range(-steps, steps + 1))


def _best(page: Image.Image, angles: Iterable[float]) -> tuple[float, float]:
    """(how well the rows are divided, angle) of the best trial."""
    return max((_division(page, angle), angle) for angle in angles)


def _division(page: Image.Image, angle: float) -> float:
    """How much each row differs from the one before: lines of text that lie level are dark rows between light ones."""
    turned = page.rotate(angle, Image.Resampling.BILINEAR) if angle else page
    rows = turned.resize((1, page.height), Image.Resampling.BOX).tobytes()
    return float(sum((one - other) ** 2 for one, other in pairwise(rows)))
