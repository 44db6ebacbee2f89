"""What the fields of an entry hold: worked out once, for every engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Final

from indexer.analysis import word_types
from indexer.entry import IndexEntry, PageEntry, Tokens
from indexer.fields import Field, Mapped

# Stands in a text field that has no words. Without it engines would count such entries differently (Lucene's averages
# are over entries that have the field, tantivy's over all). No analysis makes this token, so nobody finds it.
NO_WORDS: Final = "∅"


def words_of_field(field: Field, entry: IndexEntry, mapped: Mapped) -> list[str]:
    """Each text is a value of its own, so that no phrase is found across the border of two texts or pages."""
    if _names_each_word_once(field, entry):
        return [word_types.wholes(" ".join(entry.words)) or NO_WORDS]
    values: list[str] = []
    for source in field.sources:
        if source == "pages":
            values.extend(_page_words(page, field, mapped) for page in entry.pages)
        elif source in entry.texts:
            values.append(_words(entry.texts[source], field, mapped))
    return values if any(values) else [NO_WORDS]


def words_of_page(field: Field, page: PageEntry, mapped: Mapped) -> str:
    return _page_words(page, field, mapped) or NO_WORDS


def _names_each_word_once(field: Field, entry: IndexEntry) -> bool:
    """A field of all texts that keeps nothing of a word but that the entry holds it: in no order, as it needs none."""
    return field.analysis == "wholes" and field.kept == "docs" and {*entry.texts, "pages"} <= set(field.sources)


def _page_words(page: PageEntry, field: Field, mapped: Mapped) -> str:
    return page.leaves if field.analysis == "leaves" else _words(page.tokens, field, mapped)


def _words(tokens: Tokens, field: Field, mapped: Mapped) -> str:
    return _ANALYSES[field.analysis](tokens, mapped)


def _parts(tokens: Tokens, mapped: Mapped) -> str:
    """Every key a token of its own, then so many that nobody asks for that nothing is near across a border."""
    border = f" {NO_WORDS}" * (mapped.near + 1)
    return f"{tokens.parts.replace('/', ' ')}{border}" if tokens.parts else ""


# What a field may hold of a text. Only exact forms and parts are kept in the record; the others follow from the exact
# forms. "base" is what indexes of a mapping from before compounds were taken apart hold.
_ANALYSES: Final[dict[str, Callable[[Tokens, Mapped], str]]] = {
    "exact": lambda tokens, _: tokens.exact,
    "leaves": lambda tokens, _: word_types.leaves(tokens.exact),
    "wholes": lambda tokens, _: word_types.wholes(tokens.exact),
    "grams": lambda tokens, mapped: word_types.grams_of(tokens.exact, mapped.most_gram_words),
    "parts": _parts,
    "base": lambda tokens, _: word_types.stems(tokens.exact),
}


def group_of(entry: IndexEntry) -> int:
    """What stands together in the result list: the project, or a document without project for itself (−id)."""
    return entry.project_id or -entry.id


def factor_of(entry: IndexEntry, mapped: Mapped) -> float:
    """What the entry's score is multiplied by, a little over 1 for what is new and for a finished report."""
    return 1 + freshness(entry.year, mapped) + finished(entry.facets.get("document_type", ()), mapped)


def freshness(year: int, mapped: Mapped) -> float:
    oldest, newest = mapped.ranking["oldest_year"], mapped.ranking["newest_year"]
    return mapped.ranking["freshness"] * min(1.0, max(0.0, (year - oldest) / (newest - oldest)))


def finished(types: Iterable[str], mapped: Mapped) -> float:
    return mapped.ranking["final_report"] if mapped.final_report_types & set(types) else 0.0


def fingerprint_of(pages: tuple[PageEntry, ...]) -> int:
    """A digest of all pages below 2⁴⁸, so that a change of rights rewrites no page."""
    digest = hashlib.blake2b(digest_size=6)
    for page in pages:
        digest.update(f"\0{page.number}\0{page.tokens.exact}\0{page.tokens.parts}".encode())
    return int.from_bytes(digest.digest(), "big")
