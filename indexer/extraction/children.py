"""A file and the children that read it, one after the other."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from indexer.errors import REASONS, UnreadableFile
from indexer.extraction import assembly, headroom
from indexer.extraction.child_end import reason_of
from indexer.extraction.fork_owner import Child, ForkServer
from indexer.extraction.frames import BadFrame
from indexer.extraction.limits import Limits
from indexer.extraction.result import Extraction
from indexer.extraction.story import Progress, Story

_CHILDREN = 60  # a file; 5,000 pages take 25, and each death costs one
_MAY_LACK_MEMORY = ("damaged", "too_large")  # libraries that get no memory say many things


class Children:
    """Those of one file. They get little memory; when one fails, its pages are read once more by children with much.

    Of those with much a machine has one at a time, where `turnstile` names the file that they take turns at.
    """

    def __init__(
        self,
        server: ForkServer,
        path: Path,
        media_type: str,
        on_progress: Progress,
        *,
        limits: Limits,
        turnstile: Path | None,
    ) -> None:
        self._server, self._limits, self._turnstile = server, limits, turnstile
        self._path, self._media_type = path, media_type
        self._story = Story(limits, on_progress)
        self._open = ExitStack()
        self._has_headroom = False

    def read(self) -> Extraction:
        """What all of them tell, put together; raises UnreadableFile, and whatever `on_progress` raises."""
        with self._open:
            self._hear_all()
        return assembly.extraction(self._media_type, self._story)

    def _hear_all(self) -> None:
        for number in range(_CHILDREN):
            if number:
                self._story.tell()  # a sign of life between two children
            self._hear(self._started())
            if self._story.ended:
                return
        self._story.cut.append("time")

    def _started(self) -> Child:
        if self._has_headroom:
            self._open.enter_context(headroom.taken(self._turnstile, self._story.tell))
        limits = self._limits if self._has_headroom else replace(self._limits, memory=self._limits.ordinary)
        request = {
            "path": str(self._path.resolve()),
            "media_type": self._media_type,
            "limits": asdict(limits),
            "first": self._story.next_page,
            "fast": self._story.fast,
            "careful": self._story.careful,
        }
        return self._open.enter_context(self._server.child(request, limits.seconds, limits.wall, limits.memory))

    def _hear(self, child: Child) -> None:
        with self._open:
            try:
                for kind, value in child.frames():
                    if kind == "unreadable" and self._needs_headroom(value[0]):
                        return
                    _tell(self._story, kind, value)
                    if self._story.ended:
                        return
            except TimeoutError:
                child.status = -signal.SIGALRM
            except (BadFrame, LookupError, TypeError, ValueError) as error:
                raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error
        reason = reason_of(child.status)
        if not (self._story.child_did_its_share or self._needs_headroom(reason)):
            self._story.child_died(reason, f"exit status {child.status}, {self._story.error}")

    def _needs_headroom(self, reason: str) -> bool:
        """Whether the child's pages are read once more, with more memory."""
        if self._has_headroom or reason not in _MAY_LACK_MEMORY:
            return False
        self._has_headroom = True
        self._story.forget_child()
        return True


def _tell(story: Story, kind: str, value: Any) -> None:
    if kind == "unreadable":
        reason, detail = value
        story.unreadable(reason if reason in REASONS else "damaged", str(detail))
    elif kind in {"about", "page", "cut", "go_on", "error", "end"}:
        getattr(story, f"hear_{kind}")(value)
    else:
        raise BadFrame(kind)
