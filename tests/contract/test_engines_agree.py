"""Random banks and questions, asked of all engines on fresh indexes: one question has one answer."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indexer import DocumentHit, IndexEntry, PageHit, SearchQuery, SearchResult, Sort
from tests.contract.bank import document, project, write
from tests.contract.conftest import ENGINES, NewIndexes
from tests.contract.model import Asked
from tests.contract.test_model import facets, queries, questions

TOLERANCE = 1e-4  # scores are sums of 32-bit numbers, added in another order
WORDS = (
    "stöd", "stödet", "vård", "vården", "barn", "boende", "boendet", "samtal", "café", "och", "annat", "bostad",
    "boendestöd", "hemtjänstprojekt", "hemtjänsten", "hem", "tjänst", "missbruksvård", "missbruk",
)  # fmt: skip
TITLES = ("", "Stöd i boendet", "Östermalm", "Vård", "ängen", "Barn och samtal")

long_text = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
asked_of_all = st.builds(
    lambda question, query, sort, size: (question, replace(query, sort=sort, projects_a_page=size)),
    questions,
    queries,
    st.sampled_from(Sort),
    st.sampled_from((2, 100)),
)


@st.composite
def banks(draw: st.DrawFn) -> list[IndexEntry]:
    """Up to 25 entries, short and long ones, with and without each text."""
    entries: list[IndexEntry] = []
    for number in range(1, draw(st.integers(1, 20)) + 1):
        described: dict[str, Any] = {
            name: draw(long_text) for name in draw(st.sets(st.sampled_from(("summary", "labels", "running"))))
        }
        described |= {
            "title": draw(st.sampled_from(TITLES)),
            "project": draw(st.sampled_from((0, 100, 200, 300, 400))),
            "facets": draw(facets) | {"document_type": draw(st.sampled_from((["slutrapport"], ["delrapport"], [])))},
            "audience": draw(st.sampled_from((["public"], ["staff"], ["public", "staff", "editors"]))),
            "year": draw(st.sampled_from((0, 1990, 2018, 2019, 2020, 2026))),
            "date": draw(st.sampled_from((0, 20180101, 20200601))),
        }
        entries.append(document(number, *draw(st.lists(long_text, max_size=4)), **described))
    own = [
        project(
            number, draw(st.sampled_from(TITLES)), summary=draw(long_text), facets=draw(facets), audience=["public"]
        )
        for number in draw(st.sets(st.sampled_from((100, 200, 300, 400, 500, 600))))
    ]
    return [*entries, *own]


@settings(
    max_examples=15,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(entries=banks(), asked=st.lists(asked_of_all, min_size=12, max_size=12))
def test_engines_answer_the_same_question_alike(
    indexes: NewIndexes, entries: list[IndexEntry], asked: list[tuple[Asked, SearchQuery]]
) -> None:
    with ExitStack() as stack:
        first, *others = [stack.enter_context(indexes.opened(name)) for name in ENGINES]
        for engine in (first, *others):
            write(engine, *entries)
        documents = [entry.id for entry in entries if entry.kind == "document"]
        for question, untyped in asked:
            query = replace(untyped, text=question.typed())
            answer, pages = first.search(query), first.page_hits(query, documents)
            deeper = replace(query, page=2, reading=answer.reading)
            for other in others:
                check_alike(answer, other.search(query), query.sort)
                check_alike(first.search(deeper), other.search(deeper), query.sort)
                check_pages(pages, other.page_hits(query, documents))


def check_alike(one: SearchResult, other: SearchResult, sort: Sort) -> None:
    def bare(result: SearchResult) -> tuple[object, ...]:
        """All but the hits, whose scores differ."""
        found = result.total_projects, result.total_groups, result.projects_approximate
        return result.counted, result.reading, result.words, result.ignored, found

    assert bare(one) == bare(other)
    if sort is Sort.RELEVANCE:
        check_order([(p.project_id or p.documents[0].document_id, p.score) for p in one.projects],
                    [(p.project_id or p.documents[0].document_id, p.score) for p in other.projects])  # fmt: skip
        members = {p.project_id: p.documents for p in other.projects if p.project_id}
        for group in one.projects:
            if group.project_id in members:
                check_order(told(group.documents), told(members[group.project_id]))
    else:
        assert one.projects == other.projects


def told(documents: tuple[DocumentHit, ...]) -> list[tuple[int, float]]:
    return [(hit.document_id, hit.score) for hit in documents]


def check_pages(one: Any, other: Any) -> None:
    assert one.keys() == other.keys()
    for number, hits in one.items():
        theirs: list[PageHit] = other[number]
        check_order([(h.number, h.score) for h in hits], [(h.number, h.score) for h in theirs])


def check_order(one: list[tuple[int, float]], other: list[tuple[int, float]]) -> None:
    """The same scores place by place, and the same ids wherever neighbours' scores differ."""
    assert [score for _, score in one] == pytest.approx([score for _, score in other], rel=TOLERANCE, abs=1e-6)
    for here, there in zip(alike(one), alike(other), strict=True):
        assert here == there


def alike(hits: list[tuple[int, float]]) -> list[set[int]]:
    """Ids in their order, those of which the scores hardly differ together; the last may go on beyond the page."""
    groups: list[set[int]] = []
    last = float("inf")
    for number, score in hits:
        if not groups or last - score > TOLERANCE * abs(last):
            groups.append(set())
        groups[-1].add(number)
        last = score
    return groups


def test_comparison_tells_another_order_from_the_same() -> None:
    check_order([(1, 2.0), (2, 1.00001), (3, 1.0)], [(1, 2.0), (3, 1.00001), (2, 1.0)])
    with pytest.raises(AssertionError):
        check_order([(1, 2.0), (2, 1.5)], [(2, 2.0), (1, 1.5)])
