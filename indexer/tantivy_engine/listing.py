"""The hits of a question in the order of its list, as far as they are shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import tantivy
from tantivy import Query

from indexer.page_evidence import MostPages, PageRule, page_rule
from indexer.questions import Question
from indexer.search_query import Sort
from indexer.tantivy_engine.page_hits import PageFinder
from indexer.tantivy_engine.ranked import Ranked, rank
from indexer.tantivy_engine.translate import Part, Translator, any_of, within

FIRST_HITS: Final = 350  # most often enough for the documents that pages give a place, and for the first groups
_A_PLACE: Final = 2  # hits for each document or group, at least: some are own entries, or of the same project


@dataclass(frozen=True)
class Listing:
    """found: the parts that decide what is a hit."""

    searcher: tantivy.Searcher
    translator: Translator
    pages: PageFinder
    sort: Sort
    asked: Question
    found: list[Part]

    def until(self, last: int) -> Ranked:
        """As many of the first hits as tell which are the first `last` groups, and all hits of these groups.

        Every hit would be an object, and a question may have twenty thousand: where the first ones tell of too few,
        all are fetched.
        """
        rule = self._rule
        most = max(FIRST_HITS, _A_PLACE * rule.documents if rule else 0)
        if _A_PLACE * last > most:
            return self.all()
        placed = self._placed(self._rank(self._query, most))
        if placed is None or placed.whole:
            return placed or self.all()
        groups = placed.first_groups(last)
        if groups is None:
            return self.all()
        return placed.joined(self._rank(self._of_groups(groups)))

    def all(self) -> Ranked:
        """Every hit."""
        every = self._rank(self._query)
        return self._placed(every) or every

    @cached_property
    def _query(self) -> Query:
        return self.translator.ranked(self.found, self.asked)

    @property
    def _rule(self) -> PageRule | None:
        return page_rule(self.translator.mapped, self.asked, self.sort)

    def _of_groups(self, groups: list[int]) -> Query:
        return within([any_of([self.translator.term("group", group) for group in groups])], self._query)

    def _rank(self, query: Query, most: int = 0) -> Ranked:
        """As hits are before their pages are asked; 0 for all."""
        return rank(self.searcher, query, self.sort, most)

    def _placed(self, ranked: Ranked) -> Ranked | None:
        """In the order of their pages; None where these are fewer hits than have a place by them."""
        rule = self._rule
        if rule is None:
            return ranked
        end = ranked.until_documents(rule.documents)
        if end is None:
            return None
        documents = ranked.with_pages(end, rule.fewest_pages)
        if isinstance(rule, MostPages):
            return ranked.by_pages(end, rule, self.pages.counts(documents))
        looked = self.pages.best(documents)
        return replace(ranked.by_pages(end, rule, looked.best()), looked=looked)
