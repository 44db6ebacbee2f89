"""One question, answered on one searcher: reading, hits, counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import tantivy
from tantivy import Query

from indexer.cross import Axes, Cross, crossed, limits
from indexer.fields import facets
from indexer.page_evidence import MostPages, PageRule, page_rule, sort_of
from indexer.question import Question
from indexer.search_query import FEWEST_FOR_ALL_WORDS, Reading, SearchQuery
from indexer.search_result import Counted, Grouped, SearchResult
from indexer.tantivy_engine.counts import MOST_BUCKETS, Counter
from indexer.tantivy_engine.crossing import Crossing
from indexer.tantivy_engine.page_hits import PageFinder
from indexer.tantivy_engine.ranked import Ranked, rank
from indexer.tantivy_engine.translate import Part, Translator, any_of, together, within
from indexer.walking import Walk, walked

_FIRST_HITS: Final = 500  # of which pages give the first documents a place, and the first groups are told


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything is asked of one searcher, so that hits and counts tell of the same moment."""

    searcher: tantivy.Searcher
    translator: Translator
    counter: Counter
    pages: Callable[[Question], PageFinder]
    beside: Executor
    query: SearchQuery

    def to(self, question: Question, first: int) -> SearchResult:
        """The result with its projects from number `first`."""
        asked = question.read_as(self._reading(question))
        result = self._result(asked, first)
        if not result.found and self._only_alike(asked):
            return self._result(question.read_as(Reading.ALIKE), first)
        return result

    def crossed(self, question: Question, axes: Axes) -> Cross:
        asked = self._read(question)
        crossing = Crossing(self.searcher, self.translator, axes, self._found(asked))
        limited = limits(axes, self.query, crossing.documents_by_key)
        return crossed(axes, self.query, asked.reading, replace(crossing, limited=limited).tally(), limited)

    def walked(self, question: Question) -> Walk:
        asked = self._read(question)
        return walked(asked.reading, self._ranked(asked, self.pages(asked)).listed())

    def _read(self, question: Question) -> Question:
        """As `to` reads it."""
        asked = question.read_as(self._reading(question))
        if not self._finds(self._found(asked)) and self._only_alike(asked):
            return question.read_as(Reading.ALIKE)
        return asked

    def _only_alike(self, asked: Question) -> bool:
        """Whether this person may see nothing that holds any of the words, but words like them."""
        if self.query.reading is not Reading.AUTO or not asked.alike_words:
            return False
        return self._finds(self._before(asked.read_as(Reading.ALIKE))) and not self._finds(self._before(asked))

    def _finds(self, found: list[Part]) -> bool:
        return bool(self.searcher.search(together(found), 1, count=False).hits)

    def _before(self, asked: Question) -> list[Part]:
        """The question and who asks, without the filters."""
        return [*self.translator.matching(asked), *self.translator.visible(self.query)]

    def _found(self, asked: Question) -> list[Part]:
        return [*self._before(asked), *self.translator.chosen(self.query)]

    def _result(self, asked: Question, first: int) -> SearchResult:
        """The counting goes on in other threads, until someone asks for a count."""
        counting = self.beside.submit(self._counted, asked)
        pages = self.pages(asked)
        ranked = self._until(asked, pages, first + self.query.projects_a_page)
        grouping = ranked.grouped if ranked.whole else self.beside.submit(self._grouped, asked).result
        return SearchResult(
            projects=ranked.page(first, self.query.projects_a_page),
            reading=asked.reading,
            words=asked.words,
            ignored=asked.ignored,
            grouping=grouping,
            counting=counting.result,
            page_hits=partial(pages.find, looked=ranked.looked),
        )

    def _grouped(self, asked: Question) -> Grouped:
        if self.searcher.num_docs > MOST_BUCKETS:
            return self._rank(asked, together(self._found(asked))).grouped()
        return self.counter.grouped(together(self._found(asked)))

    def _counted(self, asked: Question) -> Counted:
        counts = self.counter.all(asked, self.query)
        others = self._other_readings(asked)
        return Counted(
            total=counts.total,
            facets={facet.name: counts.facets.get(facet.name, {}) for facet in facets()},
            years=counts.years,
            all_words=others.get(Reading.ALL),
            any_words=others.get(Reading.ANY),
            exact_words=others.get(Reading.EXACT),
            unfiltered_total=None if counts.total else self._unfiltered_total(asked),
        )

    def _reading(self, question: Question) -> Reading:
        """The rule of ten: all words where enough documents that this person may see hold them, else any word."""
        reading = question.readable_as(self.query.reading)
        if reading is not Reading.AUTO:
            return reading
        with_all = self.counter.total(question.read_as(Reading.ALL), self._unfiltered)
        return Reading.ALL if with_all >= FEWEST_FOR_ALL_WORDS else Reading.ANY

    def _until(self, asked: Question, pages: PageFinder, last: int) -> Ranked:
        """In their order as many hits as tell which are the first `last` groups, and all hits of these groups."""
        query = self._query(asked)
        placed = self._placed(asked, pages, self._rank(asked, query, _FIRST_HITS))
        if placed is None or placed.whole:
            return placed or self._ranked(asked, pages)
        groups = placed.first_groups(last)
        if groups is None:
            return self._ranked(asked, pages)
        return placed.joined(self._rank(asked, self._of_groups(groups, query)))

    def _ranked(self, asked: Question, pages: PageFinder) -> Ranked:
        """All hits in their order."""
        every = self._rank(asked, self._query(asked))
        return self._placed(asked, pages, every) or every

    def _query(self, asked: Question) -> Query:
        return self.translator.ranked(self._found(asked), asked)

    def _of_groups(self, groups: list[int], query: Query) -> Query:
        return within([any_of([self.translator.term("group", group) for group in groups])], query)

    def _rank(self, asked: Question, query: Query, most: int = 0) -> Ranked:
        """As hits are ranked before their pages are asked; 0 for all."""
        return rank(self.searcher, query, sort_of(self.query, asked), most)

    def _rule(self, asked: Question) -> PageRule | None:
        return page_rule(self.translator.mapped, asked, sort_of(self.query, asked))

    def _placed(self, asked: Question, pages: PageFinder, ranked: Ranked) -> Ranked | None:
        """In the order of their pages; None where there are too few hits for it."""
        rule = self._rule(asked)
        if rule is None:
            return ranked
        end = ranked.until_documents(rule.documents)
        if end is None:
            return None
        documents = ranked.with_pages(end, rule.fewest_pages)
        if isinstance(rule, MostPages):
            return ranked.by_pages(end, rule, pages.counts(documents))
        looked = pages.best(documents)
        return replace(ranked.by_pages(end, rule, looked.best()), looked=looked)

    def _other_readings(self, asked: Question) -> dict[Reading, int]:
        others = [reading for reading in asked.readings if reading is not asked.reading]
        return {reading: self.counter.total(asked.read_as(reading), self.query) for reading in others}

    @property
    def _unfiltered(self) -> SearchQuery:
        return SearchQuery(audience=self.query.audience, today=self.query.today)

    def _unfiltered_total(self, asked: Question) -> int | None:
        """What the question finds without filters; None where there are none."""
        if not self.query.has_filters:
            return None
        return self.counter.total(asked, self._unfiltered)
