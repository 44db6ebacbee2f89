"""What can go wrong with the record.

CatalogError
├── NotThere                     no such row, or not for this person
├── BadValue                     a field or a value that the record does not know
├── NameTaken                    the user name stands for somebody else already
├── AlreadyThere                 the same stands in the list already
├── TooMany                      the list is full
├── WeakPassword                 too short
├── FileTooLarge, EmptyFile      refused while the bytes came in
├── ChangedMeanwhile             somebody saved the same since it was shown
├── MissingOriginal              the row stands, its bytes do not
├── IdentityNumbersUnconfirmed   open publication waits for a person's decision
└── OutdatedProgram              the record was written by a newer program
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catalog.identity import Finding


class CatalogError(Exception):
    """Anything that the record refuses; the message says what, on what, and what to do."""


class NotThere(CatalogError):
    """No such row for this person: a hidden row and a missing one answer alike."""


class BadValue(CatalogError):
    """The record knows no such field, or no such value of it."""


class NameTaken(CatalogError):
    """User names are one and the same whatever the case of their letters."""


class AlreadyThere(CatalogError):
    """A list of words holds each of them once."""


class TooMany(CatalogError):
    """A list that every process keeps in memory is full."""


class WeakPassword(CatalogError):
    """The password has fewer characters than `users.SHORTEST_PASSWORD`."""


class FileTooLarge(CatalogError):
    """The stream held more bytes than allowed; nothing of it was kept."""


class EmptyFile(CatalogError):
    """The stream held no bytes."""


class ChangedMeanwhile(CatalogError):
    """The row is no longer the version that a person has seen; nothing was written."""


def check_version(seen: int | None, present: int) -> None:
    """Raises ChangedMeanwhile where they differ; None is for those who have shown nothing to anybody."""
    if seen is not None and seen != present:
        raise ChangedMeanwhile(f"Version {present} stands, {seen} was shown; show it again.")


class MissingOriginal(CatalogError):
    """No bytes are kept under this SHA-256."""


class IdentityNumbersUnconfirmed(CatalogError):
    """Nothing becomes open before a person has decided about each identity number in it; `findings` are those left."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} identity numbers are undecided; decide about each, then publish again.")
        self.findings = tuple(findings)


class OutdatedProgram(CatalogError):
    """The record was written by a newer program, which must be used from then on."""
