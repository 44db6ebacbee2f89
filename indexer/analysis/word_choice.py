"""What each form of the word data means: its dictionary form, and whether it may begin or end a compound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from indexer.analysis.affixes import Affixes, Form
from indexer.analysis.folding import fold
from indexer.analysis.stemming import stem_of

SHORTEST_PART: Final = 3  # letters; two let "be", "ha" and the like cut whole words up

# What a form may be; bits of one number, as a million forms pass here.
FORM: Final = 1  # stands alone in a text
BEGIN: Final = 2  # may stand first or in the middle of a compound
END: Final = 4  # may stand last
FORBIDDEN: Final = 8  # a wrong spelling that would pass as a compound

LETTERS: Final = re.compile("[a-zåäö]+")  # of a Swedish word as it is indexed
_GENITIVE = "A"  # the flag of the -s that nearly every line carries; it does not tell how a word is inflected
# What a linking form ends in, and what stands there in the dictionary form.
_LINKS: Final = (
    *(("e", ""), ("o", "a"), ("u", "a"), ("", "a"), ("", "e")),  # familje-, kvinno-, gatu-, skol-, lärar-
    *(("e", "a"), ("s", "e"), ("s", "a"), ("ra", "er")),  # skade-, arbets-, olycks-, föräldra-
    *(("e", "um"), ("er", "ra"), ("el", "la"), ("el", "le")),  # gymnasie-, siffer-, tavel-, äppel-
)

# How an entry has a form, in the order in which its word for the dictionary form is taken.
_ITSELF, _INFLECTED, _PLAIN, _NAME = range(4)


class Words(NamedTuple):
    """The word data, chosen: one dictionary form for each form, one for each first part."""

    kinds: dict[str, int]
    lemmas: dict[str, str]  # of FORM and END
    bases: dict[str, str]  # of BEGIN


def choose(some: Iterable[Form], affixes: Affixes) -> Words:
    reading = _Reading(affixes)
    for form in some:
        reading.take(form)
    entries = {text: entry for text, (_, entry) in reading.sources.items()}
    lemmas = {text: _last(text, entries) for text in entries}
    bases = {part: _base(part, entry, lemmas, reading.kinds) for part, entry in reading.first_parts.items()}
    return Words(reading.kinds, lemmas, bases)


class _Reading:
    def __init__(self, affixes: Affixes) -> None:
        self.kinds: dict[str, int] = {}
        self.sources: dict[str, tuple[int, str]] = {}
        self.first_parts: dict[str, str] = {}
        named = affixes.named
        self._begins = frozenset((named["COMPOUNDBEGIN"], named["COMPOUNDMIDDLE"]))
        self._ends, self._only_within, self._forbidden = (
            named["COMPOUNDEND"],
            named["ONLYINCOMPOUND"],
            named["FORBIDDENWORD"],
        )
        self._inflections = frozenset(
            flag for flag, some in affixes.endings.items() if flag != _GENITIVE and not any(e.flags for e in some)
        )

    def take(self, form: Form) -> None:
        text, entry = fold(form.text), fold(form.entry)
        if not (LETTERS.fullmatch(text) and LETTERS.fullmatch(entry)):
            return
        kind = self._kind(form)
        self.kinds[text] = self.kinds.get(text, 0) | kind
        if kind & (FORM | END):
            self._believe(text, self._rank(form), entry)
        if kind & BEGIN and len(text) >= SHORTEST_PART:
            self._note_first_part(text, entry, form)

    def _kind(self, form: Form) -> int:
        if self._forbidden in form.entry_flags:
            return FORBIDDEN
        linking = form.ending is not None and bool(form.ending.flags)
        flags = form.ending.flags if form.ending is not None else form.entry_flags
        kind = 0 if self._begins.isdisjoint(flags) else BEGIN
        if self._ends in form.entry_flags and not linking:
            kind |= END
        if not linking and self._only_within not in form.entry_flags:
            kind |= FORM
        return kind

    def _rank(self, form: Form) -> int:
        """Entries without inflections are believed late: often they are a form of another, added by machine."""
        if form.entry[0].isupper():
            return _NAME
        if form.ending is not None:
            return _INFLECTED
        return _PLAIN if self._inflections.isdisjoint(form.entry_flags) else _ITSELF

    def _believe(self, text: str, rank: int, entry: str) -> None:
        known = self.sources.get(text)
        if known is None or rank < known[0]:
            self.sources[text] = rank, entry
        elif rank == known[0] and entry != known[1]:
            self.sources[text] = rank, min(entry, known[1], key=lambda one: self._order(one, text))

    def _order(self, entry: str, text: str) -> tuple[bool, int, str]:
        """One with the form's own stem is right most often, and makes it alike with forms that the data lack."""
        return stem_of(entry) != stem_of(text), len(entry), entry

    def _note_first_part(self, part: str, entry: str, form: Form) -> None:
        """The entry it comes from, "" where the line is only the part itself, such as kvinno- or barns-."""
        inflected = form.ending is not None or self._rank(form) == _ITSELF
        told = inflected and self._only_within not in form.entry_flags
        if told and (part not in self.first_parts or entry == part or not self.first_parts[part]):
            self.first_parts[part] = entry
        else:
            self.first_parts.setdefault(part, "")


def _last(text: str, entries: dict[str, str]) -> str:
    """Follows åtgärderna → åtgärder → åtgärda to its end, so that a dictionary form is its own; also in a circle."""
    seen = [text]
    while (entry := entries.get(seen[-1], seen[-1])) not in seen:
        seen.append(entry)
    return min(seen[seen.index(entry) :])


def _base(part: str, entry: str, lemmas: dict[str, str], kinds: dict[str, int]) -> str:
    """Dictionary form of a first part: missbruks- → missbruk, familje- → familj, kvinno- → kvinna."""
    if entry == part and part in lemmas:
        return lemmas[part]
    rest = part[:-1]
    if part.endswith("s") and len(rest) >= SHORTEST_PART and kinds.get(rest, 0) & END:
        return lemmas[rest]
    if entry:
        return lemmas.get(entry, entry)
    if kinds[part] & FORM:
        return lemmas[part]
    for link, letters in _LINKS:
        word = part.removesuffix(link) + letters
        if part.endswith(link) and kinds.get(word, 0) & FORM:
            return lemmas[word]
    return part
