from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer import DEEPEST_PROJECT, LONGEST_QUESTION, MISSING, PROJECTS_A_PAGE, Filter, Reading, SearchQuery, Sort
from tests.webapp.addresses import arguments
from webapp import search_url
from webapp.facets import BY_NAME, FACETS
from webapp.search_url import DEEPEST_PAGE, BadQuery

keys = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
chosen = st.lists(keys, max_size=3, unique=True)


@st.composite
def filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    made = []
    for facet in FACETS:
        values = draw(chosen)
        cut = draw(st.integers(0, len(values)))
        if values:
            made.append(Filter(facet.name, tuple(values[:cut]), tuple(values[cut:])))
    return tuple(sorted(made, key=lambda f: f.field))


years = st.none() | st.integers(1800, 2199)
questions = st.builds(
    SearchQuery,
    text=st.text(st.characters(codec="utf-8"), max_size=60),
    reading=st.sampled_from(Reading),
    filters=filters(),
    from_year=years,
    to_year=years,
    without_year=st.booleans(),
    sort=st.sampled_from(Sort),
    page=st.integers(1, DEEPEST_PAGE),
)


def _read_or_refused(args: MultiDict[str, str]) -> SearchQuery | BadQuery:
    try:
        return search_url.read(args, FACETS)
    except BadQuery as refused:
        return refused


def read(address: str) -> SearchQuery:
    return search_url.read(arguments(address), FACETS)


@given(questions)
def test_reading_the_address_of_a_question_gives_the_question_back(asked: SearchQuery) -> None:
    once = read(search_url.link(asked, FACETS))
    assert read(search_url.link(once, FACETS)) == once
    assert once.filters == asked.filters
    assert (once.reading, once.sort, once.page) == (asked.reading, asked.sort, asked.page)


@given(questions)
def test_a_question_has_one_address(asked: SearchQuery) -> None:
    address = search_url.link(read(search_url.link(asked, FACETS)), FACETS)
    assert search_url.link(read(address), FACETS) == address


@given(
    st.lists(
        st.tuples(st.sampled_from(["q", "ord", "sort", "sida", "fran", "till", "ar", "inte", "ater", "typ"]), st.text())
    )
)
def test_any_arguments_give_a_question_within_bounds_or_a_text_for_people(pairs: list[tuple[str, str]]) -> None:
    asked = _read_or_refused(MultiDict(pairs))
    if isinstance(asked, BadQuery):
        assert asked.for_people
        return
    assert len(asked.text) <= LONGEST_QUESTION
    assert 1 <= asked.page <= DEEPEST_PAGE
    assert asked.from_year is None or asked.to_year is None or asked.from_year <= asked.to_year


@pytest.mark.parametrize(
    "address", ["?sida=0", "?sida=x", f"?sida={DEEPEST_PAGE + 1}", "?fran=19", "?till=²019", "?fran=-1"]
)
def test_what_cannot_be_asked_is_told_in_words(address: str) -> None:
    with pytest.raises(BadQuery, match=r"finns inte|går inte att läsa"):
        read(address)


def test_the_deepest_page_is_the_depth_that_the_engine_states() -> None:
    assert DEEPEST_PAGE * PROJECTS_A_PAGE == DEEPEST_PROJECT


def test_a_question_of_any_length_is_read_up_to_the_bound_and_refused_beyond() -> None:
    assert len(read("?q=" + "a" * LONGEST_QUESTION).text) == LONGEST_QUESTION
    with pytest.raises(BadQuery):
        read("?q=" + "a" * (LONGEST_QUESTION + 1))


def test_years_the_wrong_way_round_are_turned() -> None:
    asked = read("?fran=2019&till=2015")
    assert (asked.from_year, asked.to_year) == (2015, 2019)


def test_what_is_missing_has_an_address_of_its_own() -> None:
    asked = read("?utfall=-&inte=metod:-&ar=-")
    assert asked.filters == (Filter("finding", (MISSING,)), Filter("method", (), (MISSING,)))
    assert asked.without_year
    assert search_url.link(asked, FACETS) == "/sok?utfall=-&inte=metod:-&ar=-"


def test_a_range_of_years_outweighs_the_missing_year() -> None:
    assert read("?ar=-&fran=2019") == read("?fran=2019")
    assert read("?ar=2019") == SearchQuery()


def test_an_exclusion_outweighs_the_choice_of_the_same_value() -> None:
    assert read("?typ=slutrapport&inte=typ:slutrapport").filters == (Filter("document_type", (), ("slutrapport",)),)


def test_taking_an_exclusion_back_leaves_the_value_unchosen() -> None:
    assert read("?inte=typ:slutrapport&ater=typ:slutrapport").filters == ()


def test_values_with_colons_ampersands_and_blanks_survive_the_address() -> None:
    asked = SearchQuery().excluded("keyword", "a:b & c=d+e").toggled("keyword", "ö/ä?")
    assert read(search_url.link(asked, FACETS)) == asked


def test_a_decomposed_letter_asks_the_same_as_a_composed_one() -> None:
    assert read("?q=v%C3%A5ld") == read("?q=va%CC%8Ald")


def test_unknown_parameters_and_words_are_left_aside() -> None:
    assert read("?okant=1&ord=kanske&sort=slump&inte=okant:x&inte=utan") == SearchQuery()


def test_every_facet_of_the_mapping_has_a_parameter_of_its_own() -> None:
    parameters = [facet.parameter for facet in BY_NAME.values()]
    assert all(parameters)
    assert len(set(parameters)) == len(parameters)
    assert not set(parameters) & {"q", "ord", "sort", "sida", "fran", "till", "inte", "ater", "lang"}
