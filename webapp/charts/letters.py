"""How wide words are, by the font that comes along: Noto Sans, under the SIL Open Font License (fonts/OFL.txt)."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import as_file, files

from PIL import ImageFont

SIZE = 14
FAMILY = "Noto Sans"
_MEASURED = 100  # px; the font is measured large, so that no pixel grid rounds
# The page writes with the reader's own font, which may be that much wider.
_ROOM = 1.08
ELLIPSIS = "…"


@cache
def font_files() -> tuple[str, ...]:
    """Paths of the regular and the bold font. The package lies unpacked in a folder, as its templates do."""
    paths = []
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        with as_file(files("webapp.charts") / "fonts" / name) as path:
            paths.append(str(path))
    return tuple(paths)


@cache
def _font() -> ImageFont.FreeTypeFont:
    # The plain layout takes every text; the other refuses control characters.
    return ImageFont.truetype(font_files()[0], _MEASURED, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=10_000)
def width(text: str, size: float = SIZE) -> float:
    return _font().getlength(text) * size / _MEASURED * _ROOM


def fitted(text: str, room: float, size: float = SIZE) -> str:
    """The text, shortened with an ellipsis where it is wider than the room."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept.rstrip() + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def lines(text: str, room: float, most: int = 2, size: float = SIZE) -> tuple[str, ...]:
    """The words on at most so many lines, the last one shortened."""
    made = [""]
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{made[-1]} {word}".strip()
        if made[-1] and width(longer, size) > room:
            if len(made) == most:
                made[-1] = fitted(" ".join((made[-1], *words[place:])), room, size)
                return tuple(made)
            made.append(word)
        else:
            made[-1] = longer
    return tuple(fitted(line, room, size) for line in made)
