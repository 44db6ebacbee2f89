"""The progress bar of long commands."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn


def progress_bar(*more: ProgressColumn) -> Progress:
    """On standard error, and only where a person looks: reports and logs stay clean. `more` stands at its end."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), *more)
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=not console.is_terminal)
