"""The entries that share most with a likeness: every clause has its number as a name."""

from __future__ import annotations

from typing import Any

from indexer.conditions import Clause
from indexer.elasticsearch_engine.translate import Parts, Translator, any_of
from indexer.likenesses import Alike, Likeness, alike
from indexer.search_query import SearchQuery


def similar_body(
    make: Translator, clauses: list[Clause], wanted: Likeness, query: SearchQuery, most: int
) -> dict[str, Any]:
    """Best first. There must be a clause."""
    bound = Parts([{"term": {"kind": wanted.kind}}, any_of([make.condition(c.condition) for c in clauses])])
    left_out = Parts(must_not=[{"terms": {"id": list(wanted.leave_out)}}] if wanted.leave_out else [])
    named = [make.clause(clause, name=str(number)) for number, clause in enumerate(clauses)]
    return {
        "query": (bound + make.visible(query) + left_out).scored(named),
        "size": most,
        "track_total_hits": False,
        "stored_fields": "_none_",
        "docvalue_fields": ["id"],
    }


def similar_found(clauses: list[Clause], found: dict[str, Any]) -> tuple[Alike, ...]:
    """Out of the answer to `similar_body`."""
    told = []
    for hit in found.get("hits", {}).get("hits", []):
        scores = hit.get("matched_queries", {})
        by_number = [float(scores.get(str(number), 0.0)) for number in range(len(clauses))]
        told.append(alike(int(hit["fields"]["id"][0]), clauses, by_number))
    return tuple(told)
