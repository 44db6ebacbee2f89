"""From dropped bytes to rows, the same road for pages and commands, for members of a zip file and for attachments.

drop → limits and type sniffed → original kept → `Document` and `Job` in one transaction, of one file or of several.
The caller nudges afterwards.
"""

from __future__ import annotations

from catalog.documents import Wish
from catalog.dropping.desk import Desk, TakenIn, shown_name
from catalog.dropping.folder_project import project_of_folder
from catalog.dropping.from_mail import DEEPEST_MAIL
from catalog.dropping.registering import Dropped, drop, register
from catalog.dropping.taking_in import take_in

__all__ = [
    "DEEPEST_MAIL",
    "Desk",
    "Dropped",
    "TakenIn",
    "Wish",
    "drop",
    "project_of_folder",
    "register",
    "shown_name",
    "take_in",
]
