"""A word to try: how the bank takes it apart, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Reading, SearchQuery, Synonym, analyse, forms, own_words
from webapp import search_page
from webapp.bank import bank
from webapp.search import today
from webapp.signed_in import my_audience


@dataclass(frozen=True, slots=True)
class Trial:
    """key: what all inflections share; parts: keys of a compound's parts; found: documents for whoever tries."""

    word: str
    key: str
    parts: tuple[str, ...]
    synonyms: tuple[Synonym, ...]
    documents: int
    link: str


def try_word(written: str) -> Trial | None:
    """The first word of the text; None where there is none. Raises what the engine raises."""
    word = analyse(written).exact.partition(" ")[0]
    if not word:
        return None
    found = forms(word)
    asked = SearchQuery(text=word, reading=Reading.ALL)
    counted = bank().engine.search(asked.visible_to(my_audience(), today()))
    return Trial(
        word=word,
        key=found.keys[0],
        parts=found.tops,
        synonyms=tuple(one for one in own_words().synonyms if one.word == word),
        documents=counted.total,
        link=search_page.link(SearchQuery(text=word)),
    )
