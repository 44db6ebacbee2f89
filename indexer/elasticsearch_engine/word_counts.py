"""In how many entries that a person may see today each of some words stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.elasticsearch_engine.counts import counted_body
from indexer.elasticsearch_engine.translate import Parts, Translator
from indexer.search_query import SearchQuery


def words_body(make: Translator, words: Sequence[str], query: SearchQuery) -> dict[str, Any]:
    """One search for all words in their exact form; only entries with one of them are looked at."""
    name = make.everywhere().name
    each = {str(number): {"term": {name: word}} for number, word in enumerate(words)}
    found = make.visible(query) + Parts(filter=[{"terms": {name: list(words)}}])
    return counted_body(found.unscored(), {"words": {"filters": {"filters": each}}})


def words_counted(words: Sequence[str], found: Mapping[str, Any]) -> dict[str, int]:
    """Out of the answer to `words_body` for the same words."""
    buckets = found["aggregations"]["words"]["buckets"]
    return {word: int(buckets[str(number)]["doc_count"]) for number, word in enumerate(words)}
