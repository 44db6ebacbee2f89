"""The rules of design §6 said once more, as plainly as Python allows: what every engine must agree with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from indexer import FEWEST_FOR_ALL_WORDS, MISSING, IndexEntry, Reading, SearchQuery, analyse
from indexer.analysis.forms import forms, grams
from indexer.fields import documents


@dataclass(frozen=True)
class Asked:
    """A question as its parts, so that no parser stands between the model and its meaning."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    starts: tuple[str, ...] = ()
    in_title: tuple[str, ...] = ()

    def typed(self) -> str:
        """As a person would type it."""
        parts = [*self.words, *(f'"{" ".join(p)}"' for p in self.phrases), *(f"-{w}" for w in self.without)]
        parts += [*(" OR ".join(g) for g in self.groups), *(f"{s}*" for s in self.starts)]
        return " ".join([*parts, *(f"titel:{w}" for w in self.in_title)])

    def loose(self) -> int:
        return len(set(self.words)) + len(set(self.starts))


def keys(text: str) -> list[str]:
    """All keys of a text in their order, each word's own first."""
    return analyse(text).parts.replace("/", " ").split()


def exact(word: str) -> str:
    return analyse(word).exact


def texts(entry: IndexEntry) -> list[list[str]]:
    """Every text and page of an entry as its words."""
    return [t.exact.split() for t in (*entry.texts.values(), *(page.tokens for page in entry.pages))]


def holds_word(entry: IndexEntry, word: str, *, exactly: bool = False) -> bool:
    return any(text_holds(text, word, exactly=exactly) for text in texts(entry))


def text_holds(text: list[str], word: str, *, exactly: bool = False) -> bool:
    """By its form, as a part of a compound, or by all its own parts near each other."""
    if exactly:
        return exact(word) in text
    found, tops = keys(" ".join(text)), forms(exact(word)).tops
    pairs = [(left, right) for left, right in pairwise(tops) if left != right]
    return forms(exact(word)).keys[0] in found or (bool(pairs) and all(are_near(found, *pair) for pair in pairs))


def holds_alike(entry: IndexEntry, word: str) -> bool:
    """Enough of the word's letters, five at a time, anywhere in the entry; or any part of a compound."""
    known = forms(exact(word))
    if any({known.keys[0], *known.tops} & set(keys(" ".join(text))) for text in texts(entry)):
        return True
    wanted = set(grams(exact(word)))
    found = {gram for text in texts(entry) for one in text for gram in grams(one)}
    return len(wanted & found) >= ceil(documents().ranking["alike"] * len(wanted))


def are_near(found: list[str], first: str, second: str) -> bool:
    places = [[at for at, key in enumerate(found) if key == sought] for sought in (first, second)]
    return any(abs(right - 1 - left) <= documents().near for left in places[0] for right in places[1])


def holds_start(entry: IndexEntry, start: str) -> bool:
    return any(found.startswith(start) for text in texts(entry) for found in text)


def holds_phrase(entry: IndexEntry, phrase: tuple[str, ...]) -> bool:
    sought = [exact(word) for word in phrase]
    return any(text[at : at + len(sought)] == sought for text in texts(entry) for at in range(len(text)))


def matches(entry: IndexEntry, asked: Asked, reading: Reading) -> bool:
    exactly, alike = reading is Reading.EXACT, reading is Reading.ALIKE
    title = entry.texts["title"].exact.split()
    phrases = [holds_phrase(entry, phrase) for phrase in asked.phrases]
    binding = [
        *(not holds_word(entry, word, exactly=exactly) for word in asked.without),
        *(any(holds_word(entry, word, exactly=exactly) for word in group) for group in asked.groups),
        *(text_holds(title, word, exactly=exactly) for word in asked.in_title),
    ]
    if alike:
        words = [*asked.words, *(word for phrase in asked.phrases for word in phrase)]
        return all(binding) and any(holds_alike(entry, word) for word in words)
    loose = [
        *(holds_word(entry, word, exactly=exactly) for word in asked.words),
        *(holds_start(entry, start) for start in asked.starts),
    ]
    return all(binding) and all(phrases) and (any(loose) if reading is Reading.ANY and loose else all(loose))


def visible(entry: IndexEntry, query: SearchQuery) -> bool:
    return bool(query.audience & set(entry.audience)) and entry.visible_from <= query.today


def keys_of(entry: IndexEntry, field: str) -> set[str]:
    """The values of a facet or "year"; a project's own entry does not lack a document type, for it is no document."""
    values = {f"{entry.year:04d}"} - {"0000"} if field == "year" else set(entry.facets.get(field, ()))
    return values or ({MISSING} if entry.kind == "document" or field != "document_type" else set())


def chosen(entry: IndexEntry, query: SearchQuery) -> bool:
    for choice in query.filters:
        values = keys_of(entry, choice.field)
        if (choice.include and not values & set(choice.include)) or values & set(choice.exclude):
            return False
    if query.without_year:
        return not entry.year
    first, last = query.from_year, query.to_year
    if first is None and last is None:
        return True
    return entry.year > 0 and (first or 0) <= entry.year <= (last or 9999)


class Model:
    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        self.entries = list(entries)

    def reading(self, asked: Asked, query: SearchQuery) -> Reading:
        """The rule of ten; words alike where this person may see nothing with any of the words."""
        reading = self._by_the_rule(asked, query)
        seen = [entry for entry in self.entries if visible(entry, query)]
        if query.reading is not Reading.AUTO or any(matches(entry, asked, reading) for entry in seen):
            return reading
        return Reading.ALIKE if any(matches(entry, asked, Reading.ALIKE) for entry in seen) else reading

    def _by_the_rule(self, asked: Asked, query: SearchQuery) -> Reading:
        if query.reading not in {Reading.EXACT, Reading.ALIKE} and asked.loose() < 2:
            return Reading.ALL
        if query.reading is not Reading.AUTO:
            return query.reading
        seen = [e for e in self.entries if e.kind == "document" and visible(e, query)]
        enough = sum(matches(e, asked, Reading.ALL) for e in seen) >= FEWEST_FOR_ALL_WORDS
        return Reading.ALL if enough else Reading.ANY

    def found(self, asked: Asked, query: SearchQuery, reading: Reading) -> list[IndexEntry]:
        return [e for e in self.entries if matches(e, asked, reading) and visible(e, query) and chosen(e, query)]

    def documents(self, asked: Asked, query: SearchQuery, reading: Reading) -> list[IndexEntry]:
        return [e for e in self.found(asked, query, reading) if e.kind == "document"]

    def counts(self, asked: Asked, query: SearchQuery, reading: Reading, field: str) -> Counter[str]:
        """Of each value of a facet, under the other facets' choices."""
        others = self.documents(asked, query.without(field), reading)
        return Counter(value for entry in others for value in set(entry.facets.get(field, ())))

    def years(self, asked: Asked, query: SearchQuery, reading: Reading) -> Counter[int]:
        return Counter(e.year for e in self.documents(asked, query.without("year"), reading) if e.year)
