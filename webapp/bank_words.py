"""The bank's words in the memory of this process, and the editors' lists; both a little late."""

from __future__ import annotations

import logging
from threading import Lock
from time import monotonic
from weakref import WeakKeyDictionary

from flask import Flask, request

from catalog import word_changes
from catalog.database import Database
from catalog.unavailable import PASSING
from indexer import Vocabulary
from webapp.bank import bank
from workers.bank_vocabulary import read_vocabulary
from workers.editors_words import EditorsWords

log = logging.getLogger(__name__)

ANALYSING = frozenset(
    {
        "search",
        "api",
        "completion",
        "explore",
        "export",
        "start",
        "documents",
        "why",
        "caretaking",
        "administration",
        "word_lists",
    }
)
FRESH_FOR = 5.0  # seconds until the editors' lists are looked at again
WORDS_FRESH_FOR = 30.0  # during an import they change every second, and reading them takes a tenth of one


class _Kept:
    """What was read of one record, when, and how often it had changed then."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.vocabulary = Vocabulary({}, {}, {})
        self.times = -1
        self.until = float("-inf")
        self.editors = EditorsWords()
        self.editors_until = float("-inf")


_all: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()
_lock = Lock()


def bank_vocabulary(database: Database) -> Vocabulary:
    """The bank's words of at most WORDS_FRESH_FOR ago; one request reads them, others go on with the old ones."""
    kept = _kept(database)
    if monotonic() > kept.until and kept.lock.acquire(blocking=kept.times < 0):
        try:
            _read(database, kept)
        finally:
            kept.lock.release()
    return kept.vocabulary


def follow_editors(app: Flask) -> None:
    """Each request works with the editors' words of at most FRESH_FOR ago."""

    @app.before_request
    def look() -> None:
        if request.blueprint in ANALYSING:
            look_at_editors_words(bank().database)


def look_at_editors_words(database: Database, *, now: bool = False) -> None:
    """`now`: whoever has just changed them sees it at once."""
    kept = _kept(database)
    if not now and monotonic() <= kept.editors_until:
        return
    kept.editors_until = monotonic() + FRESH_FOR
    try:
        kept.editors.take_in(database)
    except PASSING as error:
        log.warning("The editors' words are those of before: %s", type(error).__name__)


def _kept(database: Database) -> _Kept:
    with _lock:
        return _all.setdefault(database, _Kept())


def _read(database: Database, kept: _Kept) -> None:
    if monotonic() <= kept.until:  # somebody else has just read them
        return
    with database.reading() as session:
        times = word_changes.times(session, word_changes.BANK)
        found = read_vocabulary(session) if times != kept.times else None
    if found is not None:
        kept.vocabulary, kept.times = found, times
    kept.until = monotonic() + WORDS_FRESH_FOR
