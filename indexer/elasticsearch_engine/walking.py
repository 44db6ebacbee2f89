"""Every hit of a question, fetched in portions of one moment's view of the index."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from indexer.elasticsearch_engine.page_hits import best_found, best_pages_body, page_counts_body, page_counts_found
from indexer.elasticsearch_engine.ranked import Lists
from indexer.elasticsearch_engine.translate import Translator
from indexer.page_evidence import BestPage, PageRule, page_rule
from indexer.questions import Question
from indexer.search_query import Sort
from indexer.walking import Listed

Hits = list[dict[str, Any]]


class Asking(Protocol):
    """What a walk needs of the server."""

    def portions(self, body: dict[str, Any]) -> Iterator[Hits]:
        """All hits of a body, some thousands at a time."""

    def pages(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer of the pages' part of the index."""


@dataclass(frozen=True, slots=True)
class Walking:
    lists: Lists
    make_pages: Translator
    asked: Question
    asking: Asking

    def listed(self) -> Listed:
        listed, page_counts = Listed(), array("q")
        scored = self.lists.sort is Sort.RELEVANCE
        by_score = scored or self.lists.sort is Sort.PAGES
        for hits in self.asking.portions(self.lists.everything()):
            for hit in hits:
                score = float(hit["sort"][0]) if by_score else 0.0
                listed.add(self.lists.number(hit), hit["fields"]["group"][0], score)
                page_counts.append(hit["fields"]["page_count"][0])
        if rule := page_rule(self.lists.make.mapped, self.asked, self.lists.sort):
            self._lift(rule, listed, page_counts)
        if not scored:
            listed.scores[:] = array("d", bytes(8 * len(listed.scores)))
        return listed

    def _lift(self, rule: PageRule, listed: Listed, page_counts: array[int]) -> None:
        """Puts the entries before the last of the first documents into the rule's order."""
        end = listed.until_documents(rule.documents)
        told = self._told_of_pages(
            rule,
            [
                listed.ids[at]
                for at in range(end)
                if page_counts[at] >= rule.fewest_pages and not listed.is_own_entry(at)
            ],
        )
        placed = [rule.placed(listed.scores[at], told.get(listed.ids[at])) for at in range(end)]
        listed.reorder(sorted(range(end), key=lambda at: (-placed[at], listed.ids[at])), placed)

    def _told_of_pages(self, rule: PageRule, documents: list[int]) -> dict[int, float]:
        best = isinstance(rule, BestPage)
        body = (best_pages_body if best else page_counts_body)(self.make_pages, self.asked, documents)
        return (best_found if best else page_counts_found)(self.asking.pages(body)) if body else {}
