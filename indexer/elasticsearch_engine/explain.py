"""What each clause of a question gives one entry, as Elasticsearch scores it: every clause has its number as a name."""

from __future__ import annotations

from typing import Any

from indexer.conditions import Clause
from indexer.elasticsearch_engine.translate import Parts, Translator
from indexer.explanation import Explanation, explained
from indexer.search_query import SearchQuery


def explain_body(make: Translator, clauses: list[Clause], query: SearchQuery, document_id: int) -> dict[str, Any]:
    """One search for the one entry."""
    wanted = Parts([{"term": {"id": document_id}}]) + make.visible(query)
    named = [make.clause(clause, name=str(number)) for number, clause in enumerate(clauses)]
    return {"query": wanted.scored(named), "size": 1, "track_total_hits": False, "stored_fields": "_none_"}


def told_by(clauses: list[Clause], found: dict[str, Any]) -> Explanation:
    hits = found.get("hits", {}).get("hits", [])  # an entry that meets no clause is left out of the answer whole
    if not hits:
        return Explanation()
    scores = hits[0].get("matched_queries", {})
    return explained(clauses, [float(scores.get(str(number), 0.0)) for number in range(len(clauses))])
