"""Hits of a question in their order, and the projects that they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, groupby
from typing import Any

import tantivy
from tantivy import Order, Query

from indexer.page_evidence import PageRule
from indexer.search_query import Sort
from indexer.search_result import DocumentHit, Grouped, ProjectHit
from indexer.tantivy_engine import titles
from indexer.walking import Listed

Hit = tuple[Any, tantivy.DocAddress]
_PORTION = 256  # hits whose ids are fetched at once


class Ids(dict[int, int]):
    """Ids by a hit's number, fetched in portions: of twenty thousand hits a page looks at some hundreds."""

    def __init__(self, searcher: tantivy.Searcher, hits: list[Hit], known: Iterable[tuple[int, int]] = ()) -> None:
        super().__init__(known)
        self._searcher, self._hits = searcher, hits

    def __missing__(self, number: int) -> int:
        start = number - number % _PORTION
        self.fetch(range(start, min(start + _PORTION, len(self._hits))))
        return self[number]

    def fetch(self, numbers: Iterable[int]) -> None:
        """All of them at once, for whoever goes on to ask for each."""
        wanted = [number for number in numbers if number not in self]
        found: Any = self._searcher.fast_field_values("id", [self._hits[number][1] for number in wanted])
        self.update(zip(wanted, found, strict=True))


@dataclass(frozen=True)
class Ranked:
    """Hits, best first: a hit's number stands for it. What is sorted by is a score, date or title.

    A question may have twenty thousand hits and a page shows ten projects, so mostly only the first are fetched, all
    that are tied among them: then it is not `whole`. What is done with each is done by C code (Counter, compress), and
    ties are put in order of their ids only as far as the page reaches.
    """

    hits: list[Hit]
    ids: Ids
    groups: list[int]
    scored: bool
    searcher: tantivy.Searcher = field(repr=False)
    whole: bool = True

    @cached_property
    def _of_group(self) -> Counter[int]:
        return Counter(self.groups)

    def grouped(self) -> Grouped:
        return Grouped.of(self._of_group)

    def reaches(self, documents: int) -> bool:
        """Whether as many documents are among these hits, or all that there are."""
        if self.whole:
            return True
        first = [number for number in self._until_documents(documents) if not self._is_own_entry(number)]
        return len(first) >= documents

    def first_groups(self, count: int) -> list[int] | None:
        """Groups among which the first `count` of all are: all that begin before that many have shown a document.

        An own entry counts only where none of its project's documents is a hit, which others than these hits may tell.
        None where these hits tell of too few.
        """
        begun: dict[int, None] = {}
        sure: set[int] = set()
        for number in self._in_order(range(len(self.hits))):
            begun.setdefault(self.groups[number])
            if not self._is_own_entry(number):
                sure.add(self.groups[number])
                if len(sure) >= count:
                    return list(begun)
        return None

    def joined(self, others: Ranked) -> Ranked:
        """These hits, and after them those of the others that are not among them."""
        known = {self.ids[number] for number in range(len(self.hits))}
        new = [number for number in range(len(others.hits)) if others.ids[number] not in known]
        hits = self.hits + [others.hits[number] for number in new]
        groups = self.groups + [others.groups[number] for number in new]
        return replace(self, hits=hits, ids=Ids(self.searcher, hits), groups=groups)

    def by_pages(self, rule: PageRule, told_of: Callable[[list[int]], Mapping[int, float]]) -> Ranked:
        """The same hits, those before the last of the first documents put in the rule's order.

        `told_of` gives what the rule wants to know of the pages of some documents.
        """
        first = list(self._until_documents(rule.documents))
        told = told_of(self._with_pages(first, rule.fewest_pages))
        scores = {number: rule.placed(float(self.hits[number][0]), told.get(self.ids[number])) for number in first}
        order = sorted(first, key=lambda number: (-scores[number], self.ids[number]))
        end = max(first, default=-1) + 1
        order += [number for number in range(end) if number not in scores]  # tied with the last, but not among them
        hits = [(scores.get(number, self.hits[number][0]), self.hits[number][1]) for number in order]
        hits += self.hits[end:]
        groups = [self.groups[number] for number in order] + self.groups[end:]
        ids = Ids(self.searcher, hits, enumerate(map(self.ids.__getitem__, order)))
        return replace(self, hits=hits, ids=ids, groups=groups)

    def _with_pages(self, numbers: list[int], fewest: int) -> list[int]:
        """Ids; a project's own entry has no pages."""
        counts: Any = self.searcher.fast_field_values("page_count", [self.hits[number][1] for number in numbers])
        return [self.ids[number] for number, count in zip(numbers, counts, strict=True) if count >= fewest]

    def _until_documents(self, count: int) -> Iterator[int]:
        for number in self._in_order(range(len(self.hits))):
            yield number
            count -= not self._is_own_entry(number)
            if not count:
                return

    def _is_own_entry(self, number: int) -> bool:
        return self.ids[number] == self.groups[number]

    def listed(self) -> Listed:
        """Every hit in its order, as bare numbers."""
        listed = Listed()
        self.ids.fetch(range(len(self.hits)))
        for number in self._in_order(range(len(self.hits))):
            listed.add(self.ids[number], self.groups[number], self._score(number))
        return listed

    def page(self, first: int, count: int) -> tuple[ProjectHit, ...]:
        """The groups number `first` to `first + count`, each with its documents."""
        wanted = self._first_groups(first + count)[first:]
        members: dict[int, list[int]] = {group: [] for group in wanted}
        numbers = list(compress(range(len(self.groups)), map(members.__contains__, self.groups)))
        self.ids.fetch(numbers)
        for number in self._in_order(numbers):
            members[self.groups[number]].append(number)
        versions = self._versions(numbers)
        return tuple(self._project(group, members[group], versions) for group in wanted)

    def _first_groups(self, count: int) -> list[int]:
        """In the order of their best document, or of their own entry where no document is a hit."""
        seen: dict[int, None] = {}
        for number in self._in_order(range(len(self.hits))):
            group = self.groups[number]
            if not self._is_own_entry(number) or self._of_group[group] == 1:
                seen.setdefault(group)
                if len(seen) >= count:
                    break
        return list(seen)

    def _in_order(self, numbers: range | list[int]) -> Iterator[int]:
        """The engine's order, ties by id."""
        for _, tied in groupby(numbers, lambda number: self.hits[number][0]):
            yield from sorted(tied, key=self.ids.__getitem__)

    def _versions(self, numbers: list[int]) -> dict[int, int]:
        values = self.searcher.fast_field_values("version", [self.hits[number][1] for number in numbers])
        return {number: int(value or 0) for number, value in zip(numbers, values, strict=True)}

    def _project(self, group: int, members: list[int], versions: dict[int, int]) -> ProjectHit:
        documents = tuple(
            DocumentHit(self.ids[number], versions[number], self._score(number))
            for number in members
            if not self._is_own_entry(number)
        )
        return ProjectHit(max(group, 0), documents[0].score if documents else self._score(members[0]), documents)

    def _score(self, number: int) -> float:
        return float(self.hits[number][0]) if self.scored else 0.0


