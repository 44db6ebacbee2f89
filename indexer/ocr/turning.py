"""Places on the straightened picture as places on the page as it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turned:
    """How a page became the picture that was read.

    width, height: of the page as it is shown, in points. across, down: of its picture, in pixels. quarter: degrees
    counterclockwise by which that was turned so that its lines run across; skew: those by which it was levelled then.
    """

    width: float
    height: float
    across: int
    down: int
    quarter: int = 0
    skew: float = 0.0

    def back(self, left: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle in pixels of what was read, as one in points of the page: x, y, width, height."""
        corners = [self._point(x, y) for x in (left, left + width) for y in (top, top + height)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = self._unlevelled(x, y)
        x, y = self._unturned(x, y)
        return x * self.width / self.across, y * self.height / self.down

    def _unlevelled(self, x: float, y: float) -> tuple[float, float]:
        """Pillow turns about the middle, and makes room for the corners."""
        if not self.skew:
            return x, y
        sine, cosine = math.sin(math.radians(self.skew)), math.cos(math.radians(self.skew))
        wide, high = self._upright
        room_x = math.ceil(wide * cosine + high * abs(sine)) / 2
        room_y = math.ceil(wide * abs(sine) + high * cosine) / 2
        from_x, from_y = x - room_x, y - room_y
        return cosine * from_x - sine * from_y + wide / 2, sine * from_x + cosine * from_y + high / 2

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        wide, high = self._upright
        turned = {0: (x, y), 90: (high - y, x), 180: (wide - x, high - y), 270: (y, wide - x)}
        return turned[self.quarter]

    @property
    def _upright(self) -> tuple[int, int]:
        """The picture's size after it was turned by its quarter."""
        return (self.across, self.down) if self.quarter in {0, 180} else (self.down, self.across)
