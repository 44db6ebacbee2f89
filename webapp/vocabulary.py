"""Labels of all controlled terms, kept in the process so that a page asks the record for none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import NamedTuple
from weakref import WeakKeyDictionary

from catalog import terms
from catalog.database import Database
from catalog.terms import Term
from indexer import MISSING
from webapp.languages import language
from webapp.texts import gettext

FRESH_FOR = 5.0  # seconds; a renamed label may be seen that much later, by each process on its own

Labels = Mapping[str, Mapping[str, Term]]
_kept: WeakKeyDictionary[Database, tuple[float, Labels]] = WeakKeyDictionary()
_lock = Lock()


class Named(NamedTuple):
    """A term that a text names: key is what it is called now, old_name the name in the text where that is another.

    rest: the text without the name.
    """

    kind: str
    key: str
    old_name: str
    rest: str


class Vocabulary:
    """Labels in one language; a key that the record does not know is shown as it stands, MISSING in words."""

    def __init__(self, labels: Labels, wanted: str) -> None:
        self._labels, self._english = labels, wanted == "en"

    def label(self, kind: str, key: str) -> str:
        if key == MISSING:
            return gettext("uppgift saknas")
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

    def named_in(self, text: str, kinds: Iterable[str]) -> Iterator[Named]:
        """The terms whose label or old name stands in the text as whole words, the longest name first."""
        found = []
        for kind in kinds:
            for key, term in self._labels.get(kind, {}).items():
                for name in (term.label, *term.old_names):
                    if match := _whole(name).search(text):
                        now = self.now(kind, key)
                        old = name if name != self._labels[kind][now].label else ""
                        rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
                        found.append((-len(name), Named(kind, now, old, rest)))
        yield from {(one.kind, one.key): one for _, one in sorted(found, reverse=True)}.values()

    def now(self, kind: str, key: str) -> str:
        """The key of what a term was merged into at last; one that the record does not know stays as it is."""
        found, seen = self._labels.get(kind, {}), {key}
        while key in found and (following := found[key].successor_key) and following not in seen:
            seen.add(following)
            key = following
        return key


@lru_cache(maxsize=10_000)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def vocabulary(database: Database) -> Vocabulary:
    """The labels in the language of the request."""
    with _lock:
        since, labels = _kept.get(database, (float("-inf"), {}))
        if monotonic() - since > FRESH_FOR:
            with database.reading() as session:
                labels = terms.labels(session)
            _kept[database] = (monotonic(), labels)
    return Vocabulary(labels, language())
