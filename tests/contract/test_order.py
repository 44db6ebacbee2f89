"""The order of hits, their projects and their pages."""

from __future__ import annotations

import pytest

from indexer import DEEPEST_PROJECT, SearchEngine, Sort, TooDeep
from tests.contract.bank import ask, document, ids, project, write


def test_documents_of_a_project_stand_together_where_the_best_of_them_stands(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "vräkning " * 5, project=100),
        document(2, "vräkning " * 3 + "annat " * 3, project=200),
        document(3, "vräkning " + "annat " * 30, project=100),
    )
    result = engine.search(ask("vräkning"))

    assert [(p.project_id, [d.document_id for d in p.documents]) for p in result.projects] == [
        (100, [1, 3]),
        (200, [2]),
    ]
    assert result.projects[0].score == result.projects[0].documents[0].score > result.projects[1].score


def test_own_entry_of_a_project_counts_as_a_project_never_as_a_document(engine: SearchEngine) -> None:
    write(engine, project(100, "vräkning"), document(1, "annat", project=100), document(2, "vräkning", project=200))
    result = engine.search(ask("vräkning"))

    assert (result.total, result.total_projects) == (1, 2)
    assert {p.project_id: len(p.documents) for p in result.projects} == {100: 0, 200: 1}


def test_own_entry_does_not_lift_a_project_over_its_best_document(engine: SearchEngine) -> None:
    write(
        engine,
        project(100, "vräkning"),
        document(1, "vräkning " + "annat " * 50, project=100),
        document(2, "vräkning " * 5, project=200),
    )

    assert [p.project_id for p in engine.search(ask("vräkning")).projects] == [200, 100]


def test_document_without_project_stands_alone(engine: SearchEngine) -> None:
    write(engine, document(1, "ord"), document(2, "ord"))
    result = engine.search(ask("ord"))

    assert [(p.project_id, len(p.documents)) for p in result.projects] == [(0, 1), (0, 1)]
    assert (result.total, result.total_projects) == (2, 0)


def test_ties_are_broken_by_id(engine: SearchEngine) -> None:
    write(engine, *(document(n, "ord", title="samma", date=20200101) for n in (7, 3, 9, 1)))
    write(engine, *(document(n, "ord", title="samma", date=20200101) for n in (8, 2)))

    for sort in Sort:
        assert ids(engine.search(ask("ord", sort=sort))) == [1, 2, 3, 7, 8, 9]


def test_title_and_form_and_nearness_and_year_rank(engine: SearchEngine) -> None:
    body = "vi prövade insatsen under ett år i förorten"
    write(
        engine,
        document(1, body + " utredning"),
        document(2, body + " utredningen"),
        document(3, body, title="utredning"),
        document(4, body + " placering i ett utredning", year=2010),
        document(5, body + " i placering utredning ett", year=2010),
        document(6, body + " i vräkning ett lån", year=2010),
        document(7, body + " i vräkning ett lån", year=2020),
        document(8, body + " i tvist ett lån", year=2020),
        document(9, body + " i tvist ett lån", year=2020, facets={"document_type": ["slutrapport"]}),
    )

    order = ids(engine.search(ask("utredning -placering")))
    assert order == [3, 1, 2]
    assert ids(engine.search(ask("placering utredning")))[:2] == [5, 4]
    assert ids(engine.search(ask("vräkning"))) == [7, 6]
    assert ids(engine.search(ask("tvist"))) == [9, 8]


def test_hits_can_be_sorted_by_date_and_by_swedish_title(engine: SearchEngine) -> None:
    titles = {1: "Östermalm", 2: "Zon", 3: "Ängen", 4: "Årsta", 5: "Wien", 6: "Vida", 7: "étude"}
    write(engine, *(document(n, "ord", title=title, date=20200100 + n) for n, title in titles.items()))

    assert [titles[n] for n in ids(engine.search(ask("ord", sort=Sort.TITLE)))] == [
        "étude", "Vida", "Wien", "Zon", "Årsta", "Ängen", "Östermalm",
    ]  # fmt: skip
    assert ids(engine.search(ask("ord", sort=Sort.NEWEST))) == [7, 6, 5, 4, 3, 2, 1]
    assert ids(engine.search(ask("ord", sort=Sort.OLDEST))) == [1, 2, 3, 4, 5, 6, 7]


