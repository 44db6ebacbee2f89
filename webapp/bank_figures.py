"""The bank in figures for the start page, kept in the process for some seconds."""

from __future__ import annotations

from threading import Lock
from time import monotonic
from weakref import WeakKeyDictionary

from catalog import overview
from catalog.database import Database
from catalog.overview import Figures

# Counting looks at every document of the bank, and everybody begins on the start page. What is published or withdrawn
# is counted so much later, by each process on its own; hits and lists are never kept.
FRESH_FOR = 15.0  # seconds

_kept: WeakKeyDictionary[Database, dict[frozenset[str], tuple[float, Figures]]] = WeakKeyDictionary()
_lock = Lock()


def bank_figures(database: Database, audience: frozenset[str]) -> Figures:
    """What whoever belongs to that audience may see, as it was at most FRESH_FOR ago."""
    with _lock:
        kept = _kept.setdefault(database, {})
        since, figures = kept.get(audience, (float("-inf"), None))
    if figures is None or monotonic() - since > FRESH_FOR:
        with database.reading() as session:
            figures = overview.figures(session, audience)
        kept[audience] = monotonic(), figures
    return figures
