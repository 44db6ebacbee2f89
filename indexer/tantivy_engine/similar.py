"""The entries that share most with a likeness."""

from __future__ import annotations

import tantivy
from tantivy import Occur

from indexer.likenesses import Alike, Likeness, alike, alike_clauses
from indexer.search_query import SearchQuery
from indexer.tantivy_engine.explain import score_of
from indexer.tantivy_engine.translate import Translator, any_of


def similar(
    searcher: tantivy.Searcher, make: Translator, wanted: Likeness, query: SearchQuery, most: int
) -> tuple[Alike, ...]:
    """Best first."""
    clauses = alike_clauses(wanted, make.mapped)
    if not clauses:
        return ()
    queries = [make.clause(clause) for clause in clauses]
    found = [
        *make.required([make.term("kind", wanted.kind), any_of([make.condition(c.condition) for c in clauses])]),
        *make.visible(query),
        *((Occur.MustNot, make.term("id", number)) for number in wanted.leave_out),
    ]
    hits = searcher.search(make.scored(found, clauses), most, count=False).hits
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    return tuple(
        alike(int(number or 0), clauses, [score_of(one, searcher, address) for one in queries])
        for number, (_, address) in zip(ids, hits, strict=True)
    )
