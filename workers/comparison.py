"""Where record and index differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog import documents, projects
from workers.bank import Bank

SUBJECTS = ("document", "project")
Versions = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Versions by id, of the record and of the index, for each of SUBJECTS."""

    recorded: Mapping[str, Versions]
    indexed: Mapping[str, Versions]

    def different(self, subject: str) -> dict[int, int]:
        """Ids that only one of them has, or of which they have another version; with the record's version or 0."""
        recorded, indexed = self.recorded[subject], self.indexed[subject]
        either = recorded.keys() | indexed.keys()
        return {one: recorded.get(one, 0) for one in either if recorded.get(one) != indexed.get(one)}

    @property
    def differences(self) -> int:
        return sum(len(self.different(subject)) for subject in SUBJECTS)

    @property
    def entries(self) -> int:
        return sum(map(len, self.indexed.values()))


def recorded_versions(bank: Bank) -> dict[str, Versions]:
    """What belongs in the index: every document that was read, every project."""
    with bank.database.reading() as session:
        return {"document": documents.versions(session), "project": projects.versions(session)}


def compare(bank: Bank) -> Comparison:
    """Reads the record first, so that it may only be older than the index; raises SearchError."""
    recorded = recorded_versions(bank)
    indexed: dict[str, dict[int, int]] = {subject: {} for subject in SUBJECTS}
    for entry_id, subject, version in bank.engine.entries():
        indexed[subject][entry_id] = version
    return Comparison(recorded, indexed)
