"""More memory for the few files that need it, in turn: together they cannot fill a machine."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

_LOOK_SECONDS = 0.2


def taken(turnstile: Path | None, sign_of_life: Callable[[], None]) -> AbstractContextManager[None]:
    """Waits until no other process holds the file `turnstile`, and holds it; without one nobody is waited for.

    `sign_of_life` is called while it waits. The system lets go of it when the holder dies.
    """
    return nullcontext() if turnstile is None else _held(turnstile, sign_of_life)


@contextmanager
def _held(turnstile: Path, sign_of_life: Callable[[], None]) -> Iterator[None]:
    with turnstile.open("ab") as file:
        while not _locked(file):
            sign_of_life()
            time.sleep(_LOOK_SECONDS)
        yield


def _locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
