"""What may be done with documents: one door, so that callers write `documents.register(...)`."""

from __future__ import annotations

from catalog.documents.concluding import conclude
from catalog.documents.dropping import Arrival, Registered, Wish, refuse, register
from catalog.documents.editing import check_still_open, publish, unpublish, update
from catalog.documents.finding import End, by_ids, ends, get, in_project, neighbours, newest, unfinished, visible, whole
from catalog.documents.page_text import AnalysedPage, analysed, analysed_of, page_counts, pages, tokens
from catalog.documents.reading import progress, reading_started, store_reading
from catalog.documents.reading_end import fail, give_up
from catalog.documents.reading_values import Conclusion, FileToRead, PageText, Reading
from catalog.documents.removing import clear_removed_bytes, missing_originals, remove
from catalog.documents.retrying import mend, retry, retry_all_failed
from catalog.documents.versioning import bump, mark_indexed, versions

__all__ = [
    "AnalysedPage",
    "Arrival",
    "Conclusion",
    "End",
    "FileToRead",
    "PageText",
    "Reading",
    "Registered",
    "Wish",
    "analysed",
    "analysed_of",
    "bump",
    "by_ids",
    "check_still_open",
    "clear_removed_bytes",
    "conclude",
    "ends",
    "fail",
    "get",
    "give_up",
    "in_project",
    "mark_indexed",
    "mend",
    "missing_originals",
    "neighbours",
    "newest",
    "page_counts",
    "pages",
    "progress",
    "publish",
    "reading_started",
    "refuse",
    "register",
    "remove",
    "retry",
    "retry_all_failed",
    "store_reading",
    "tokens",
    "unfinished",
    "unpublish",
    "update",
    "versions",
    "visible",
    "whole",
]
