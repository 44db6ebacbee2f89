"""Which extractor reads which kind of file."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.extraction import media_types
from indexer.extraction.frames import Report
from indexer.extraction.limits import Limits


@dataclass(frozen=True, slots=True)
class Task:
    """What one child is to read: from page `first`; fast and careful say which PDF readers may be used."""

    path: Path
    limits: Limits
    first: int = 1
    fast: bool = True
    careful: bool = True


Extractor = Callable[[Task, Report], None]

_MODULES = {
    media_types.PDF: "pdf",
    media_types.DOCX: "word",
    media_types.PPTX: "slides",
    media_types.ODT: "opendocument",
    media_types.ODP: "opendocument",
    media_types.HTML: "html",
    media_types.TEXT: "plain",
}


def readable(media_type: str) -> bool:
    """Whether any extractor reads this kind."""
    return media_type in _MODULES


def extractor_name(media_type: str) -> str:
    """Empty where there is none."""
    return _MODULES.get(media_type, "")


def extractor(media_type: str) -> Extractor:
    """The function that reads this kind; raises UnreadableFile where there is none."""
    if media_type not in _MODULES:
        raise UnreadableFile("unsupported", media_type)
    found: Extractor = importlib.import_module(f"indexer.extraction.{_MODULES[media_type]}").extract
    return found


def warm() -> None:
    """Imports every extractor and the libraries they use."""
    for name in set(_MODULES.values()):
        module = importlib.import_module(f"indexer.extraction.{name}")
        if hasattr(module, "warm"):
            module.warm()
