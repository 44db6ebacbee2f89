"""Nudges of the embedded layout: an empty file each, named by its kind of work. Nothing is loaded to leave one."""

from __future__ import annotations

from pathlib import Path


def leave(folder: Path, kind: str) -> None:
    """A nudge over a nudge is the same nudge."""
    folder.mkdir(parents=True, exist_ok=True)
    _file(folder, kind).touch()


def take(folder: Path, kind: str) -> bool:
    """Whoever takes the name away has the nudge."""
    try:
        _file(folder, kind).unlink()
    except FileNotFoundError:
        return False
    return True


def is_left(folder: Path, kind: str) -> bool:
    return _file(folder, kind).exists()


def _file(folder: Path, kind: str) -> Path:
    return folder / f"nudge.{kind}.msg"