def rank(searcher: tantivy.Searcher, query: Query, sort: Sort, most: int = 0) -> Ranked:
    """Fetches what grouping needs of the first `most` hits, or of every hit."""
    all_of_them = max(1, searcher.num_docs)
    limit = min(most, all_of_them) if most and sort is not Sort.TITLE else all_of_them
    hits = _hits(searcher, query, sort, limit)
    whole = len(hits) < limit or limit == all_of_them
    if not whole:
        del hits[next(number for number, hit in enumerate(hits) if hit[0] == hits[-1][0]) :]
    groups: Any = searcher.fast_field_values("group", [address for _, address in hits])
    return Ranked(hits, Ids(searcher, hits), groups, sort is Sort.RELEVANCE, searcher, whole)


def _hits(searcher: tantivy.Searcher, query: Query, sort: Sort, limit: int) -> list[Hit]:
    if sort in {Sort.RELEVANCE, Sort.PAGES}:
        return searcher.search(query, limit, count=False, weight_by_field="weight").hits
    if sort is Sort.TITLE:
        return _by_title(searcher, searcher.search(query, limit, count=False).hits)
    order = Order.Desc if sort is Sort.NEWEST else Order.Asc
    return searcher.search(query, limit, count=False, order_by_field="sort_date", order=order).hits


def _by_title(searcher: tantivy.Searcher, hits: list[Hit]) -> list[Hit]:
    addresses = [address for _, address in hits]
    keys = titles.keys(searcher, addresses)
    return [(keys[number], addresses[number]) for number in sorted(range(len(keys)), key=keys.__getitem__)]
