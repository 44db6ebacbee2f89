"""The marks of the series: fills of bars, markers and dashes of lines; none needs its colour to be known."""

from __future__ import annotations

from webapp.charts.shapes import Shape, path, rect

PATTERNS = {"d": "hatch", "e": "dots", "f": "cross"}
_RADIUS = 4.5


def patterns(name: str, used: tuple[str, ...]) -> tuple[Shape, ...]:
    """Definitions of the patterned fills among the used marks; `name` keeps them apart on a page of several charts."""
    made = tuple(_pattern(name, mark) for mark in used if mark in PATTERNS)
    return (Shape("defs", inside=made),) if made else ()


def _pattern(name: str, mark: str) -> Shape:
    drawn = {
        "hatch": path("hatch", "M-2 2L2 -2M0 8L8 0M6 10L10 6"),
        "dots": Shape("circle", "dots", {"cx": 4, "cy": 4, "r": 1.6}),
        "cross": path("cross", "M0 4H8M4 0V8"),
    }[PATTERNS[mark]]
    where = {"id": f"{name}-{mark}", "width": 8, "height": 8, "patternUnits": "userSpaceOnUse"}
    return Shape("pattern", "", where, inside=(rect(0, 0, 8, 8, "ground"), drawn))


def filled(box: tuple[float, float, float, float], mark: str, name: str) -> Shape:
    """A bar, or a part of one; box: x, y, width, height."""
    if mark in PATTERNS:
        return rect(*box, mark, fill=f"url(#{name}-{mark})")
    return rect(*box, mark)


def marker(x: float, y: float, mark: str) -> Shape:
    """A point of a line: full, square, triangle, diamond, ring, cross."""
    size = _RADIUS
    if mark == "b":
        return rect(x - 4.0, y - 4.0, 8, 8, "b")
    drawn = {
        "c": ("a", f"M{x:.1f} {y - size:.1f}l{size} {2 * size}h{-2 * size}z"),
        "d": (
            "b",
            f"M{x:.1f} {y - size - 1:.1f}l{size + 1} {size + 1} {-size - 1} {size + 1} {-size - 1} {-size - 1}z",
        ),
        "f": ("axis", f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"),
    }
    if mark in drawn:
        return path(*drawn[mark])
    return Shape("circle", "a" if mark == "a" else "b", {"cx": x, "cy": y, "r": size})
