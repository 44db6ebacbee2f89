"""What the end of a child says of the file that it was given, and the answer of a child that gives only one."""

from __future__ import annotations

import signal
from typing import Any, Final

from indexer.errors import UnreadableFile
from indexer.extraction.fork_owner import OUT_OF_MEMORY, Child
from indexer.extraction.frames import BadFrame

# The kernel's limit of processor time, the child's own alarm, and whoever waited too long for it.
OUT_OF_TIME: Final = (-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL)
# A library that cannot get the memory that it asks for ends the process.
_LACKED_MEMORY: Final = (OUT_OF_MEMORY, -signal.SIGABRT)


def reason_of(status: int | None) -> str:
    if status in OUT_OF_TIME:
        return "too_slow"
    return "too_large" if status in _LACKED_MEMORY else "damaged"


def one_answer(child: Child) -> dict[str, Any]:
    """Raises UnreadableFile where the child says so, says nothing, or says what nobody understands."""
    try:
        for kind, value in child.frames():
            if kind == "answer" and isinstance(value, dict):
                return value
            if kind == "unreadable":
                raise UnreadableFile(str(value[0]), str(value[1]))
            if kind == "error":
                raise UnreadableFile("damaged", str(value), transient=True)
    except TimeoutError as error:
        raise UnreadableFile("too_slow", str(error), transient=True) from error
    except BadFrame as error:
        raise UnreadableFile("damaged", f"the child answered nonsense: {error}", transient=True) from error
    raise UnreadableFile(reason_of(child.status), f"exit status {child.status}", transient=True)
