"""A page's picture and its words' places, made in a limited child: web processes load no PDF library."""

from __future__ import annotations

import base64
import binascii
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableFile
from indexer.extraction.child_end import one_answer
from indexer.extraction.fork_owner import ForkServer
from indexer.extraction.limits import MEGABYTE

WIDEST = 2400  # pixels
NARROWEST = 40
SECONDS = 10
MEMORY = 1000 * MEGABYTE
AT_ONCE = 2  # children a process; the others wait their turn

_server = ForkServer("pictures")
_turn = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Picture:
    """data: PNG or JPEG, as `media_type` says; width and height in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word and where it stands: points from the page's left and top edge, as the page is shown."""

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in reading order, and the page's size in points."""

    width: float
    height: float
    words: tuple[WordBox, ...]


def page_picture(path: Path | str, number: int, width: int) -> Picture:
    """The page, counted from 1, `width` pixels wide (bounded); raises UnreadableFile."""
    wanted = max(NARROWEST, min(int(width), WIDEST))
    value = _ask({"act": "picture", "path": str(Path(path).resolve()), "number": number, "width": wanted})
    try:
        data = base64.b64decode(value["data"], validate=True)
        return Picture(data, str(value["media_type"]), int(value["width"]), int(value["height"]))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error


def page_words(path: Path | str, number: int) -> PageWords:
    """The words of the page, counted from 1, with their places; raises UnreadableFile."""
    value = _ask({"act": "words", "path": str(Path(path).resolve()), "number": number})
    try:
        words = tuple(WordBox(str(text), float(x), float(y), float(w), float(h)) for text, x, y, w, h in value["words"])
        return PageWords(float(value["width"]), float(value["height"]), words)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error


def page_texts(path: Path | str) -> list[str]:
    """The words of every page, in reading order and divided by blanks; raises UnreadableFile."""
    value = _ask({"act": "texts", "path": str(Path(path).resolve()), "number": 1})
    try:
        return [str(text) for text in value["texts"]]
    except (KeyError, TypeError) as error:
        raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error


def _ask(request: dict[str, Any]) -> dict[str, Any]:
    """The child's answer; raises UnreadableFile."""
    with _turn, _server.child(request, SECONDS, SECONDS, MEMORY) as child:
        return one_answer(child)
