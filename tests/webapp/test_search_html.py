"""Parts that are joined without the template's own escaping escape what they are given."""

from __future__ import annotations

from dataclasses import replace

from indexer import SearchQuery
from webapp.search_facets import FacetList, FacetValue
from webapp.search_hits import FoldedHit, Group, Hit, PageLink, PageMap, Passage
from webapp.search_html import facets, finding_sign, groups, marked_text, spans
from webapp.search_page import link

EVIL = "<b title='\"'>100 %(n)s & mer"
WRITTEN = "&lt;b title=&#x27;&quot;&#x27;&gt;100 %(n)s &amp; mer"


def test_facts_are_escaped_each_in_its_span() -> None:
    assert spans(("2019", EVIL)) == f"<span>2019</span><span>{WRITTEN}</span>"
    assert spans(()) == ""


def test_marked_and_unmarked_text_is_escaped() -> None:
    assert marked_text(((EVIL, ""), (EVIL, "exact"))) == f"{WRITTEN}<mark>{WRITTEN}</mark>"


def test_other_forms_parts_and_synonyms_can_be_told_from_the_word_itself() -> None:
    made = marked_text((("a", "form"), ("b", "part"), ("c", "synonym")))

    assert (
        made == '<mark class="mark--form">a</mark><mark class="mark--part">b</mark><mark class="mark--synonym">c</mark>'
    )


FORMS = {
    "group": "%(head)s%(aim)s%(hits)s%(folded)s",
    "head": '<h2><a href="%(link)s">%(title)s</a></h2>%(meta)s%(finding)s%(found)s',
    "alone": "<h2>alone</h2>",
    "aim": "<p>%(text)s</p>",
    "finding": "%(sign)s %(label)s",
    "folded": "%(told)s: %(items)s",
    "folded_item": '<a href="%(link)s">%(title)s</a> %(meta)s%(why)s',
    "left_out": '<a href="%(link)s">%(told)s</a>',
    "hit": '<i class="%(less)s"><a href="%(link)s">%(title)s</a>%(meta)s|%(map)s|%(told)s|%(below)s</i>',
    "map": "%(width)s %(pages)s %(bars)s %(told)s",
    "passages": "<ol%(lang)s>%(items)s</ol>",
    "passage": '<a href="%(link)s">%(name)s</a> %(heading)s %(text)s',
    "summary": "<p%(lang)s>%(text)s</p>",
    "below": "%(more)s%(why)s",
    "more": "%(told)s: %(items)s",
    "why": '<a href="%(link)s">varför %(title)s</a>',
}
ALONE = Group(0, 1.0, "", "", (), "", "", "", (), (), (), 0)
BARE = Hit(1, 1.0, EVIL, "/a?b&c", EVIL, (EVIL,), "", None, (), (), "")


def _alone(*some: Hit) -> Group:
    return replace(ALONE, hits=some)


def test_project_s_head_and_folded_documents_are_escaped() -> None:
    folded = FoldedHit(1, 1.0, EVIL, "/a?b&c", (EVIL, EVIL), "/w?b&c")
    project = replace(
        ALONE,
        title=EVIL,
        link="/p?b&c",
        meta=(EVIL,),
        finding="blandat",
        finding_label=EVIL,
        found=EVIL,
        parts=((EVIL, "exact"),),
        folded=(folded,),
        left_out=2,
    )

    made = groups([project], FORMS)

    head = f'<h2><a href="/p?b&amp;c">{WRITTEN}</a></h2><span>{WRITTEN}</span><span>half {WRITTEN}</span>'
    assert made.startswith(f"{head}<span>{WRITTEN}</span><p><mark>{WRITTEN}</mark></p>")
    item = f'<a href="/a?b&amp;c">{WRITTEN}</a> {WRITTEN}, {WRITTEN}<a href="/w?b&amp;c">varför {WRITTEN}</a>'
    assert f'3 dokument till: {item}<a href="/p?b&amp;c">' in made


def test_finding_that_nobody_knows_has_the_sign_of_the_unknown() -> None:
    assert (finding_sign("stod"), finding_sign("inget-stod"), finding_sign("x")) == ("full", "none", "unknown")


def test_hit_fills_its_form_with_escaped_texts() -> None:
    made = groups([_alone(BARE)], FORMS)

    assert made == f'<h2>alone</h2><i class=""><a href="/a?b&amp;c">{WRITTEN}</a><span>{WRITTEN}</span>|||</i>'


def test_all_hits_but_the_first_are_smaller() -> None:
    assert groups([_alone(BARE, BARE)], FORMS).count("hit--less") == 1


def test_passages_are_escaped_and_in_the_document_s_language() -> None:
    passage = Passage(1, EVIL, EVIL, "/a?b&c", ((EVIL, "exact"),))

    made = groups([_alone(BARE._replace(passages=(passage,), summary="hidden by the passages"))], FORMS)

    told = f'<a href="/a?b&amp;c">{WRITTEN}</a> {WRITTEN} <mark>{WRITTEN}</mark>'
    assert f'|<ol lang="{WRITTEN}">{told}</ol>|' in made


def test_summary_map_and_further_pages_are_escaped() -> None:
    hit = BARE._replace(
        language="sv", summary=EVIL, page_map=PageMap(3, 20, "M0", EVIL), more=(PageLink(1, EVIL, "/a?b&c"),)
    )

    made = groups([_alone(hit)], FORMS)

    assert f"|20 3 M0 {WRITTEN}|<p>{WRITTEN}</p>|" in made
    assert f'|1 sida till: <li><a href="/a?b&amp;c">{WRITTEN}</a></li></i>' in made


FACET_FORMS = {
    "facet": "<i%(open)s>%(label)s|%(note)s|%(shown)s|%(folded)s|%(left_out)s</i>",
    "facet_folded": "%(told)s: %(rows)s",
    "row_none": "<b>%(label)s</b>%(count)s",
    "row_in": "%(name)s:%(key)s:%(count)s",
    "row_out": "%(count)s-%(unit)s",
}


def test_facet_fills_its_form_with_escaped_texts_and_its_rows_take_the_form_of_their_state() -> None:
    values = tuple(FacetValue(EVIL, EVIL, 3, state, "method", SearchQuery(), link) for state in ("none", "in", "out"))
    facet = FacetList("method", "metod", EVIL, EVIL, True, values, values[:1], 1200)

    made = facets([facet, facet], FACET_FORMS)

    shown = f"<b>{WRITTEN}</b>3metod:{WRITTEN}:33-dokument"
    note, folded = f'<span class="count">{WRITTEN}</span>', f"Visa 1 till: <b>{WRITTEN}</b>3"
    rare = '<p class="help">1\N{NO-BREAK SPACE}200 ovanligare visas inte. Sök på ordet i stället.</p>'
    assert made == f"<i open>{WRITTEN}|{note}|{shown}|{folded}|{rare}</i>" * 2


def test_plain_facet_has_neither_note_nor_folded_part() -> None:
    assert facets([FacetList("method", "metod", "Metod", "", False, (), (), 0)], FACET_FORMS) == "<i>Metod||||</i>"


def test_the_way_to_the_reasons_is_escaped() -> None:
    made = groups([_alone(BARE._replace(why="/v?b&c"))], FORMS)

    assert f'<a href="/v?b&amp;c">varför {WRITTEN}</a>' in made
