"""Labels of all controlled terms, kept in the process so that a page asks the record for none."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from time import monotonic
from weakref import WeakKeyDictionary

from catalog import terms
from catalog.database import Database
from catalog.terms import Term
from webapp.languages import language
from webapp.texts import gettext

FRESH_FOR = 5.0  # seconds; a renamed label may be seen that much later, by each process on its own

Labels = Mapping[str, Mapping[str, Term]]
_kept: WeakKeyDictionary[Database, tuple[float, Labels]] = WeakKeyDictionary()
_lock = Lock()


class Vocabulary:
    """Labels in one language; a key that the record does not know is shown as it stands."""

    def __init__(self, labels: Labels, wanted: str) -> None:
        self._labels, self._english = labels, wanted == "en"

    def label(self, kind: str, key: str) -> str:
        term = self._labels.get(kind, {}).get(key)
        if term is None:
            return key
        return term.label_en if self._english and term.label_en else term.label

    def named(self, kind: str) -> Mapping[str, str]:
        """The labels of the terms that are in use, by key; what was merged into another stands under that one."""
        found = self._labels.get(kind, {})
        return {key: self.label(kind, key) for key, term in found.items() if not term.successor_key}

    def with_successor(self, kind: str, key: str) -> str:
        """The label, with the name of what the term was merged into."""
        term = self._labels.get(kind, {}).get(key)
        if term is None or not term.successor_key:
            return self.label(kind, key)
        return gettext("%(old)s (nu %(new)s)", old=self.label(kind, key), new=self.label(kind, term.successor_key))


def vocabulary(database: Database) -> Vocabulary:
    """The labels in the language of the request."""
    with _lock:
        since, labels = _kept.get(database, (float("-inf"), {}))
        if monotonic() - since > FRESH_FOR:
            with database.reading() as session:
                labels = terms.labels(session)
            _kept[database] = (monotonic(), labels)
    return Vocabulary(labels, language())
