"""Which extractor reads which kind of file."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.extraction import media_types
from indexer.extraction.commands import Started
from indexer.extraction.frames import Report
from indexer.extraction.limits import Limits


@dataclass(frozen=True, slots=True)
class Task:
    """What one child is to read: from page `first`; fast and careful say which PDF readers may be used.

    started: the commands that read the file, the better first.
    """

    path: Path
    limits: Limits
    first: int = 1
    fast: bool = True
    careful: bool = True
    started: tuple[Started, ...] = ()


Extractor = Callable[[Task, Report], None]

_MODULES = {
    media_types.PDF: "pdf",
    media_types.DOCX: "word",
    media_types.PPTX: "slides",
    media_types.ODT: "opendocument",
    media_types.ODP: "opendocument",
    media_types.HTML: "html",
    media_types.TEXT: "plain",
    media_types.RTF: "rtf",
    media_types.DOC: "old_word",
    media_types.PPT: "old_slides",
    media_types.XLSX: "sheets",
    media_types.XLS: "sheets",
    media_types.ODS: "sheets",
    media_types.CSV: "separated",
    media_types.EMAIL: "mail",
    media_types.MSG: "outlook",
    media_types.EPUB: "epub",
    **dict.fromkeys(media_types.IMAGES, "images"),
}

_BY_COMMANDS = {media_types.DOC}


def readable(media_type: str) -> bool:
    """Whether any extractor reads this kind."""
    return media_type in _MODULES


def extractor_name(media_type: str) -> str:
    """Empty where there is none."""
    return _MODULES.get(media_type, "")


@cache
def extractor(media_type: str) -> Extractor:
    """The function that reads this kind, ready to be used; raises UnreadableFile where there is none."""
    if media_type not in _MODULES:
        raise UnreadableFile("unsupported", media_type)
    module = importlib.import_module(f"indexer.extraction.{_MODULES[media_type]}")
    if hasattr(module, "warm"):
        module.warm()
    found: Extractor = module.extract
    return found


def with_commands(task: Task, media_type: str) -> Task:
    """The task with its commands at work, where an extractor reads through commands; raises UnreadableFile."""
    if media_type not in _BY_COMMANDS:
        return task
    module = importlib.import_module(f"indexer.extraction.{_MODULES[media_type]}")
    return replace(task, started=module.started(task))
