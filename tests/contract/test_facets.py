"""Filters and the counts beside them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from indexer import MISSING, Filter, NamedValue, SearchEngine, facets
from tests.contract.bank import ask, document, ids, project, write


@pytest.fixture(autouse=True)
def bank(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "ord", project=100, year=2018, facets={"method": ["mi"], "target_group": ["barn", "unga"]}),
        document(2, "ord", project=100, year=2018, facets={"method": ["mi", "acra"], "target_group": ["barn"]}),
        document(3, "ord", project=200, year=2020, facets={"method": ["acra"], "target_group": ["unga"]}),
        document(4, "ord", facets={"target_group": ["unga"]}),
        project(100, "ord", facets={"method": ["mi"], "target_group": ["barn"]}, year=2018),
    )


def test_values_of_one_facet_mean_or(engine: SearchEngine) -> None:
    assert sorted(ids(engine.search(ask(filters=(Filter("method", ("mi", "acra")),))))) == [1, 2, 3]


def test_different_facets_mean_and(engine: SearchEngine) -> None:
    filters = (Filter("method", ("acra",)), Filter("target_group", ("unga",)))

    assert ids(engine.search(ask(filters=filters))) == [3]


def test_value_can_be_excluded(engine: SearchEngine) -> None:
    assert sorted(ids(engine.search(ask(filters=(Filter("method", (), ("acra",)),))))) == [1, 4]
    assert ids(engine.search(ask(filters=(Filter("method", ("mi",), ("acra",)),)))) == [1]


def test_counts_are_of_documents_only(engine: SearchEngine) -> None:
    result = engine.search(ask("ord"))

    assert (result.total, result.total_projects) == (4, 2)
    assert result.facets["method"] == {"mi": 2, "acra": 2}
    assert result.facets["target_group"] == {"barn": 2, "unga": 3}
    assert result.years == {2018: 2, 2020: 1}


def test_facet_is_counted_under_the_other_facets_choices(engine: SearchEngine) -> None:
    result = engine.search(ask("ord", filters=(Filter("method", ("mi",)),)))

    assert result.facets["method"] == {"mi": 2, "acra": 2}
    assert result.facets["target_group"] == {"barn": 2, "unga": 1}


def test_chosen_value_without_hits_stays_visible(engine: SearchEngine) -> None:
    result = engine.search(ask("ord", filters=(Filter("method", ("mi", "borta")), Filter("target_group", ("unga",)))))

    assert result.facets["method"] == {"mi": 1, "acra": 1, "borta": 0}


def test_excluded_value_tells_what_taking_it_in_would_give(engine: SearchEngine) -> None:
    result = engine.search(ask("ord", filters=(Filter("method", (), ("mi",)),)))

    assert result.facets["method"] == {"mi": 2, "acra": 1}


def test_every_facet_of_the_mapping_is_counted(engine: SearchEngine) -> None:
    write(engine, document(9, "alla", facets={facet.name: ["x", "x", "y"] for facet in facets()}))
    result = engine.search(ask("alla"))

    assert dict(result.facets) == {facet.name: {"x": 1, "y": 1} for facet in facets()}


def test_years_are_counted_under_everything_but_their_range(engine: SearchEngine) -> None:
    result = engine.search(ask("ord", from_year=2019, to_year=2021))

    assert (result.total, result.years) == (1, {2018: 2, 2020: 1})
    assert result.facets["method"] == {"acra": 1}


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(2018, None, [1, 2, 3]), (None, 2018, [1, 2]), (2019, 2019, []), (2021, 2017, [])]
)
def test_range_of_years_holds_its_ends_and_no_unknown_year(
    engine: SearchEngine, first: int | None, last: int | None, expected: list[int]
) -> None:
    assert sorted(ids(engine.search(ask(from_year=first, to_year=last)))) == expected


def test_nothing_under_filters_tells_what_there_is_without_them(engine: SearchEngine) -> None:
    assert engine.search(ask("ord", filters=(Filter("method", ("borta",)),))).unfiltered_total == 4
    assert engine.search(ask("ord", from_year=1990, to_year=1991)).unfiltered_total == 4
    assert engine.search(ask("borta")).unfiltered_total is None
    assert engine.search(ask("ord", filters=(Filter("method", ("mi",)),))).unfiltered_total is None


def test_values_with_any_character_can_be_chosen(engine: SearchEngine) -> None:
    odd = 'a:b "c" OR (d) \\ å'
    write(engine, document(9, "udda", facets={"keyword": [odd]}))

    assert ids(engine.search(ask(filters=(Filter("keyword", (odd,)),)))) == [9]
    assert engine.search(ask("udda")).facets["keyword"] == {odd: 1}


def test_filter_by_a_field_that_is_not_there_is_an_error_of_the_caller(engine: SearchEngine) -> None:
    with pytest.raises(ValueError, match="colour"):
        engine.search(ask(filters=(Filter("colour", ("red",)),)))


def test_missing_value_can_be_chosen_and_excluded(engine: SearchEngine) -> None:
    def found(*include: str, exclude: tuple[str, ...] = ()) -> list[int]:
        return sorted(ids(engine.search(ask("ord", filters=(Filter("method", include, exclude),)))))

    assert found(MISSING) == [4]
    assert found(MISSING, "acra") == [2, 3, 4]
    assert found(exclude=(MISSING,)) == [1, 2, 3]
    assert found(exclude=(MISSING, "acra")) == [1]
    assert found(MISSING, exclude=(MISSING,)) == []


def test_missing_value_is_counted_where_it_is_chosen(engine: SearchEngine) -> None:
    def counts(*include: str, exclude: tuple[str, ...] = ()) -> Mapping[str, int]:
        return engine.search(ask("ord", filters=(Filter("method", include, exclude),))).facets["method"]

    assert counts() == {"mi": 2, "acra": 2}
    assert counts(MISSING) == {"mi": 2, "acra": 2, MISSING: 1}
    assert counts(exclude=(MISSING,)) == {"mi": 2, "acra": 2, MISSING: 1}


def test_missing_year_can_be_chosen_whatever_range_stands_beside_it(engine: SearchEngine) -> None:
    for asked in (ask("ord", without_year=True), ask("ord", without_year=True, from_year=2018, to_year=2020)):
        result = engine.search(asked)
        assert (ids(result), result.years) == ([4], {2018: 2, 2020: 1})
    assert engine.search(ask("ord", without_year=True).without("year")).total == 4
    assert engine.search(ask("borta", without_year=True)).unfiltered_total == 0


def test_own_entries_of_projects_are_no_documents_without_a_type(engine: SearchEngine) -> None:
    result = engine.search(ask("ord", filters=(Filter("document_type", (MISSING,)),)))
    assert (result.total, result.total_projects) == (4, 2)
    write(engine, document(1, "annat"), document(2, "annat"))
    result = engine.search(ask("ord", filters=(Filter("document_type", (MISSING,)),)))
    assert (result.total, result.total_projects) == (2, 1)
    assert engine.search(ask("ord", filters=(Filter("document_type", (), (MISSING,)),))).total_projects == 1


@pytest.mark.parametrize("text", ["metod:Motiverande", 'metod:"motiverande"', "ord metod:motiverande"])
def test_a_value_that_a_question_names_is_what_is_called_so(engine: SearchEngine, text: str) -> None:
    assert ids(engine.search(ask(text))) == []
    known = (NamedValue("method", "motiverande", ("mi",)),)
    assert sorted(ids(engine.search(ask(text, named=known)))) == [1, 2]
    several = (NamedValue("method", "motiverande", ("mi", "acra")),)
    assert sorted(ids(engine.search(ask(text, named=several)))) == [1, 2, 3]


def test_a_named_value_can_be_excluded_and_stand_in_a_group(engine: SearchEngine) -> None:
    named = (NamedValue("method", "motiverande", ("mi",)), NamedValue("target_group", "ungdomar", ("unga",)))
    assert sorted(ids(engine.search(ask("ord -metod:motiverande", named=named)))) == [3, 4]
    assert sorted(ids(engine.search(ask("metod:acra OR målgrupp:ungdomar", named=named)))) == [1, 2, 3, 4]
    assert sorted(ids(engine.search(ask("metod:acra", named=named)))) == [2, 3]


def test_walks_and_cross_tables_ask_for_the_same_values(engine: SearchEngine) -> None:
    query = ask("metod:motiverande", named=(NamedValue("method", "motiverande", ("mi",)),))
    assert sorted(hit.entry_id for hit in engine.walk(query).hits if hit.kind == "document") == [1, 2]
    assert engine.cross(query, "target_group").total.documents == 2