def test_what_has_no_known_date_comes_last_in_both_orders_by_date(engine: SearchEngine) -> None:
    dated = {1: 0, 2: 20200102, 3: 20180501, 4: 0, 5: 20190000}
    write(engine, *(document(n, "ord", date=date, project=100 + n // 4) for n, date in dated.items()))
    write(engine, project(200, "ord"), project(300, "ord", date=20100000))

    for sort, groups, order in (
        (Sort.NEWEST, [100, 101, 300, 200], [2, 3, 1, 5, 4]),
        (Sort.OLDEST, [300, 100, 101, 200], [3, 2, 1, 5, 4]),
    ):
        result = engine.search(ask("ord", sort=sort))
        assert [one.project_id for one in result.projects] == groups
        assert ids(result) == order
        assert [hit.entry_id for hit in engine.walk(ask("ord", sort=sort)).hits if hit.kind == "document"] == order
        pages = [engine.search(ask("ord", sort=sort, page=page, projects_a_page=1)) for page in (1, 2, 3, 4)]
        assert [page.projects[0].project_id for page in pages] == groups


@pytest.mark.parametrize("question", ["", "-finnsinte", "år:2020"])
def test_question_that_ranks_nothing_gives_the_newest_first(engine: SearchEngine, question: str) -> None:
    write(engine, *(document(n, "ord", date=20200100 + n, year=2020) for n in (1, 2, 3)))

    assert ids(engine.search(ask(question))) == [3, 2, 1]


def test_pages_of_results_follow_each_other(engine: SearchEngine) -> None:
    write(engine, *(document(n, "ord " * n, "annat " * 20, project=n % 12 + 100) for n in range(1, 31)))
    pages = [engine.search(ask("ord", page=n, projects_a_page=5)) for n in (1, 2, 3, 4)]

    assert [len(page.projects) for page in pages] == [5, 5, 2, 0]
    assert {page.total for page in pages} == {30}
    assert sorted(number for page in pages for number in ids(page)) == list(range(1, 31))
    together = engine.search(ask("ord", projects_a_page=100)).projects
    assert tuple(group for page in pages for group in page.projects) == together


def test_result_pages_end_at_the_stated_depth(engine: SearchEngine) -> None:
    assert engine.search(ask("ord", page=DEEPEST_PROJECT // 10)).total == 0
    with pytest.raises(TooDeep):
        engine.search(ask("ord", page=DEEPEST_PROJECT // 10 + 1))


def test_version_of_an_entry_is_the_one_that_was_written(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", version=7), document(2, "ord", version=2**53 - 1))
    assert {number: version for number, _, version in engine.entries()} == {1: 7, 2: 2**53 - 1}


def test_a_long_report_does_not_lose_its_best_page_among_the_others(engine: SearchEngine) -> None:
    filler = [f"kapitel {number} handlar om annat " * 12 for number in range(40)]
    write(
        engine,
        document(1, *filler[:20], "vräkning av barnfamiljer förebyggs", *filler[20:], project=100),
        document(2, "vräkning nämns här " + "annat " * 60, "barnfamiljer " + "annat " * 60, project=200),
    )

    assert [p.project_id for p in engine.search(ask("vräkning barnfamiljer")).projects] == [100, 200]


def test_a_title_without_pages_is_its_own_best_page(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "vräkning " + "annat " * 40, project=100),
        document(2, "något annat " * 20, title="vräkning", project=200),
        project(300, "vräkning"),
        *(document(number, "något annat " * 20) for number in range(3, 30)),
    )

    assert [p.project_id for p in engine.search(ask("vräkning")).projects] == [300, 200, 100]


def test_documents_after_the_first_two_hundred_follow_in_their_order(engine: SearchEngine) -> None:
    write(
        engine, *(document(n, "ord " * (1 + n % 7) + "annat " * (n % 50), project=1000 + n // 3) for n in range(1, 290))
    )
    whole = engine.search(ask("ord", projects_a_page=500))
    scores = [group.score for group in whole.projects]
    found = [hit.document_id for group in whole.projects for hit in group.documents]
    paged = [group for page in range(1, 11) for group in engine.search(ask("ord", page=page)).projects]

    assert scores == sorted(scores, reverse=True)
    assert sorted(found) == list(range(1, 290))
    assert list(whole.projects) == paged


def test_most_page_hits_first_then_the_better_one(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "vräkning " * 9, "annat", project=100),
        document(2, "vräkning och annat", "om vräkning", "annat", project=200),
        document(3, "vräkningen", "vräkning", "vräkningarna", "annat", project=100),
        document(4, "annat", title="vräkning", project=400),
        document(5, "vräkning " + "annat " * 40, project=500),
        project(600, "vräkning"),
    )
    result = engine.search(ask("vräkning", sort=Sort.PAGES))

    assert [p.project_id for p in result.projects][:3] == [100, 200, 500]
    assert [d.document_id for d in result.projects[0].documents] == [3, 1]
    assert sorted(p.project_id for p in result.projects[3:]) == [400, 600]


def test_the_order_by_page_hits_goes_on_over_result_pages(engine: SearchEngine) -> None:
    write(engine, *(document(n, *["ord annat"] * (n % 9 + 1), project=1000 + n) for n in range(1, 41)))
    pages = [engine.search(ask("ord", sort=Sort.PAGES, page=page)) for page in (1, 2, 3, 4)]

    assert [d.document_id % 9 for page in pages for p in page.projects for d in p.documents] == sorted(
        (n % 9 for n in range(1, 41)), reverse=True
    )
