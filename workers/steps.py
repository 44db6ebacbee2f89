"""The acts of the workers as plain functions, no Celery in sight."""

from __future__ import annotations

from workers.index_step import index_next, index_waiting
from workers.ocr_step import scan_next, scan_waiting
from workers.read_step import read_next, read_waiting

__all__ = ["index_next", "index_waiting", "read_next", "read_waiting", "scan_next", "scan_waiting"]
