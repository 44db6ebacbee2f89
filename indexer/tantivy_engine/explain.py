"""What each clause of a question gives one entry, from tantivy's own explanation."""

from __future__ import annotations

import json

import tantivy

from indexer.explanation import Explanation, explained
from indexer.questions import Question
from indexer.ranking import ranking
from indexer.search_query import SearchQuery
from indexer.tantivy_engine.translate import Translator, together


def explain(
    searcher: tantivy.Searcher, make: Translator, question: Question, query: SearchQuery, document_id: int
) -> Explanation:
    wanted = together(make.required([make.term("id", document_id)]), make.visible(query))
    hits = searcher.search(wanted, 1, count=False).hits
    if not hits:
        return Explanation()
    clauses = ranking(question, make.mapped)
    return explained(clauses, [score_of(make.clause(clause), searcher, hits[0][1]) for clause in clauses])


def score_of(clause: tantivy.Query, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> float:
    """0 where the entry does not meet the clause, which tantivy tells by an error."""
    try:
        return float(json.loads(clause.explain(searcher, address).to_json())["value"])
    except ValueError:
        return 0.0
