"""What files are called and how large they are, in the words that people use."""

from __future__ import annotations

from pathlib import PurePosixPath

from webapp.figures import HARD_BLANK, file_format
from webapp.languages import language
from webapp.texts import gettext as _

KILO, MEGA = 1_000, 1_000_000
LONGEST_ENDING = 5


def file_kind(media_type: str, file_name: str = "") -> str:
    """PDF, Word …; for what the bank does not know, the ending of the name."""
    if known := file_format(media_type):
        return known
    ending = PurePosixPath(file_name).suffix.removeprefix(".")
    return ending if ending.isalnum() and len(ending) <= LONGEST_ENDING else ""


def file_size(size: int) -> str:
    """2,4 MB, 212 kB; empty where nothing is known."""
    if size <= 0:
        return ""
    if size < KILO:
        return _("%(count)s byte", count=size)
    if size < MEGA:
        return f"{round(size / KILO)}{HARD_BLANK}kB"
    written = f"{size / MEGA:.1f}".removesuffix(".0")
    return f"{written if language() == 'en' else written.replace('.', ',')}{HARD_BLANK}MB"
