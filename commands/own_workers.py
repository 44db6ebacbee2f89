"""Workers for the time of one command, where no `serve` runs that would do the work."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from commands.supervisor import fork
from settings import Settings


class OwnWorkers:
    """Reading, indexing and scanning children of this process."""

    def __init__(self, settings: Settings) -> None:
        from workers.working import work  # Celery's worker takes a while to load, and is seldom needed here

        kinds = [["read"]] * int(settings.workers) + [["index"]] + [["ocr"]] * settings.ocr_processes
        self._lives = {fork(run): run for run in (partial(work, settings, kind) for kind in kinds)}

    def revive(self) -> None:
        """Starts those again that died; call it now and then."""
        for process in list(self._lives):
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(process, os.WNOHANG)[0]:
                    run = self._lives.pop(process)
                    self._lives[fork(run)] = run

    def end(self) -> None:
        for process in self._lives:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        for process in self._lives:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, 0)


@contextmanager
def own_workers(settings: Settings) -> Iterator[Callable[[], None]]:
    """Starts workers, unless a `serve` holds the data folder; they end with the block. Yields what revives the dead.

    Open nothing of the bank before: it forks. Workers of other machines may run besides: rows are claimed one by one,
    and the index has its lock.
    """
    if is_served(settings.data_folder):
        yield lambda: None
        return
    workers = OwnWorkers(settings)
    try:
        yield workers.revive
    finally:
        workers.end()


def is_served(data_folder: Path) -> bool:
    """Whether a `serve` holds the lock of `only_one`."""
    path = data_folder / "serve.lock"
    if not path.exists():
        return False
    with path.open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
