"""The controlled terms as forms write them: by their Swedish labels, fresh from the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog import terms
from catalog.database import Database


@dataclass(frozen=True, slots=True)
class TermNames:
    """by_kind: labels by key, by kind of term, in the order of the lists."""

    by_kind: Mapping[str, Mapping[str, str]]

    def label(self, kind: str, key: str) -> str:
        return self.by_kind.get(kind, {}).get(key, key)


def term_names(database: Database) -> TermNames:
    with database.reading() as session:
        labels = terms.labels(session)
    return TermNames({kind: {key: term.label for key, term in found.items()} for kind, found in labels.items()})
