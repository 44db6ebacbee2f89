"""One question, answered in two calls: what there is, then what that decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from indexer import fields
from indexer.elasticsearch_engine.counts import (
    Facets,
    Tally,
    estimate_body,
    estimate_of,
    one_body,
    tally_body,
    tally_of,
    total_body,
    total_of,
    years_of,
)
from indexer.elasticsearch_engine.page_hits import (
    best_found,
    best_pages_body,
    page_counts_body,
    page_counts_found,
)
from indexer.elasticsearch_engine.ranked import Lift, Lists, Shown, Window
from indexer.elasticsearch_engine.translate import Parts, Translator
from indexer.page_evidence import BestPage, PageRule, page_rule
from indexer.questions import Question
from indexer.search_query import FEWEST_FOR_ALL_WORDS, Reading, SearchQuery
from indexer.search_result import Counted, Grouped, SearchResult

Bodies = dict[str, dict[str, Any]]
Told = dict[str, dict[str, Any]]
_MEMBERS, _OWN, _ESTIMATE, _UNFILTERED, _PAGES = "members", "own", "estimate", "unfiltered", "pages"
_ANY, _ALIKE = "any", "alike"
_BOTH: Final = (Reading.ALL, Reading.ANY)


class Call(Protocol):
    """Sends bodies to both parts of the index together and gives each one's answer by the same name."""

    def __call__(self, documents: Bodies, pages: Bodies = ...) -> Told: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """The first call counts, and tells which projects and documents stand first.

    For both readings, where the rule of ten must decide: a list that waited for the decision would come a call later.
    The second asks for their documents and these documents' best pages, for projects of which nothing but their own
    entry is a hit, and for the facets where they had to wait for the reading. Only where nothing is found, more are
    made: whether words alike are there, and the same again for those.
    """

    make: Translator
    make_pages: Translator
    query: SearchQuery
    call: Call

    def to(self, question: Question, first: int) -> SearchResult:
        """The result with its projects from number `first`."""
        readings = self._candidates(question)
        told = self.call(self._first_call(question, readings, first + self.query.projects_a_page))
        asked = question.read_as(self._decided(told, readings))
        tally = tally_of(total_of(told[asked.reading]), told[_tally_name(asked.reading)])
        lift = Lift.of(self._rule(asked), told.get(_first_name(asked.reading)))
        window = Window.of(first, self.query.projects_a_page, tally.own_only)
        shown = Shown.of(window, self._lists(asked).sort, lift)
        told |= self.call(self._second_call(asked, tally, shown, told), self._pages_of(asked, shown))
        result = self._result(asked, tally, shown, told)
        if not result.found and self._only_alike(asked):
            return replace(self, query=replace(self.query, reading=Reading.ALIKE)).to(question, first)
        return result

    def _only_alike(self, asked: Question) -> bool:
        """Whether this person may see nothing that holds any of the words, but words like them."""
        if self.query.reading is not Reading.AUTO or not asked.alike_words:
            return False
        alike = asked.read_as(Reading.ALIKE)
        told = self.call({_ANY: one_body(self._before(asked)), _ALIKE: one_body(self._before(alike))})
        return bool(told[_ALIKE]["hits"]["hits"]) and not told[_ANY]["hits"]["hits"]

    def _candidates(self, question: Question) -> tuple[Reading, ...]:
        """What the question may be read as: one, unless the rule of ten is to decide."""
        reading = question.readable_as(self.query.reading)
        return _BOTH if reading is Reading.AUTO else (reading,)

    def _first_call(self, question: Question, readings: tuple[Reading, ...], last: int) -> Bodies:
        bodies: Bodies = {}
        for asked in map(question.read_as, readings):
            bodies[asked.reading] = self._lists(asked).heads(last)
            bodies[_tally_name(asked.reading)] = tally_body(self._found(asked))
            if rule := self._rule(asked):
                bodies[_first_name(asked.reading)] = self._lists(asked).first_documents(rule.documents)
        for other in map(question.read_as, question.readings):
            if other.reading not in readings:
                bodies[other.reading] = total_body(self._found(other))
        if len(readings) > 1:
            return bodies | self._unfiltered_body(question.read_as(Reading.ALL))
        return bodies | self._facets.bodies(self._before(question.read_as(readings[0])))

    def _decided(self, told: Told, readings: tuple[Reading, ...]) -> Reading:
        """The rule of ten: all words where enough documents that this person may see hold them, else any word."""
        if len(readings) == 1:
            return readings[0]
        with_all = total_of(told.get(_UNFILTERED) or told[Reading.ALL])
        return Reading.ALL if with_all >= FEWEST_FOR_ALL_WORDS else Reading.ANY

    def _second_call(self, asked: Question, tally: Tally, shown: Shown, told: Told) -> Bodies:
        bodies: Bodies = {}
        if groups := shown.groups(told[asked.reading]):
            bodies[_MEMBERS] = self._lists(asked).members(groups, tally.documents)
        if tally.own_only:
            most = min(tally.own_only, shown.window.last)
            bodies[_OWN] = self._lists(asked).own_entries(tally.with_documents, most)
        if len(self._candidates(asked)) > 1:
            bodies |= self._facets.bodies(self._before(asked))
        if tally.approximate:
            bodies[_ESTIMATE] = estimate_body(self._found(asked))
        return bodies if tally.documents else bodies | self._unfiltered_body(asked)

    def _pages_of(self, asked: Question, shown: Shown) -> Bodies:
        if shown.lift is None:
            return {}
        make_body = best_pages_body if isinstance(shown.lift.rule, BestPage) else page_counts_body
        body = make_body(self.make_pages, asked, shown.lift.with_pages)
        return {_PAGES: body} if body else {}

    def _told_of_pages(self, shown: Shown, told: Told) -> dict[int, float]:
        if shown.lift is None or _PAGES not in told:
            return {}
        return (best_found if isinstance(shown.lift.rule, BestPage) else page_counts_found)(told[_PAGES])

    def _rule(self, asked: Question) -> PageRule | None:
        return page_rule(self.make.mapped, asked, self._lists(asked).sort)

    def _unfiltered_body(self, asked: Question) -> Bodies:
        """What the question finds without filters; nothing to ask where there are none."""
        if not self.query.has_filters:
            return {}
        return {_UNFILTERED: total_body(self._before(asked))}

    def _result(self, asked: Question, tally: Tally, shown: Shown, told: Told) -> SearchResult:
        projects = estimate_of(told[_ESTIMATE]) if tally.approximate else tally.projects
        others = {r: total_of(told[r]) for r in asked.readings if r is not asked.reading}
        unfiltered = told.get(_UNFILTERED) if not tally.documents else None
        counted = Counted(
            total=tally.documents,
            facets={facet.name: self._facets.of(facet.name, told) for facet in fields.facets()},
            years=years_of(self._facets.of("year", told)),
            all_words=others.get(Reading.ALL),
            any_words=others.get(Reading.ANY),
            exact_words=others.get(Reading.EXACT),
            unfiltered_total=total_of(unfiltered) if unfiltered else None,
        )
        return SearchResult(
            projects=shown.projects(
                told[asked.reading], told.get(_OWN), told.get(_MEMBERS), self._told_of_pages(shown, told)
            ),
            reading=asked.reading,
            words=asked.words,
            ignored=asked.ignored,
            grouping=lambda: Grouped(projects, projects + tally.alone, tally.approximate),
            counting=lambda: counted,
        )

    @property
    def _facets(self) -> Facets:
        return Facets(self.make, self.query)

    def _lists(self, asked: Question) -> Lists:
        return Lists(self.make, self.query, asked, self._found(asked))

    def _before(self, asked: Question) -> Parts:
        return _before_filters(self.make, self.query, asked)

    def _found(self, asked: Question) -> Parts:
        return found_by(self.make, self.query, asked)


def found_by(make: Translator, query: SearchQuery, asked: Question) -> Parts:
    """What the question finds, for who asks, under the filters."""
    return _before_filters(make, query, asked) + make.chosen(query)


def _before_filters(make: Translator, query: SearchQuery, asked: Question) -> Parts:
    return make.matching(asked) + make.visible(query)


def _first_name(reading: Reading) -> str:
    return f"{reading} first documents"


def _tally_name(reading: Reading) -> str:
    return f"{reading} tally"
