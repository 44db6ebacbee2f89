"""The word data as a compact table on disk, mapped into every process: opening it reads nothing into memory.

A folder holds three tries and three lists. A form's number in `forms` leads to its kind and to the change that makes
its dictionary form of it; `begins` does the same for first parts; `ends` holds last parts written backwards, so that
one look-up tells every place where a word may be cut before its last part.
"""

from __future__ import annotations

import json
import mmap
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import marisa_trie

from indexer.analysis.word_choice import END, FORBIDDEN, FORM, SHORTEST_PART, Words

_FORMS, _BEGINS, _ENDS = "forms.marisa", "begins.marisa", "ends.marisa"
_KINDS, _LEMMAS, _BASES, _CHANGES = "kinds.bin", "lemmas.bin", "bases.bin", "changes.json"
_UNKNOWN: Final = -1


class WordTable:
    def __init__(self, folder: Path) -> None:
        self._forms = _trie(folder / _FORMS)
        self._begins = _trie(folder / _BEGINS)
        self._ends = _trie(folder / _ENDS)
        self._kinds = _mapped(folder / _KINDS)
        self._lemmas = _mapped(folder / _LEMMAS).cast("H")
        self._bases = _mapped(folder / _BASES).cast("H")
        self._changes: list[tuple[int, str]] = [tuple(one) for one in json.loads((folder / _CHANGES).read_text())]
        self.beginnings = self._begins.prefixes
        """All first parts that a text begins with, shortest first."""
        self.endings_of_reversed = self._ends.prefixes
        """All last parts, backwards, that a text written backwards begins with, shortest first."""

    def lemma(self, form: str) -> str | None:
        """None for what stands alone in no text, as far as the data know."""
        number = self._forms.get(form, _UNKNOWN)
        if number == _UNKNOWN or not self._kinds[number] & FORM:
            return None
        return self._changed(form, self._lemmas[number])

    def lemma_of_end(self, part: str) -> str:
        return self._changed(part, self._lemmas[self._forms[part]])

    def base_of_begin(self, part: str) -> str:
        return self._changed(part, self._bases[self._begins[part]])

    def is_forbidden(self, form: str) -> bool:
        number = self._forms.get(form, _UNKNOWN)
        return number != _UNKNOWN and bool(self._kinds[number] & FORBIDDEN)

    def forms_with(self, beginning: str) -> list[str]:
        return [form for form in self._forms.keys(beginning) if self.lemma(form) is not None]

    def _changed(self, form: str, change: int) -> str:
        strip, add = self._changes[change]
        return form[: len(form) - strip] + add if strip else form + add


def _trie(path: Path) -> marisa_trie.Trie:
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def write_table(words: Words, folder: Path) -> None:
    """Fills an existing, empty folder."""
    changes: dict[tuple[int, str], int] = {(0, ""): 0}
    forms = marisa_trie.Trie(words.kinds)
    begins = marisa_trie.Trie(words.bases)
    ends = marisa_trie.Trie(
        form[::-1] for form, kind in words.kinds.items() if kind & END and len(form) >= SHORTEST_PART
    )
    forms.save(str(folder / _FORMS))
    begins.save(str(folder / _BEGINS))
    ends.save(str(folder / _ENDS))
    kinds = bytearray(len(forms))
    for form, kind in words.kinds.items():
        kinds[forms[form]] = kind
    (folder / _KINDS).write_bytes(kinds)
    (folder / _LEMMAS).write_bytes(_numbers(forms, words.lemmas, changes))
    (folder / _BASES).write_bytes(_numbers(begins, words.bases, changes))
    (folder / _CHANGES).write_text(json.dumps(list(changes)))


def _numbers(trie: marisa_trie.Trie, meanings: Mapping[str, str], changes: dict[tuple[int, str], int]) -> bytes:
    """For each key of the trie the number of its change, two bytes each in this machine's order."""
    numbers = array("H", bytes(2 * len(trie)))
    for form, meaning in meanings.items():
        numbers[trie[form]] = changes.setdefault(_change(form, meaning), len(changes))
    return numbers.tobytes()


def _change(form: str, meaning: str) -> tuple[int, str]:
    """How many letters to take off the end, and what to put there."""
    alike = 0
    for one, other in zip(form, meaning, strict=False):
        if one != other:
            break
        alike += 1
    return len(form) - alike, meaning[alike:]
