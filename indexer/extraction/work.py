"""What a reading child does: one file, or the next pages of a long one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from indexer.errors import UnreadableFile
from indexer.extraction import registry
from indexer.extraction.frames import Frames, write_frame
from indexer.extraction.limits import Limits
from indexer.extraction.media_types import PDF


def warm() -> None:
    """Loads what most files need; the rest comes with the first file that needs it."""
    registry.extractor(PDF)


def expect(request: dict[str, Any]) -> tuple[str, registry.Task]:
    """The kind of file and the task; what its extractor needs is loaded here, where all later children share it."""
    if registry.readable(request["media_type"]):
        registry.extractor(request["media_type"])
    task = registry.Task(
        path=Path(request["path"]),
        limits=Limits(**request["limits"]),
        first=request["first"],
        fast=request["fast"],
        careful=request["careful"],
    )
    return request["media_type"], task


def prepare(expected: tuple[str, registry.Task]) -> tuple[str, registry.Task]:
    """Commands that the task needs are started, as the child can start none later."""
    media_type, task = expected
    return media_type, registry.with_commands(task, media_type)


def work(prepared: tuple[str, registry.Task], results: int) -> None:
    """Answers a request of `child.Reader` in frames."""
    media_type, task = prepared
    try:
        registry.extractor(media_type)(task, Frames(results))
    except UnreadableFile as error:
        write_frame(results, "unreadable", [error.reason, error.detail[:500]])
        return
    write_frame(results, "end", None)
