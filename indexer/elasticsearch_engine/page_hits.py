"""Which pages of some documents hold the question's words, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from indexer.elasticsearch_engine.translate import Parts, Translator, any_of
from indexer.question import Question
from indexer.search_query import Reading
from indexer.search_result import PageHit


def pages_body(make: Translator, question: Question, documents: Sequence[int], limit: int) -> dict[str, Any] | None:
    """One search for all documents on screen; None where the question asks for nothing that stands on pages."""
    clauses = tuple(clause for _, clause in question.on_pages)
    if not clauses or not documents or limit < 1:
        return None
    # A page need not hold all words: they may stand on different pages of the document.
    reading = question.reading if question.reading is Reading.EXACT else Reading.ANY
    any_word = replace(question, clauses=clauses, reading=reading)
    units = any_of([make.unit(clause.unit, reading) for clause in clauses])
    inside = {"terms": {"document": list(documents)}}
    return {
        "query": Parts(must=[units], filter=[inside]).scored(make.ranking(any_word)),
        "sort": [{"_score": "desc"}, {"document": "asc"}, {"number": "asc"}],
        "size": limit,
        "track_total_hits": False,
        "stored_fields": "_none_",
    }


def pages_found(found: dict[str, Any]) -> dict[int, list[PageHit]]:
    """Best first, ties by number: the order in which they were asked for."""
    pages: dict[int, list[PageHit]] = {}
    for hit in found["hits"]["hits"]:
        score, document, number = hit["sort"]
        pages.setdefault(document, []).append(PageHit(number, score))
    return pages
