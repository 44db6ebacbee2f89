"""Whose names may be told: a term that only hidden projects carry reads as one that the bank has never had.

An address can name any key. Whatever turns such a key into a label takes its words from here.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog.audience import EDITORS
from catalog.database import Database
from catalog.seeded_terms import SEEDS
from catalog.term_audience import KindAndKey, carried
from indexer import SearchQuery
from webapp.facets import BY_NAME
from webapp.vocabulary import Named, Vocabulary, vocabulary

FIRST_TERMS = frozenset((seed.kind, seed.key) for seed in SEEDS)  # every bank begins with them: they tell nothing


def words_of(query: SearchQuery, database: Database) -> Vocabulary:
    """The words to tell a question in, to those who ask it. One that chooses among first terms asks no record."""
    return told_words(_chosen(query), database, query.audience)


def told_words(named: Iterable[KindAndKey], database: Database, audience: frozenset[str]) -> Vocabulary:
    """The bank's words without those of the named terms, and of what these became, that the audience may not know."""
    words = vocabulary(database)
    asked = {(kind, one) for kind, key in named for one in words.becoming(kind, key)}
    return words.without(_untold(asked, words, database, audience))


def named_in(query: SearchQuery, database: Database) -> tuple[Named, ...]:
    """The terms that the question's words name, for those who ask it; the longest name first."""
    standing = vocabulary(database).standing_in(query.text, BY_NAME)
    return tuple(told_words(standing, database, query.audience).named_in(query.text, BY_NAME))


def chooses_untold(query: SearchQuery, database: Database) -> bool:
    """Whether the question chooses a term that those who ask it may not know of."""
    return bool(_untold(_chosen(query), vocabulary(database), database, query.audience))


def _chosen(query: SearchQuery) -> list[KindAndKey]:
    return [(one.field, key) for one in query.filters for key in (*one.include, *one.exclude)]


def _untold(
    asked: Iterable[KindAndKey], words: Vocabulary, database: Database, audience: frozenset[str]
) -> set[KindAndKey]:
    """Those of the bank's terms that are not told.

    Told are first terms, those of something that the audience may see, what these became, and names that editors have
    merged into another's without any project that carries them.
    """
    doubtful = {one for one in asked if one not in FIRST_TERMS and words.knows(*one)}
    if not doubtful or EDITORS in audience:
        return set()
    became = {(kind, key): words.became(kind, key) for kind, key in doubtful}
    with database.rows() as rows:
        seen = carried(rows, {(kind, key) for (kind, _), keys in became.items() for key in keys}, audience)
    shown = {(kind, key) for (kind, key), keys in became.items() if any(seen.get((kind, one)) for one in keys)}
    names = {(kind, key) for kind, key in doubtful if (kind, key) not in seen and words.now(kind, key) != key}
    return doubtful - shown - names
