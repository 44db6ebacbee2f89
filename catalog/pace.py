"""How fast files were read of late, for the time left on the queue page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Document, Scan

LATEST = 40  # files that the pace is taken from
LATEST_SCANS, FEWEST_SCANS = 20, 2  # that tell how fast scanned pages come
LEAST_SECONDS = 0.01  # a file of one page is read within the clock's grain


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds a page and a file take, 0.0 while nothing has been read; `side_by_side` files are read at once."""

    seconds_per_page: float = 0.0
    seconds_per_file: float = 0.0
    side_by_side: int = 1

    def of_files(self, files: int) -> float | None:
        """Until the last of so many files is read; None while unknown."""
        return files * self.seconds_per_file / self.side_by_side if self.seconds_per_file else None

    def of_pages(self, pages: int, read: int, elapsed: float) -> float | None:
        """Until so many pages are read, by this file's own pace once it has one; None while unknown."""
        own = elapsed / read if read and elapsed > 0 else self.seconds_per_page
        return max(pages, 0) * own if own and pages + read > 0 else None


def recent(session: Session) -> Pace:
    """The pace of the latest files that were read from start to end."""
    asked = (
        select(Document.page_count, Document.reading_started_at, Document.read_at)
        .where(Document.read_at.is_not(None), Document.reading_started_at.is_not(None))
        .order_by(Document.read_at.desc())
        .limit(LATEST)
    )
    rows = [row for row in session.execute(asked) if row.read_at >= row.reading_started_at]
    if not rows:
        return Pace()
    taken = [max((row.read_at - row.reading_started_at).total_seconds(), LEAST_SECONDS) for row in rows]
    pages = sum(max(row.page_count, 1) for row in rows)
    span = max((rows[0].read_at - min(row.reading_started_at for row in rows)).total_seconds(), LEAST_SECONDS)
    # As many files are open at once as their times together fill the time between first and last.
    return Pace(sum(taken) / pages, sum(taken) / len(rows), max(1, round(sum(taken) / span)))


def seconds_a_scan(session: Session) -> float | None:
    """From one scanned page to the next, as the latest ones came; None while too few have been read."""
    asked = select(Scan.read_at).where(Scan.state == "read", Scan.read_at.is_not(None))
    moments = list(session.scalars(asked.order_by(Scan.read_at.desc()).limit(LATEST_SCANS)))
    gaps = sorted((later - earlier).total_seconds() for later, earlier in pairwise(moments))  # type: ignore[operator]
    return gaps[len(gaps) // 2] if len(gaps) >= FEWEST_SCANS else None  # the middle one: nights lie between some


def of_all(session: Session, files: int, scanned: int) -> float:
    """Seconds until so many files and scanned pages are read; 0 while the pace of either is unknown."""
    of_files = recent(session).of_files(files) if files else 0.0
    of_scan = seconds_a_scan(session) if scanned else 0.0
    return 0.0 if of_files is None or of_scan is None else of_files + of_scan * scanned
