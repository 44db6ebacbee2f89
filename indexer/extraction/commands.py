"""Other programs, started under a reading child's own limits: no network, no file written, the same time and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import UnreadableFile
from indexer.extraction import isolation
from indexer.extraction.limits import Limits, confine

_CHUNK = 1 << 16
# Nothing of the bank's own environment, where its passwords may stand.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Started:
    """A program that is at work. A child must start it before it forbids itself programs, and hears it afterwards."""

    name: str
    process: subprocess.Popen[bytes]

    def told(self, most: int) -> bytes:
        """All that it writes; raises UnreadableFile where it ends with an error, dies, or writes more than `most`."""
        assert self.process.stdout is not None
        parts, size = [], 0
        while part := os.read(self.process.stdout.fileno(), _CHUNK):
            size += len(part)
            if size > most:
                raise UnreadableFile("too_large", f"{self.name} tells more than {most} bytes")
            parts.append(part)
        if status := self.process.wait():
            raise UnreadableFile("damaged", f"{self.name} ended with {status}")
        return b"".join(parts)


def start(command: Sequence[str], limits: Limits) -> Started:
    """Runs the program beside this process, which must have one thread only; raises UnreadableFile where it cannot."""
    program = shutil.which(command[0], path=_ENVIRONMENT["PATH"])
    if program is None:
        raise UnreadableFile("unsupported", f"{command[0]} is not installed")

    def bind() -> None:
        confine(limits.seconds, limits.wall, limits.memory)
        isolation.forbid_network()

    process = subprocess.Popen(  # noqa: S603  names of our own, with a path that is no option
        [program, *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        preexec_fn=bind,  # noqa: PLW1509  a reading child has one thread
    )
    return Started(command[0], process)


def is_installed(name: str) -> bool:
    return shutil.which(name, path=_ENVIRONMENT["PATH"]) is not None
