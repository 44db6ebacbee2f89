"""Hits of a question in their order, and the projects that they stand in."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import compress, groupby, islice
from operator import eq
from typing import Any

import tantivy
from tantivy import Order, Query

from indexer.page_evidence import PageRule
from indexer.search_query import Sort
from indexer.search_result import DocumentHit, Grouped, ProjectHit
from indexer.tantivy_engine import titles
from indexer.tantivy_engine.page_hits import Looked
from indexer.walking import Listed

Hit = tuple[Any, tantivy.DocAddress]


@dataclass(frozen=True)
class Ranked:
    """Hits, best first, ties by id: a hit's number stands for it in each list. keys: scores, dates or titles.

    A question may have twenty thousand hits and a page shows ten projects, so mostly only the first are fetched: then
    it is not `whole`. What is done with each is done by C code (Counter, compress). looked: the pages that gave some of
    these hits their place.
    """

    keys: list[Any]
    addresses: list[tantivy.DocAddress]
    ids: list[int]
    groups: list[int]
    scored: bool
    searcher: tantivy.Searcher = field(repr=False)
    whole: bool = True
    looked: Looked | None = None

    @cached_property
    def _of_group(self) -> Counter[int]:
        return Counter(self.groups)

    def grouped(self) -> Grouped:
        return Grouped.of(self._of_group)

    def until_documents(self, count: int) -> int | None:
        """How many hits there are up to and with document number `count`; None where these hits do not tell."""
        documents = (number for number in range(len(self.ids)) if not self._is_own_entry(number))
        last = next(islice(documents, count - 1, None), None)
        if last is None:
            return len(self.ids) if self.whole else None
        return last + 1

    def by_pages(self, end: int, rule: PageRule, told: Mapping[int, float]) -> Ranked:
        """The same hits, the first `end` of them put in the order of the rule. told: what it asks of their pages."""
        placed = [rule.placed(float(self.keys[number]), told.get(self.ids[number])) for number in range(end)]
        order = sorted(range(end), key=lambda number: (-placed[number], self.ids[number]))
        return self._reordered(order, [placed[number] for number in order])

    def with_pages(self, end: int, fewest: int) -> list[int]:
        """Ids of those of the first `end` with so many pages; a project's own entry has none."""
        counts: Any = self.searcher.fast_field_values("page_count", self.addresses[:end])
        return list(compress(self.ids, map(fewest.__le__, counts)))

    def _reordered(self, order: Sequence[int], keys: list[Any]) -> Ranked:
        """The first hits in this order of their numbers, with these keys."""
        end = len(order)
        return replace(
            self,
            keys=keys + self.keys[end:],
            addresses=[self.addresses[number] for number in order] + self.addresses[end:],
            ids=[self.ids[number] for number in order] + self.ids[end:],
            groups=[self.groups[number] for number in order] + self.groups[end:],
        )

    def settled(self) -> Ranked:
        """With ties in the order of their ids."""
        if not any(map(eq, self.keys, islice(self.keys, 1, None))):
            return self
        tied = groupby(range(len(self.keys)), self.keys.__getitem__)
        return self._reordered([one for _, some in tied for one in sorted(some, key=self.ids.__getitem__)], self.keys)

    def _is_own_entry(self, number: int) -> bool:
        return self.ids[number] == self.groups[number]

    def first_groups(self, count: int) -> list[int] | None:
        """Groups among which the first `count` of all are: all that begin before that many have shown a document.

        An own entry counts only where none of its project's documents is a hit, which others than these hits may tell.
        None where these hits tell of too few.
        """
        begun: dict[int, None] = {}
        sure: set[int] = set()
        for number, group in enumerate(self.groups):
            begun.setdefault(group)
            if not self._is_own_entry(number):
                sure.add(group)
                if len(sure) >= count:
                    return list(begun)
        return None

    def joined(self, others: Ranked) -> Ranked:
        """These hits, and after them those of the others that are not among them."""
        known = set(self.ids)
        new = [number for number, one in enumerate(others.ids) if one not in known]
        return replace(
            self,
            keys=self.keys + [others.keys[number] for number in new],
            addresses=self.addresses + [others.addresses[number] for number in new],
            ids=self.ids + [others.ids[number] for number in new],
            groups=self.groups + [others.groups[number] for number in new],
        )

    def listed(self) -> Listed:
        """Every hit, as bare numbers."""
        scores = self.keys if self.scored else bytes(8 * len(self.keys))
        return Listed(array("q", self.ids), array("q", self.groups), array("d", scores))

    def page(self, first: int, count: int) -> tuple[ProjectHit, ...]:
        """The groups number `first` to `first + count`, each with its documents."""
        wanted = list(islice(self._in_groups(), first, first + count))
        members: dict[int, list[int]] = {group: [] for group in wanted}
        for number in compress(range(len(self.groups)), map(members.__contains__, self.groups)):
            members[self.groups[number]].append(number)
        return tuple(self._project(group, members[group]) for group in wanted)

    def _in_groups(self) -> Iterator[int]:
        """In the order of their best document, or of their own entry where no document is a hit."""
        seen: set[int] = set()
        for number, group in enumerate(self.groups):
            if group not in seen and (not self._is_own_entry(number) or self._of_group[group] == 1):
                seen.add(group)
                yield group

    def _project(self, group: int, members: list[int]) -> ProjectHit:
        documents = tuple(
            DocumentHit(self.ids[number], self._score(number)) for number in members if not self._is_own_entry(number)
        )
        return ProjectHit(max(group, 0), documents[0].score if documents else self._score(members[0]), documents)

    def _score(self, number: int) -> float:
        return float(self.keys[number]) if self.scored else 0.0


