"""Parts that are joined without the template's own escaping escape what they are given."""

from __future__ import annotations

from markupsafe import Markup

from indexer import SearchQuery
from webapp.search_facets import FacetValue
from webapp.search_hits import PageLink, Passage
from webapp.search_html import facet_rows, marked_text, page_links, passage_items, spans
from webapp.search_page import link

EVIL = "<b title='\"'>100 %(n)s & mer"
WRITTEN = "&lt;b title=&#x27;&quot;&#x27;&gt;100 %(n)s &amp; mer"


def test_facts_are_escaped_each_in_its_span() -> None:
    assert spans(("2019", EVIL)) == f"<span>2019</span><span>{WRITTEN}</span>"
    assert spans(()) == ""


def test_marked_and_unmarked_text_is_escaped() -> None:
    assert marked_text(((EVIL, False), (EVIL, True))) == f"{WRITTEN}<mark>{WRITTEN}</mark>"


def test_passage_fills_its_form_with_escaped_texts() -> None:
    form = Markup('<a href="%(link)s">%(name)s</a> %(heading)s %(text)s')

    made = passage_items([Passage(1, EVIL, EVIL, "/a?b&c", ((EVIL, True),))], form)

    assert made == f'<a href="/a?b&amp;c">{WRITTEN}</a> {WRITTEN} <mark>{WRITTEN}</mark>'


def test_page_links_are_escaped() -> None:
    assert page_links([PageLink(1, EVIL, "/a?b&c")]) == f'<li><a href="/a?b&amp;c">{WRITTEN}</a></li>'


def test_facet_row_takes_the_form_of_its_state() -> None:
    forms = {"none": Markup("<i>%(label)s</i>"), "in": Markup("%(name)s:%(key)s:%(count)s"), "out": Markup("-")}
    values = [FacetValue(EVIL, EVIL, 3, state, "method", SearchQuery(), link) for state in ("none", "in", "out")]

    assert facet_rows(values, "metod", forms) == f"<i>{WRITTEN}</i>metod:{WRITTEN}:3-"
