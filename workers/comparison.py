"""Where record and index differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog import documents, projects
from workers.bank import Bank

SUBJECTS = ("document", "project")
Numbers = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Versions by id, of the record and of the index, for each of SUBJECTS; and pages by document."""

    recorded: Mapping[str, Numbers]
    indexed: Mapping[str, Numbers]
    recorded_pages: Numbers
    indexed_pages: Numbers

    def different(self, subject: str) -> dict[int, int]:
        """Ids that only one of them has, or of which they have another version; with the record's version or 0.

        And documents of which one of them has more pages.
        """
        recorded, indexed = self.recorded[subject], self.indexed[subject]
        ids = _where_different(recorded, indexed)
        if subject == "document":
            ids |= {one for one in _where_different(self.recorded_pages, self.indexed_pages) if self._belongs(one)}
        return {one: recorded.get(one, 0) for one in ids}

    def _belongs(self, document: int) -> bool:
        return document in self.recorded["document"] or document in self.indexed_pages

    @property
    def differences(self) -> int:
        return sum(len(self.different(subject)) for subject in SUBJECTS)

    @property
    def entries(self) -> int:
        return sum(map(len, self.indexed.values()))

    @property
    def pages(self) -> int:
        return sum(self.indexed_pages.values())


def compare(bank: Bank, generation: str = "") -> Comparison:
    """Reads the record first, so that it may only be older than the index; raises SearchError.

    The record's part is what belongs in the index: every document that was read, every project. The index's part is
    that of the live generation, or of the named one.
    """
    with bank.database.reading() as session:
        recorded = {"document": documents.versions(session), "project": projects.versions(session)}
        recorded_pages = documents.page_counts(session)
    indexed: dict[str, dict[int, int]] = {subject: {} for subject in SUBJECTS}
    engine = bank.engine_of(generation)
    for entry_id, subject, version in engine.entries():
        indexed[subject][entry_id] = version
    return Comparison(recorded, indexed, recorded_pages, engine.page_counts())


def _where_different(these: Numbers, those: Numbers) -> set[int]:
    return {one for one in these.keys() | those.keys() if these.get(one) != those.get(one)}
