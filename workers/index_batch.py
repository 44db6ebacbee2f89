"""What one commit of the index holds, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.jobs import Claimed
from catalog.renewed_tokens import RenewedTokens
from indexer import EntryRefused, IndexEntry
from workers.comparison import SUBJECTS
from workers.word_counting import BatchWords

MOST_CHARACTERS = 20_000_000  # of page tokens in one batch


@dataclass(slots=True)
class Batch:
    """What one commit to one generation holds. `gone` are ids that search must forget; `postponed` did not fit.

    `known` are ids that the live generation has held before.
    """

    written: list[Claimed] = field(default_factory=list)
    versions: dict[str, dict[int, int]] = field(default_factory=lambda: {subject: {} for subject in SUBJECTS})
    gone: list[Claimed] = field(default_factory=list)
    failed: list[tuple[Claimed, Exception]] = field(default_factory=list)
    postponed: list[Claimed] = field(default_factory=list)
    renewed: list[RenewedTokens] = field(default_factory=list)
    words: BatchWords = field(default_factory=BatchWords)
    known: set[int] = field(default_factory=set)
    characters: int = 0

    def note(self, claimed: Claimed, entry: IndexEntry) -> None:
        self.written.append(claimed)
        self.versions[entry.kind][entry.id] = entry.version
        self.words.note(entry, is_new=bool(claimed.generation) or entry.id not in self.known)
        self.characters += sum(len(page.tokens.exact) for page in entry.pages)

    @property
    def is_full(self) -> bool:
        return self.characters >= MOST_CHARACTERS

    def refuse(self, refused: Mapping[int, str]) -> None:
        """What the index did not take has failed; all else of the batch is in."""
        for claimed in (*self.written, *self.gone):
            if claimed.subject_id in refused:
                self.failed.append((claimed, EntryRefused(refused[claimed.subject_id])))
        self.written = [claimed for claimed in self.written if claimed.subject_id not in refused]
        self.gone = [claimed for claimed in self.gone if claimed.subject_id not in refused]
        for versions in self.versions.values():
            for subject_id in refused:
                versions.pop(subject_id, None)
