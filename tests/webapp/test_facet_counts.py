"""The promise of the page: the figure beside a choice is the length of the list behind it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from flask import Flask

from indexer import Reading, SearchQuery
from tests.webapp.addresses import arguments
from webapp import search_page, search_url
from webapp.facets import FACETS
from webapp.search import today
from webapp.search_page import SearchPage

QUESTIONS = ("", "boendestöd", "boendestöd arbetsterapeut", "vräkning OR placering", "sjukvården -mentor", "handled*")
AUDIENCES = (frozenset({"public"}), frozenset({"public", "staff", "restricted", "editors"}))
STEPS = 3


def _page(app: Flask, address: str, audience: frozenset[str]) -> SearchPage:
    bank = app.extensions["bank"]
    query = search_url.read(arguments(address), FACETS).visible_to(audience, today())
    return search_page.build(bank.engine.search(query), query, bank)


@pytest.mark.parametrize("seed", range(12))
def test_the_count_beside_a_value_is_the_length_of_the_list_behind_it(filled_app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    audience = chance.choice(AUDIENCES)
    with filled_app.test_request_context():
        page = _page(filled_app, search_page.link(SearchQuery(text=chance.choice(QUESTIONS))), audience)
        for _ in range(STEPS):
            values = [value for facet in page.facets for value in (*facet.shown, *facet.folded)]
            for value in chance.sample(values, min(4, len(values))):
                if value.state == "none" and not page.query.filter_of(value.facet).include:
                    assert _page(filled_app, value.link, audience).result.total == value.documents, value.link
            for choice in page.reading.choices if page.reading else ():
                if choice.count is not None:
                    assert _page(filled_app, choice.link, audience).result.total == choice.count, choice.link
            if not values:
                return
            step = chance.choice(values)
            page = _page(filled_app, chance.choice((step.link, step.exclude)), audience)


def test_values_of_one_facet_widen_and_values_of_two_narrow(filled_app: Flask) -> None:
    with filled_app.test_request_context():
        one = _page(filled_app, "?typ=slutrapport", AUDIENCES[0]).result.total
        two = _page(filled_app, "?typ=slutrapport&typ=delrapport", AUDIENCES[0]).result.total
        narrowed = _page(filled_app, "?typ=slutrapport&typ=delrapport&sak=aldre", AUDIENCES[0]).result.total
    assert two > one > 0
    assert narrowed < two


def test_chosen_value_without_hits_stays_visible(filled_app: Flask) -> None:
    with filled_app.test_request_context():
        page = _page(filled_app, "?typ=reserapport&typ=handledning&sak=aldre", AUDIENCES[0])
    types = next(facet for facet in page.facets if facet.name == "document_type")
    assert {(value.key, value.documents) for value in types.shown if value.state == "in"} >= {("handledning", 0)}


def test_every_link_of_a_result_carries_the_reading_that_was_decided(filled_app: Flask) -> None:
    with filled_app.test_request_context():
        page = _page(filled_app, "?q=boendestöd+mentor", AUDIENCES[0])
        assert page.result.reading in {Reading.ALL, Reading.ANY}
        written = f"ord={'alla' if page.result.reading is Reading.ALL else 'nagot'}"
        values = [value for facet in page.facets for value in facet.shown]
        given = [value.link for value in values] + [value.exclude for value in values]
        given += [sort.link for sort in page.sorts] + [page.clear]
        assert page.pager
        given += [place[1] for place in page.pager.pages if place]
    assert all(written in link for link in given)


def test_the_year_of_a_bar_leads_to_as_many_documents(filled_app: Flask) -> None:
    with filled_app.test_request_context():
        page = _page(filled_app, "?q=boendestöd", AUDIENCES[0])
        assert page.histogram
        for bar in page.histogram.bars:
            narrowed = replace(page.query, from_year=bar.year, to_year=bar.year)
            assert _page(filled_app, search_page.link(narrowed), AUDIENCES[0]).result.total == bar.count
