"""The words of a scan with their places, as the record keeps them: packed, some 3 kB a page."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

Placed = tuple[str, float, float, float, float]


@dataclass(frozen=True, slots=True)
class ScanWords:
    """width, height: of the page as it is shown, in points. words: (text, x, y, width, height) in reading order."""

    width: float
    height: float
    words: tuple[Placed, ...]


def packed(width: float, height: float, words: Iterable[Placed]) -> bytes:
    told = {"width": width, "height": height, "words": list(words)}
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(kept: bytes) -> ScanWords | None:
    """None where nothing is kept."""
    if not kept:
        return None
    told = json.loads(zlib.decompress(kept))
    words = ((str(text), float(x), float(y), float(w), float(h)) for text, x, y, w, h in told["words"])
    return ScanWords(float(told["width"]), float(told["height"]), tuple(words))
