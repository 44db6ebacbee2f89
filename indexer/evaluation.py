"""How well a search answers questions whose hits people have judged.

Measures are those of K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM
Transactions on Information Systems 20(4), 2002, with the discount log2(rank + 1) and with the grade itself as gain
(2 good, 1 so-so, 0 bad). A hit that nobody has judged counts as bad, as in TREC's trec_eval; how many of them there
are is told beside the figures, since many of them say that the judgements are too few, not that the search is bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log2

from indexer.search_result import SearchResult

DEPTH = 10  # hits that count


@dataclass(frozen=True, slots=True)
class Score:
    """ndcg and recall from 0 to 1; unjudged: how many of the first ten hits nobody has judged."""

    ndcg: float
    recall: float
    unjudged: int


def first_documents(found: SearchResult, most: int) -> list[int]:
    """Ids of the first documents in the order of the result page, where a project's documents stand together."""
    return list(islice((hit.document_id for project in found.projects for hit in project.documents), most))


def score(ranked: Sequence[int], grades: Mapping[int, int]) -> Score | None:
    """The figures of one question; None where no document is judged good or so-so, so that nothing can be found."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    if not relevant:
        return None
    shown = ranked[:DEPTH]
    ideal = gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return Score(
        ndcg=gain(grades.get(document, 0) for document in shown) / ideal,
        recall=len(relevant.intersection(shown)) / len(relevant),
        unjudged=sum(document not in grades for document in shown),
    )


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulated gain of the grades in the order of the hits."""
    return sum(grade / log2(rank + 1) for rank, grade in enumerate(grades, 1))
