"""What an operator is told of the program that reads scanned pages."""

from __future__ import annotations

from indexer import INSTALL_SCANNING, scan_program
from settings import Settings


def why_not(missing: str) -> str:
    """One sentence for what `scan_program` misses ("program", "language"), or for "off"."""
    if missing == "off":
        return "KB_OCR_WORKERS is 0"
    what = "tesseract is not installed" if missing == "program" else "tesseract lacks Swedish"
    return f"{what}, run: {INSTALL_SCANNING}"


def tell_of_scans(settings: Settings) -> None:
    """One line where scans are not read though they should be."""
    if settings.ocr_processes and (missing := scan_program().missing):
        print(f"Scanned pages are not read: {why_not(missing)}", flush=True)
