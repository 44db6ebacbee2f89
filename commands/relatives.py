"""The living processes of a data folder's `serve`, by what its lock file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psutil


def processes_of(data_folder: Path) -> list[dict[str, Any]]:
    """The supervisor and its descendants: number, name of the part where it is known, and memory in MB (PSS)."""
    try:
        supervisor = psutil.Process(int((data_folder / "serve.lock").read_text()))
        family = [supervisor, *supervisor.children(recursive=True)]
    except (OSError, ValueError, psutil.NoSuchProcess):
        return []
    return [told for process in family if (told := _told(process))]


def _told(process: psutil.Process) -> dict[str, Any] | None:
    try:
        memory = process.memory_full_info()
        proportional = getattr(memory, "pss", memory.rss)  # macOS knows no PSS
        return {"process": process.pid, "command": _command(process), "megabytes": round(proportional / 1e6, 1)}
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return None


def _command(process: psutil.Process) -> str:
    return " ".join(Path(part).name for part in process.cmdline()[:4])
