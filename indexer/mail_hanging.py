"""What hangs on a mail that Outlook saved, taken off it in a limited child: the file is a stranger's."""

from __future__ import annotations

import binascii
import threading
from binascii import a2b_base64
from dataclasses import dataclass, field
from pathlib import Path

from indexer.extraction.fork_owner import ForkServer
from indexer.extraction.frames import BadFrame
from indexer.extraction.limits import MEGABYTE

SECONDS = 30
MEMORY = 1000 * MEGABYTE
MOST_BYTES = 200 * MEGABYTE  # of all that hangs on one mail, which itself has at most 100
AT_ONCE = 2  # children a process; the others wait their turn

_server = ForkServer("hanging")
_turn = threading.BoundedSemaphore(AT_ONCE)


@dataclass(slots=True)
class _Told:
    found: list[tuple[str, bytearray, str]] = field(default_factory=list)
    size: int = 0

    def hear(self, kind: str, value: object) -> None:
        """Raises ValueError where the child answers nonsense or more than MOST_BYTES."""
        if kind == "named":
            self.found.append((str(value), bytearray(), ""))
        elif kind == "unreadable":
            self.found = [("", bytearray(), str(value))]
        elif kind == "refused" and self.found:
            self.found[-1] = (self.found[-1][0], bytearray(), str(value))
        elif kind == "part" and self.found:
            part = a2b_base64(str(value))
            self.size += len(part)
            if self.size > MOST_BYTES:
                raise ValueError(f"more than {MOST_BYTES} bytes")
            self.found[-1][1].extend(part)
        else:
            raise ValueError(f"an unknown frame: {kind}")


def hanging(path: Path) -> list[tuple[str, bytes, str]]:
    """(name, bytes, why it cannot be had) of all that hangs on the mail; a forwarded mail as message/rfc822.

    The name is empty where it is the mail itself that cannot be taken apart: "damaged", or "too_large" of all else.
    """
    told = _Told()
    with _turn, _server.child({"path": str(path)}, SECONDS, SECONDS, MEMORY) as child:
        try:
            for kind, value in child.frames():
                told.hear(kind, value)
        except (TimeoutError, BadFrame, ValueError, binascii.Error):
            return [("", b"", "too_large")]
    if child.status:
        return [("", b"", "too_large")]
    return [(name, bytes(content), refused) for name, content, refused in told.found]
