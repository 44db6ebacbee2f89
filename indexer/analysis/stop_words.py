"""Words that tell nothing about what a question is after; taken off questions, never off the index."""

from __future__ import annotations

from indexer.analysis.word_lists import listed


def stop_words() -> frozenset[str]:
    """Exact forms; the list and its source stand in mappings/swedish/stopwords.txt."""
    return listed("stopwords")
