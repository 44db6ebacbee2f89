"""The pages that everybody reads, in a browser: accessible, narrow enough, usable by keyboard and without script."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdfium2 import PdfDocument

from tests.browser.conftest import PHONE, WIDE, CheckedPage
from tests.webapp.small_bank import SmallBank

PAGES = {
    "start": "/",
    "search": "/sok?q=boendestöd+arbetsterapeut",
    "filtered": "/sok?q=boendestöd&sak=socialpsykiatri&inte=typ:projektplan&fran=2013&till=2019",
    "everything": "/sok",
    "mended": "/sok?q=vräknig+barnfamiljer",
    "offered": "/sok?q=vräknig&ratta=nej",
    "nothing found": "/sok?q=finnsinte+boendestöd&typ=handledning",
    "unknown choice": "/sok?q=boendestöd&forvaltning=finns-inte",
    "nothing found, a name": '/sok?q="södermalm rymdfärd"&typ=handledning',
    "english": "/sok?q=boendestöd&lang=en",
    "explore": "/utforska?a=hyresvärden&b=enkät",
    "explore, years": "/utforska?q=boendestöd&sak=socialpsykiatri&rader=ar&kolumner=utfall&diagram=linjer",
    "explore, wide": "/utforska?rader=nyckelord&kolumner=metod&alla=ja&diagram=karta",
    "explore, nothing": "/utforska?q=finnsinteiettendadokument&a=finnsinte",
    "about": "/om",
    "search help": "/om/sok",
    "cookies": "/om/kakor",
    "accessibility": "/tillganglighet",
    "report before a choice": "/utforska/arsrapport",
    "report": "/utforska/arsrapport?ar=2018",
    "report of no projects": "/utforska/arsrapport?ar=1999",
    "not found": "/dokument/samlarteam-slutrapport",
    "bad request": "/sok?fran=x",
}
OpenContext = Callable[..., BrowserContext]


LOOKS = list(product((WIDE, PHONE), ("light", "dark")))


@pytest.fixture(params=LOOKS, ids=["wide light", "wide dark", "phone light", "phone dark"])
def window(request: pytest.FixtureRequest, open_context: OpenContext) -> Page:
    """Each size in each colour scheme."""
    size, scheme = request.param
    return open_context(viewport=size, color_scheme=scheme).new_page()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend(
    window: Page, filled_address: str, check_accessibility: CheckedPage, name: str
) -> None:
    window.goto(filled_address + PAGES[name])
    check_accessibility(window)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_at_320_pixels(open_context: OpenContext, filled_address: str, name: str) -> None:
    page = open_context(viewport={"width": 320, "height": 700}).new_page()
    page.goto(filled_address + PAGES[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_filters_are_a_sheet_on_a_phone_that_back_closes(
    open_context: OpenContext, filled_address: str, check_accessibility: CheckedPage
) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto(filled_address + PAGES["search"])
    expect(page.locator("#filter")).to_be_hidden()
    page.click("a[href='#filter']")
    expect(page.locator("#filter")).to_be_visible()
    check_accessibility(page)
    page.go_back()
    expect(page.locator("#filter")).to_be_hidden()


def test_why_a_hit_is_a_hit_opens_in_place_by_keyboard(
    window: Page, filled_address: str, check_accessibility: CheckedPage
) -> None:
    window.goto(filled_address + PAGES["search"])
    window.locator("summary", has_text="Varför denna träff?").first.focus()
    window.keyboard.press("Enter")
    expect(window.locator(".why").first).to_contain_text("boendestöd")
    check_accessibility(window)
    assert "/sok" in window.url


def test_why_a_hit_is_a_hit_is_a_page_without_script(
    open_context: OpenContext, filled_address: str, check_accessibility: CheckedPage
) -> None:
    plain = open_context(java_script_enabled=False).new_page()
    plain.goto(filled_address + PAGES["search"])
    plain.locator("a", has_text="Varför denna träff?").first.click()
    expect(plain.locator("h1")).to_have_text("Varför denna träff?")
    page = open_context().new_page()
    page.goto(plain.url)
    check_accessibility(page)
    page.get_by_role("link", name="Till träfflistan").click()
    expect(page.locator("h1")).to_contain_text("dokument i")


def test_a_document_leads_to_similar_ones(window: Page, filled_address: str, check_accessibility: CheckedPage) -> None:
    window.goto(filled_address + PAGES["search"])
    window.locator(".hit__title a").first.click()
    expect(window.get_by_role("heading", name="Liknande dokument")).to_be_visible()
    check_accessibility(window)


def test_search_works_by_keyboard_alone(page: Page, filled_address: str) -> None:
    page.goto(filled_address + "/om")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Hoppa till innehållet")
    page.goto(filled_address)
    page.keyboard.press("/")
    page.keyboard.type("arbetsterapeut")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("dokument i")


def test_ticking_a_filter_and_pressing_the_button_works_without_script(
    open_context: OpenContext, filled_address: str
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(filled_address + "/sok?q=boendestöd")
    page.check("input[name=typ][value=slutrapport]")
    page.click(".facets__foot button")
    expect(page.locator(".chip")).to_contain_text("Slutrapport")
    page.click(".facet__row:has-text('Delrapport') .facet__not")
    expect(page.locator(".chip--not")).to_contain_text("inte Delrapport")
    page.click(".facet__row:has-text('Delrapport') .facet__not")
    expect(page.locator(".chip--not")).to_have_count(0)


def test_enter_in_a_year_field_applies_the_range_and_excludes_nothing(page: Page, filled_address: str) -> None:
    page.goto(filled_address + "/sok?q=boendestöd")
    page.fill("#fran", "2014")
    page.press("#fran", "Enter")
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".chip")).to_contain_text("från 2014")


def test_a_question_mark_lists_the_shortcuts_and_escape_gives_the_focus_back(
    page: Page, filled_address: str, check_accessibility: CheckedPage
) -> None:
    page.goto(filled_address + "/om")
    page.focus("footer a[data-opens]")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Kortkommandon")).to_be_visible()
    check_accessibility(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Kortkommandon")).to_be_hidden()
    expect(page.locator("footer a[data-opens]")).to_be_focused()


def test_letters_typed_in_a_field_are_letters(page: Page, filled_address: str) -> None:
    page.goto(filled_address)
    page.click("#q")
    page.keyboard.type("a/b?")
    expect(page.locator("#q")).to_have_value("a/b?")
    expect(page.locator("#kortkommandon")).to_be_hidden()


def test_shortcuts_stay_off_where_a_reader_has_turned_them_off(page: Page, filled_address: str) -> None:
    page.goto(filled_address + "/om")
    page.click("footer a[data-opens]")
    page.uncheck("#kortkommandon-pa")
    page.goto(filled_address + "/")
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_print_leaves_navigation_and_filters_out(page: Page, filled_address: str) -> None:
    page.goto(filled_address + PAGES["search"])
    page.emulate_media(media="print")
    for gone in ("header nav.nav >> nth=0", ".facets", ".pager", "footer", "form[role=search] .search"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".passage mark").first).to_be_visible()


def test_the_summary_of_a_project_begins_on_the_first_sheet_of_paper(page: Page, bank: SmallBank, address: str) -> None:
    parts = ("background", "purpose", "target_group", "method", "results", "lessons")
    summary = dict.fromkeys(parts, "Vi prövade ett nytt arbetssätt tillsammans med deltagarna. " * 3)
    project = bank.project("Bo kvar", aim="Färre vräkningar.", summary=summary)
    for number in range(3):
        bank.document(f"Delrapport {number}", ["Boendestöd."], project_id=project)
    page.goto(f"{address}/projekt/bo-kvar")
    with PdfDocument(page.pdf(format="A4")) as paper:
        first_sheet = paper[0].get_textpage().get_text_bounded()
    assert "Vi prövade ett nytt arbetssätt" in first_sheet


def test_a_hit_leads_to_the_page_where_the_word_stands(page: Page, filled_address: str) -> None:
    page.goto(filled_address + PAGES["search"])
    page.click("a.passage__page >> nth=0")
    page.wait_for_url("**/dokument/**")
    expect(page.locator("h1")).to_be_visible()
