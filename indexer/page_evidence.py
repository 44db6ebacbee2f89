"""What a document's pages say of its place: the best of them by relevance, their number where that is asked for.

BM25 over a long report thins out what stands on one of its pages, and a short paper wins by its shortness. Of abstracts
joined into documents of 1 to 100 pages the best page brings the right one up (docs/decisions/0014).

The pages are asked for of the first documents only. Those after them keep their order.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.fields import Mapped
from indexer.questions import Question
from indexer.search_query import SearchQuery, Sort


@dataclass(frozen=True, slots=True)
class BestPage:
    """weight: of a page's score beside the document's. documents: how many of the first are ranked so."""

    documents: int
    weight: float
    fewest_pages = 2  # what has one page is its own best page

    def placed(self, score: float, page: float | None) -> float:
        """The document's score with that of its best page.

        An entry of one page or none, such as a project's own, is its own best page: so short papers keep their order.
        """
        return score + self.weight * (score if page is None else page)

    def after(self, score: float) -> float:
        """Of what comes after the first documents; never more than what `placed` gives those before it."""
        return score


@dataclass(frozen=True, slots=True)
class MostPages:
    """By the number of pages that hold a word of the question, then by score."""

    documents: int
    fewest_pages = 1

    def placed(self, score: float, pages: float | None) -> float:
        return (pages or 0) + score / (1 + score)

    def after(self, score: float) -> float:
        return -1 / (1 + score)


PageRule = BestPage | MostPages


def page_rule(mapped: Mapped, asked: Question, sort: Sort) -> PageRule | None:
    """None where pages do not matter, or the index was built for a mapping from before they did."""
    first = mapped.ranking
    if "best_page" not in first or not asked.ranks or not asked.on_pages:
        return None
    if sort is Sort.RELEVANCE and first["best_page"]:
        return BestPage(int(first["best_page_documents"]), first["best_page"])
    return MostPages(int(first["most_pages_documents"])) if sort is Sort.PAGES else None


def sort_of(query: SearchQuery, asked: Question) -> Sort:
    """Where no hit can be better than another the newest come first."""
    if query.sort not in {Sort.RELEVANCE, Sort.PAGES}:
        return query.sort
    if not asked.ranks:
        return Sort.NEWEST
    return query.sort if asked.on_pages else Sort.RELEVANCE
