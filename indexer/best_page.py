"""A document is ranked by its best evidence: what its best page is worth is added to what the whole of it is.

BM25 over a long report thins out what stands on one of its pages, and a short paper wins by its shortness. Of abstracts
joined into documents of 1 to 100 pages the best page brings the right one up (docs/decisions/0014).
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.fields import Mapped
from indexer.question import Question
from indexer.search_query import Sort


@dataclass(frozen=True, slots=True)
class BestPage:
    """weight: of a page's score beside the document's. documents: how many of the first are ranked so.

    Those after them keep their score, which is lower than that of any before, so the list stays sorted by its scores.
    """

    weight: float
    documents: int

    @classmethod
    def of(cls, mapped: Mapped, asked: Question, sort: Sort) -> BestPage | None:
        """None where no page can be better than another, or the index was built for a mapping without the rule."""
        weight = mapped.ranking.get("best_page", 0.0)
        if not weight or sort is not Sort.RELEVANCE or not asked.ranks or not asked.on_pages:
            return None
        return cls(weight, int(mapped.ranking["best_page_documents"]))

    def lifted(self, score: float, page: float | None) -> float:
        """With the score of its best page.

        An entry of one page or none, such as a project's own, is its own best page: so short papers keep their order.
        """
        return score + self.weight * (score if page is None else page)
