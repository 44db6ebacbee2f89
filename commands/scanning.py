"""What an operator is told of the program that reads scanned pages."""

from __future__ import annotations

from indexer import INSTALL_SCANNING
from settings import Settings
from workers.scan_reading import missing_for_scans


def why_not(missing: str) -> str:
    """One sentence for what `missing_for_scans` names."""
    if missing == "off":
        return "KB_OCR_WORKERS is 0"
    what = "tesseract is not installed" if missing == "program" else "tesseract lacks Swedish"
    return f"{what}, run: {INSTALL_SCANNING}"


def tell_of_scans(settings: Settings) -> None:
    """One line where scans are not read though they should be."""
    missing = missing_for_scans(settings)
    if missing and settings.ocr_processes:
        print(f"Scanned pages are not read: {why_not(missing)}", flush=True)
