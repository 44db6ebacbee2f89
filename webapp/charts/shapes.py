"""What a drawing is made of, and how it is written: with the stylesheet's classes, or with colours of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

# The stylesheet's colours on white, for files that leave the page (webapp/static/kunskapsbanken.css, light).
INK, INK_2, LINE, ACCENT, PAPER = "#14201e", "#46534f", "#d2dad8", "#0b5665", "#ffffff"
HEAT = ("#eef4f5", "#d6e7ea", "#bad7dc", "#9ac5cc", "#78b0ba")
_OUTLINED = {"stroke": INK_2, "stroke-width": "1.5"}
_LINE = {"fill": "none", "stroke-width": "2.5"}
COLOURS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "text": {"fill": INK},
    "dim": {"fill": INK_2},
    "strong": {"fill": INK, "font-weight": "700"},
    "grid": {"stroke": LINE, "fill": "none"},
    "axis": {"stroke": INK, "stroke-width": "1.5", "fill": "none"},
    "a": {"fill": ACCENT},
    "b": {"fill": PAPER, **_OUTLINED},
    "c": {"fill": HEAT[3], **_OUTLINED},
    "d": _OUTLINED,
    "e": _OUTLINED,
    "f": _OUTLINED,
    "ground": {"fill": PAPER},
    "hatch": {"stroke": ACCENT, "stroke-width": "2.5", "fill": "none"},
    "dots": {"fill": INK_2},
    "cross": {"stroke": INK_2, "fill": "none"},
    "line-a": {**_LINE, "stroke": ACCENT, "stroke-width": "3"},
    "line-b": {**_LINE, "stroke": INK_2, "stroke-dasharray": "7 5"},
    "line-c": {**_LINE, "stroke": ACCENT, "stroke-dasharray": "2 4"},
    "line-d": {**_LINE, "stroke": INK_2, "stroke-dasharray": "12 4 2 4"},
    "line-e": {**_LINE, "stroke": ACCENT, "stroke-dasharray": "16 5"},
    "line-f": {**_LINE, "stroke": INK_2},
    **{f"heat-{step}": {"fill": colour} for step, colour in enumerate(HEAT, 1)},
}

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of a drawing. look: a class of the stylesheet, and the name of its colours in a file.

    attributes: geometry only, with `_` for `-`.
    """

    tag: str
    look: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    inside: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on a ground of width × height units (px at full size)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


Dress = Callable[[str], Iterable[tuple[str, str]]]


def by_class(look: str) -> Iterator[tuple[str, str]]:
    """For a page: the stylesheet decides, in light, dark and forced colours."""
    if look and look != "text":
        yield "class", look


def by_colour(look: str) -> Iterator[tuple[str, str]]:
    """For a file, which has no stylesheet."""
    yield from COLOURS[look].items()


def written(shapes: Iterable[Shape], dress: Dress) -> Markup:
    return Markup("\n").join(_element(shape, dress) for shape in shapes)


def _element(shape: Shape, dress: Dress) -> Markup:
    pairs = [
        *dress(shape.look),
        *((name.replace("_", "-"), _number(value)) for name, value in shape.attributes.items()),
    ]
    attributes = Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in pairs)
    body = written(shape.inside, dress) if shape.inside else escape(readable(shape.text))
    if not body:
        return Markup("<{}{}/>").format(Markup(shape.tag), attributes)  # noqa: S704 - tags are ours
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(shape.tag), attributes, body)  # noqa: S704 - the same


def readable(said: str) -> str:
    """Without the characters that no XML may hold; a question may bring them."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", said)


def _number(value: object) -> object:
    """One decimal is a tenth of a pixel."""
    if isinstance(value, float):
        return f"{round(value, 1):g}"
    return value


def text(x: float, y: float, said: str, look: str = "text", anchor: str = "start") -> Shape:
    where: dict[str, object] = {"x": x, "y": y}
    if anchor != "start":
        where["text_anchor"] = anchor
    return Shape("text", look, where, said)


def rect(x: float, y: float, width: float, height: float, look: str, **more: object) -> Shape:
    return Shape("rect", look, {"x": x, "y": y, "width": width, "height": height, **more})


def path(look: str, d: str) -> Shape:
    return Shape("path", look, {"d": d})
