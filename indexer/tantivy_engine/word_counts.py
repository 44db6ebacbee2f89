"""In how many entries that a person may see today each of some words stands."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy
from tantivy import Occur

from indexer.conditions import Holds
from indexer.search_query import SearchQuery
from indexer.tantivy_engine.translate import Translator, together, unscored


def word_counts(
    searcher: tantivy.Searcher, make: Translator, words: Sequence[str], query: SearchQuery
) -> dict[str, int]:
    """Words in their exact form. One small count each: counting them together would look at every entry."""
    if not query.audience:
        return dict.fromkeys(words, 0)
    name, visible = make.everywhere().name, make.visible(query)
    counts = {}
    for word in dict.fromkeys(words):
        found = together([(Occur.Must, unscored(make.condition(Holds(name, word))))], visible)
        counts[word] = searcher.search(found, 1, count=True).count  # type: ignore[attr-defined]  # its stubs lack it
    return counts
