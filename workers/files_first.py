"""Scanned pages wait while dropped files do: a page from its picture takes as long as twenty files."""

from __future__ import annotations

import time

from catalog import jobs
from catalog.database import Database
from catalog.documents.scan_promises import PRIORITY

LONGEST_SECONDS = 180.0  # then pages are read beside the files: a stream of these may have no end
LOOK_SECONDS = 0.5


class FilesFirst:
    """What one scanning worker remembers of its waiting."""

    def __init__(self) -> None:
        self._since: float | None = None

    def holds_back(self, database: Database) -> bool:
        """Whether a page waits, and a file too that waits or is being read. What is only read again counts for none."""
        with database.reading() as session:
            files = jobs.is_owed(session, "ocr") and jobs.is_owed(session, "read", before=PRIORITY)
        if not files:
            self._since = None
            return False
        if self._since is None:
            self._since = time.monotonic()
        return time.monotonic() - self._since < LONGEST_SECONDS

    def wait(self, database: Database) -> bool:
        """Waits a moment and tells so, where it should."""
        if not self.holds_back(database):
            return False
        time.sleep(LOOK_SECONDS)
        return True
