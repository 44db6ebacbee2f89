"""The progress bars of long commands: on standard error, and only where a person looks; reports and logs stay clean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

Count = Callable[[str, int, int], None]


@contextmanager
def bars() -> Iterator[Count]:
    """A bar for each name, which is told how far it has come: count("read", 3, 113)."""
    if not sys.stderr.isatty():
        yield _unseen
        return
    tasks: dict[str, TaskID] = {}
    with progress_bar() as progress:

        def count(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done)

        yield count


def progress_bar(*more: ProgressColumn) -> Progress:
    """Rich's own, for a command that tells more than a number: `more` stands at its end."""
    from rich.console import Console  # takes a while to load, and most commands run where nobody looks
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), *more)
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=not console.is_terminal)


def _unseen(_name: str, _done: int, _total: int) -> None:
    """Nobody looks."""
