"""Who may see what: the filter stands in hits, counts and everything else."""

from __future__ import annotations

from indexer import Reading, SearchEngine
from tests.contract.bank import ask, document, ids, project, write

OPEN, INTERNAL, DRAFT = ("public", "staff", "editors"), ("staff", "editors"), ("editors",)


def bank(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "hemligt ord", audience=OPEN, project=100, year=2020, facets={"method": ["a"]}),
        document(2, "hemligt ord", audience=INTERNAL, project=100, year=2021, facets={"method": ["b"]}),
        document(3, "hemligt ord", audience=DRAFT, year=2022, facets={"method": ["c"]}),
        project(100, "hemligt", audience=INTERNAL),
    )


def test_each_person_finds_what_one_of_their_tokens_opens(engine: SearchEngine) -> None:
    bank(engine)

    assert ids(engine.search(ask("ord", audience=["public"]))) == [1]
    assert sorted(ids(engine.search(ask("ord", audience=["public", "staff"])))) == [1, 2]
    assert sorted(ids(engine.search(ask("ord", audience=["editors"])))) == [1, 2, 3]
    assert ids(engine.search(ask("ord", audience=["stranger"]))) == []


def test_no_count_tells_of_what_a_person_may_not_see(engine: SearchEngine) -> None:
    bank(engine)
    result = engine.search(ask("hemligt ord", reading=Reading.ALL))

    assert (result.total, result.any_words, result.exact_words) == (1, 1, 1)
    assert (result.facets["method"], result.years) == ({"a": 1}, {2020: 1})
    assert engine.search(ask("hemligt", audience=["stranger"])).total_projects == 0


def test_nobody_finds_nothing(engine: SearchEngine) -> None:
    bank(engine)
    result = engine.search(ask("ord", audience=[]))

    assert (result.total, result.total_projects, result.projects, result.years) == (0, 0, (), {})
    assert set(map(len, result.facets.values())) == {0}


def test_nothing_is_found_before_its_day(engine: SearchEngine) -> None:
    write(engine, document(1, "ord", visible_from=20261122), document(2, "ord", visible_from=20261123))

    assert ids(engine.search(ask("ord", today=20261122))) == [1]
    assert sorted(ids(engine.search(ask("ord", today=20261123)))) == [1, 2]


def test_excluding_does_not_open_what_is_closed(engine: SearchEngine) -> None:
    bank(engine)

    assert ids(engine.search(ask("-finnsinte"))) == [1]
