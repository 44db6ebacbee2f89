"""How the reading of scanned pages stands, for those who look after the bank."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.scans import Standing
from indexer import INSTALL_SCANNING, scan_program
from settings import Settings
from workers.scan_reading import missing_for_scans


@dataclass(frozen=True, slots=True)
class ScansPage:
    """missing: "" where scans are read, else "program", "language", or "off" where a setting says so."""

    missing: str
    version: str
    install: str
    standing: Standing

    @property
    def can_wake(self) -> bool:
        """Whether a click would bring about any reading."""
        return not self.missing and bool(self.standing.off or self.standing.documents)


def scans_page(settings: Settings, standing: Standing) -> ScansPage:
    return ScansPage(missing_for_scans(settings), scan_program().version, INSTALL_SCANNING, standing)
