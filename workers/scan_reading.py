"""Whether the bank reads scanned pages: its workers, its pages and its commands all ask here."""

from __future__ import annotations

from indexer import scan_program
from settings import Settings


def missing_for_scans(settings: Settings) -> str:
    """What is missing: "program", its "language", or "off" where a setting says that nobody reads; "" for nothing."""
    return scan_program().missing or ("" if settings.ocr_processes else "off")


def reads_scans(settings: Settings) -> bool:
    return not missing_for_scans(settings)
