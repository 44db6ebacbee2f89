"""A list made of its first hits and the shown projects' members is the one that is made of every hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest

from indexer import IndexEntry, Question, SearchEngine, SearchResult, Sort
from indexer.fields import Mapped
from indexer.page_evidence import PageRule, page_rule
from indexer.tantivy_engine import listing
from indexer.tantivy_engine.counts import MOST_BUCKETS
from indexer.tantivy_engine.page_hits import PageFinder
from tests.contract.bank import ask, document, ids, project, write
from tests.contract.conftest import NewIndexes, indexes

__all__ = ["indexes"]

PROJECTS = range(1001, 1021)
QUESTIONS = ("stöd", "stöd vård", "stöd barn", "vård -barn", "")


def _pages(random: Random) -> list[str]:
    words = ("stöd", "vård", "barn", "annat")
    return [" ".join(random.choices(words, k=random.randint(1, 6))) for _ in range(random.randint(1, 3))]


def _bank() -> list[IndexEntry]:
    """In no order of their ids, as a bank has them where entries were written again."""
    random, entries = Random(6), list(_entries())
    random.shuffle(entries)
    return entries


def _entries() -> Iterator[IndexEntry]:
    """Documents of which many are alike, of twenty projects or none, and own entries of most of the projects."""
    random = Random(6)
    for number in range(1, 121):
        group = random.choice((0, *PROJECTS))
        yield document(number, *_pages(random), project=group, date=20200101 + random.randint(0, 9))
    for number in PROJECTS[:-4]:
        yield project(number, random.choice(("stöd", "vård barn", "annat")), date=20200101 + random.randint(0, 9))


def _of_five_documents(mapped: Mapped, asked: Question, sort: Sort) -> PageRule | None:
    rule = page_rule(mapped, asked, sort)
    return rule and replace(rule, documents=5)


def _told(result: SearchResult) -> tuple[object, ...]:
    groups = [(group.project_id, [one.document_id for one in group.documents]) for group in result.projects]
    scores = [round(one.score, 3) for group in result.projects for one in group.documents]
    return groups, scores, result.total_projects, result.total_groups, result.total, result.found


@pytest.fixture
def engine(indexes: NewIndexes) -> Iterator[SearchEngine]:
    with indexes.opened("tantivy") as engine:
        yield engine


def test_first_hits_give_the_list_of_all(engine: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(engine, *_bank())
    monkeypatch.setattr(listing, "page_rule", _of_five_documents)
    for text, sort, page in product(QUESTIONS, Sort, (1, 2, 4, 9)):
        query = ask(text, sort=sort, page=page, projects_a_page=3)
        monkeypatch.setattr(listing, "FIRST_HITS", 10**9)
        whole = _told(engine.search(query))
        for first in (1, 8, 14, 30, 70):
            monkeypatch.setattr(listing, "FIRST_HITS", first)
            assert _told(engine.search(query)) == whole


def test_more_projects_than_are_counted_at_once_are_counted(engine: SearchEngine) -> None:
    """Each of the many is a document without project, which stands for itself in the list."""
    many = MOST_BUCKETS + 1
    write(engine, *(document(n, "stöd") for n in range(1, many + 1)))
    write(engine, document(PROJECTS[0] + many, "vård", project=PROJECTS[0] + 2 * many), document(many + 1, "vård"))

    assert engine.search(ask("stöd")).grouped == (0, many, False)
    assert engine.search(ask("vård")).grouped == (1, 2, False)
    assert engine.search(ask("stöd OR vård")).grouped == (1, many + 2, False)


def test_result_tells_the_pages_of_its_documents_as_the_engine_does(engine: SearchEngine) -> None:
    """Those that were looked at for the ranking, and those that were not: documents of one page, and far down ones."""
    pages = [("stöd " * n + "annat", "annat", "stöd") for n in range(1, 6)]
    write(engine, *(document(n, *some, project=100) for n, some in enumerate(pages, 1)), document(7, "stöd"))
    write(engine, document(8, "annat", "annat", title="stöd"), project(100, "stöd"))
    write(engine, *(document(n, "stöd annat", "stöd " + "annat " * n, project=100) for n in range(200, 310)))
    query = ask("stöd")
    result = engine.search(query)
    listed = ids(result)
    told, asked = result.page_hits(listed), engine.page_hits(query, listed)

    assert {*range(1, 6), 7, 8, *range(200, 310)} == set(listed)
    assert set(told) == set(listed) - {8}
    assert {one: [page.number for page in hits] for one, hits in told.items()} == {
        one: [page.number for page in hits] for one, hits in asked.items()
    }
    for one, hits in asked.items():
        assert [page.score for page in told[one]] == pytest.approx([page.score for page in hits])


def test_pages_that_gave_documents_their_place_are_not_asked_for_again(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(engine, document(1, "stöd", "annat", "stöd stöd"), document(2, "annat", "annat", title="stöd"))
    result = engine.search(ask("stöd"))
    asked: list[Sequence[int]] = []
    monkeypatch.setattr(PageFinder, "_of", lambda _, documents: asked.append(documents))

    assert {one: [page.number for page in hits] for one, hits in result.page_hits([2, 1]).items()} == {1: [3, 1]}
    assert asked == [[]]
