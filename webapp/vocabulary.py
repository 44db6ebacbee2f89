"""Labels of all controlled terms, kept in the process so that a page asks the record for none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from threading import Lock
from time import monotonic
from typing import NamedTuple
from weakref import WeakKeyDictionary

from catalog import terms
from catalog.database import Database
from catalog.terms import Term
from indexer import MISSING, as_words, keys_written
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
        _, *following = self.becoming(kind, key)
        if not following:
            return self.label(kind, key)
        return gettext("%(old)s (nu %(new)s)", old=self.label(kind, key), new=self.label(kind, following[0]))

    def named_in(self, text: str, kinds: Iterable[str]) -> Iterator[Named]:
        """The terms whose label or old name stands in the text as whole words, the longest name first."""
        found = []
        for kind in kinds:
            for key, name, match in self._matches(text, kind):
                now = self.now(kind, key)
                old = name if name != self._labels[kind][now].label else ""
                rest = " ".join(f"{text[: match.start()]} {text[match.end() :]}".split())
                found.append((-len(name), Named(kind, now, old, rest)))
        yield from {(one.kind, one.key): one for _, one in sorted(found, reverse=True)}.values()

    def standing_in(self, text: str, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Kind and key of these terms, by the key that each of them has itself."""
        return ((kind, key) for kind in kinds for key, _, _ in self._matches(text, kind))

    def _matches(self, text: str, kind: str) -> Iterator[tuple[str, str, re.Match[str]]]:
        for key, term in self._labels.get(kind, {}).items():
            for name in (term.label, *term.old_names):
                if match := _whole(name).search(text):
                    yield key, name, match

    def called(self, kind: str, written: str) -> Iterator[tuple[int, str]]:
        """Keys of terms that are called so (as `indexer.as_words` writes it), with how: 0 label, 1 old name, 2 key."""
        key_written = keys_written(written.replace(" ", "-"))
        for key, term in self._labels.get(kind, {}).items():
            if written in map(_compared, (term.label, term.label_en)):
                yield 0, key
            elif written in map(_compared, term.old_names):
                yield 1, key
            elif key in key_written:
                yield 2, key

    def keys(self, kind: str) -> Collection[str]:
        """Of all terms of the kind, also those that were merged into another."""
        return self._labels.get(kind, {}).keys()

    def knows(self, kind: str, key: str) -> bool:
        return key in self._labels.get(kind, {})

    def now(self, kind: str, key: str) -> str:
        """The key of what a term was merged into at last; one that the record does not know stays as it is."""
        return self.becoming(kind, key)[-1]

    def becoming(self, kind: str, key: str) -> list[str]:
        """The key, and those of what its term was merged into, one after the other."""
        found, keys = self._labels.get(kind, {}), [key]
        while key in found and (key := found[key].successor_key) in found and key not in keys:
            keys.append(key)
        return keys

    def became(self, kind: str, key: str) -> set[str]:
        """The key, and those of all terms that were merged into its term."""
        merged = (one for one, term in self._labels.get(kind, {}).items() if term.successor_key)
        return {key, *(one for one in merged if key in self.becoming(kind, one))}

    def without(self, terms: Collection[tuple[str, str]]) -> Vocabulary:
        """The same, but for terms that it does not know of, by kind and key."""
        if not terms:
            return self
        kinds = {kind for kind, _ in terms}
        less = {
            kind: {key: term for key, term in self._labels.get(kind, {}).items() if (kind, key) not in terms}
            for kind in kinds
        }
        return Vocabulary({**self._labels, **less}, "en" if self._english else "")


@lru_cache(maxsize=50_000)
def _compared(name: str) -> str:
    return as_words(name)


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