def rank(searcher: tantivy.Searcher, query: Query, sort: Sort, most: int = 0) -> Ranked:
    """The first `most` hits but for those that are tied with the last; all hits where there are fewer, or most is 0."""
    every = max(1, searcher.num_docs)
    limit = min(most, every) if most else every
    hits = _hits(searcher, query, sort, limit)
    whole = len(hits) < limit or limit == every
    if not whole:
        del hits[next(number for number, hit in enumerate(hits) if hit[0] == hits[-1][0]) :]
    addresses = [address for _, address in hits]
    ids: Any = searcher.fast_field_values("id", addresses)
    groups: Any = searcher.fast_field_values("group", addresses)
    return Ranked([key for key, _ in hits], addresses, ids, groups, sort is Sort.RELEVANCE, searcher, whole).settled()


def _hits(searcher: tantivy.Searcher, query: Query, sort: Sort, limit: int) -> list[Hit]:
    if sort in {Sort.RELEVANCE, Sort.PAGES}:
        return searcher.search(query, limit, count=False, weight_by_field="weight").hits
    if sort is Sort.TITLE:
        every = max(1, searcher.num_docs)
        return _by_title(searcher, searcher.search(query, every, count=False).hits, limit)
    if sort is Sort.OLDEST:
        return _oldest(searcher, query, limit)
    return _by_date(searcher, query, limit, Order.Desc)


def _oldest(searcher: tantivy.Searcher, query: Query, limit: int) -> list[Hit]:
    """What has no known date, which is 0 there, comes last: where there is any, all hits are fetched."""
    first = _by_date(searcher, query, limit, Order.Asc)
    if not first or first[0][0]:
        return first
    every = _by_date(searcher, query, max(1, searcher.num_docs), Order.Asc)
    return sorted(every, key=lambda hit: not hit[0])[:limit]


def _by_date(searcher: tantivy.Searcher, query: Query, limit: int, order: Order) -> list[Hit]:
    return searcher.search(query, limit, count=False, order_by_field="sort_date", order=order).hits


def _by_title(searcher: tantivy.Searcher, hits: list[Hit], limit: int) -> list[Hit]:
    addresses = [address for _, address in hits]
    keys = titles.keys(searcher, addresses)
    return [(keys[number], addresses[number]) for number in sorted(range(len(keys)), key=keys.__getitem__)[:limit]]
