"""The words of the bank out of the record, as spelling and completion want them: web and commands alike."""

from __future__ import annotations

from sqlalchemy.orm import Session

from catalog import words
from indexer import Vocabulary


def read_vocabulary(session: Session) -> Vocabulary:
    """Each text once in memory: most keys are words too, and compounds are keys."""
    found = words.listed(session)
    once = {word: word for word, _, _ in found.words}
    keys = {once[word]: once.setdefault(key, key) for word, key, _ in found.words}
    compounds: dict[str, list[str]] = {}
    for part, compound in found.parts:
        compounds.setdefault(once.setdefault(part, part), []).append(once.setdefault(compound, compound))
    return Vocabulary({word: entries for word, _, entries in found.words}, keys, compounds)
