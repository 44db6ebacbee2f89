"""Which pages of some documents hold the question's words, best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.elasticsearch_engine.translate import Parts, Translator
from indexer.finding import on_page
from indexer.questions import Question
from indexer.search_result import PageHit


def pages_body(make: Translator, question: Question, documents: Sequence[int], limit: int) -> dict[str, Any] | None:
    """One search for all documents on screen; None where the question asks for nothing that stands on pages."""
    wanted = on_page(question, make.mapped)
    if wanted is None or not documents or limit < 1:
        return None
    inside = {"terms": {"document": list(documents)}}
    return {
        "query": Parts([make.condition(wanted), inside]).scored(make.ranking(question.of_pages)),
        "sort": [{"_score": "desc"}, {"document": "asc"}, {"number": "asc"}],
        "size": limit,
        "track_total_hits": False,
        "stored_fields": "_none_",
    }


def best_pages_body(make: Translator, question: Question, documents: Sequence[int]) -> dict[str, Any] | None:
    """The best page of each document that has any."""
    body = pages_body(make, question, documents, len(documents))
    return body and {**body, "collapse": {"field": "document"}}


def best_found(found: dict[str, Any]) -> dict[int, float]:
    """Score of the best page by document."""
    return {hit["sort"][1]: float(hit["sort"][0]) for hit in found["hits"]["hits"]}


def page_counts_body(make: Translator, question: Question, documents: Sequence[int]) -> dict[str, Any] | None:
    """How many pages of each document hold a word of the question."""
    body = pages_body(make, question, documents, len(documents))
    if body is None:
        return None
    query = {"bool": {"filter": body["query"]["bool"]["filter"]}}
    aggs = {"documents": {"terms": {"field": "document", "size": len(documents)}}}
    return {"query": query, "size": 0, "track_total_hits": False, "aggs": aggs}


def page_counts_found(found: dict[str, Any]) -> dict[int, float]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["aggregations"]["documents"]["buckets"]}


def pages_found(found: dict[str, Any]) -> dict[int, list[PageHit]]:
    """Best first, ties by number: the order in which they were asked for."""
    pages: dict[int, list[PageHit]] = {}
    for hit in found["hits"]["hits"]:
        score, document, number = hit["sort"]
        pages.setdefault(document, []).append(PageHit(number, score))
    return pages
