"""One question, answered on one searcher: reading, hits, counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

import tantivy

from indexer.cross import Axes, Cross, crossed, limits
from indexer.fields import facets
from indexer.page_evidence import sort_of
from indexer.questions import Question
from indexer.search_query import FEWEST_FOR_ALL_WORDS, Reading, SearchQuery, Sort
from indexer.search_result import Counted, Grouped, SearchResult
from indexer.tantivy_engine.counts import Counter, asked_for_too_much
from indexer.tantivy_engine.crossing import Crossing
from indexer.tantivy_engine.listing import Listing
from indexer.tantivy_engine.page_hits import PageFinder
from indexer.tantivy_engine.ranked import rank
from indexer.tantivy_engine.translate import Part, Translator, together
from indexer.walking import Walk, walked


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
        return walked(asked.reading, self._listing(asked, self._found(asked)).all().listed())

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
        found = self._found(asked)
        listing = self._listing(asked, found)
        ranked = listing.until(first + self.query.projects_a_page)
        grouping = ranked.grouped if ranked.whole else self.beside.submit(self._grouped, found).result
        return SearchResult(
            projects=ranked.page(first, self.query.projects_a_page),
            reading=asked.reading,
            words=asked.words,
            ignored=asked.ignored,
            grouping=grouping,
            counting=counting.result,
            page_hits=partial(listing.pages.find, looked=ranked.looked),
        )

    def _grouped(self, found: list[Part]) -> Grouped:
        query = together(found)
        try:
            return self.counter.grouped(query)
        except ValueError as error:
            if not asked_for_too_much(error):
                raise
            return rank(self.searcher, query, Sort.RELEVANCE).grouped()

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

    def _listing(self, asked: Question, found: list[Part]) -> Listing:
        sort = sort_of(self.query, asked)
        return Listing(self.searcher, self.translator, self.pages(asked), sort, asked, found)

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
