"""Brings the whole index into being again from the record."""

from __future__ import annotations

import shutil

from indexer import SearchError
from workers.bank import Bank
from workers.comparison import SUBJECTS, Comparison, compare
from workers.promises import promise_entries

PRIORITY = 8  # after everything that people wait for


def promise_rebuild(bank: Bank, *, empty: bool = False) -> int:
    """Promises every entry anew and tells how many; what cannot be opened, or is to be `empty`, is cleared first.

    An index that can be opened goes on answering while its entries are replaced one batch after the other.
    """
    indexed = None if empty else _opened(bank)
    if indexed is None:
        clear_index(bank)
        indexed = compare(bank)
    promised = 0
    for subject in SUBJECTS:
        gone = dict.fromkeys(indexed.indexed[subject], 0)
        promised += promise_entries(bank, subject, gone | dict(indexed.recorded[subject]), PRIORITY)
    return promised


def clear_index(bank: Bank) -> None:
    """Takes the index's files away; the next one who opens it makes an empty one. Other processes open it anew."""
    if engine := bank.__dict__.pop("engine", None):
        engine.close()
    shutil.rmtree(bank.settings.index_folder, ignore_errors=True)


def _opened(bank: Bank) -> Comparison | None:
    try:
        return compare(bank)
    except SearchError:
        return None
