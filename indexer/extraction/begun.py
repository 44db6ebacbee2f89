"""A file that children are reading: begun at once and listened to later, so that both sides work meanwhile."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

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


class BegunReading:
    """Its first child is at work from the start. `listen` to the end, then take the `extraction`; close it always.

    Nobody need listen at once: a child writes ahead as far as the pipe holds, and its limits of time bind it meanwhile.
    Children get little memory; when one fails, its pages are read once more by children with much, each in its turn.
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
        self._child = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends a child that is still at work; safe to repeat."""
        self._open.close()

    def listen(self) -> None:
        """Hears all children of the file to the end; raises UnreadableFile, and whatever `on_progress` raises."""
        for number in range(_CHILDREN):
            if number:
                self._story.tell()  # a sign of life between two children
                self._child = self._started()
            self._hear(self._child)
            if self._story.ended:
                return
        self._story.cut.append("time")

    def extraction(self) -> Extraction:
        """What the children have told, put together; raises UnreadableFile where there is no text."""
        return assembly.extraction(self._media_type, self._story)

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
