"""Reader: every file is read in a child process with limits, and its end becomes a value or a reason."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexer.errors import REASONS, UnreadableFile
from indexer.extraction import assembly, registry
from indexer.extraction.fork_owner import OUT_OF_MEMORY, ForkServer
from indexer.extraction.frames import BadFrame
from indexer.extraction.limits import Limits
from indexer.extraction.media_types import ENCRYPTED_OFFICE
from indexer.extraction.result import Extraction
from indexer.extraction.story import Story

Progress = Callable[[int, int], None]
_CHILDREN = 60  # a file; 5,000 pages take 25, and each death costs one
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)


def _no_progress(read: int, count: int) -> None:
    """Nobody wants to know."""


class Reader:
    """Reads files. Owns the fork server, which starts at the first file and ends with the reader or its process."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._server = ForkServer("reading")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._server.close()

    def read(self, path: Path | str, media_type: str, on_progress: Progress = _no_progress) -> Extraction:
        """The text of a file, by page; raises UnreadableFile. `on_progress` is told (pages read, pages there are)."""
        path = Path(path)
        if not path.stat().st_size:
            raise UnreadableFile("damaged", "the file is empty")
        if not registry.readable(media_type):
            raise UnreadableFile(_reason_of_unread(media_type), media_type)
        story = Story(self._limits, on_progress)
        for _ in range(_CHILDREN):
            self._one_child(path, media_type, story)
            if story.ended:
                break
            story.tell()  # a sign of life between two children
        else:
            story.cut.append("time")
        return assembly.extraction(media_type, story)

    def _one_child(self, path: Path, media_type: str, story: Story) -> None:
        request = {
            "path": str(path.resolve()),
            "media_type": media_type,
            "limits": asdict(self._limits),
            "first": story.next_page,
            "fast": story.fast,
            "careful": story.careful,
        }
        limits = self._limits
        with self._server.child(request, limits.seconds, limits.wall, limits.memory) as child:
            try:
                for kind, value in child.frames():
                    _hear(story, kind, value)
                    if story.ended:
                        return
            except TimeoutError:
                child.status = -signal.SIGALRM
            except (BadFrame, LookupError, TypeError, ValueError) as error:
                raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error
        story.child_ended(_reason(child.status), f"exit status {child.status}, {story.error}")


def _hear(story: Story, kind: str, value: Any) -> None:
    if kind == "unreadable":
        reason, detail = value
        story.unreadable(reason if reason in REASONS else "damaged", str(detail))
    elif kind in {"about", "page", "cut", "go_on", "error", "end"}:
        getattr(story, f"hear_{kind}")(value)
    else:
        raise BadFrame(kind)


def _reason(status: int | None) -> str:
    if status in _OUT_OF_TIME:
        return "too_slow"
    return "too_large" if status == OUT_OF_MEMORY else "damaged"


def _reason_of_unread(media_type: str) -> str:
    if media_type == ENCRYPTED_OFFICE:
        return "encrypted"
    return "needs_ocr" if media_type.startswith("image/") else "unsupported"
