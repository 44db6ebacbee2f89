"""/utforska in a browser: by keyboard, without script, and with views that a person keeps."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, CheckedPage, sign_in
from tests.webapp.small_bank import SmallBank

OpenContext = Callable[..., BrowserContext]


def test_a_table_is_chosen_and_a_cell_opened_by_keyboard_alone(page: Page, filled_address: str) -> None:
    page.goto(filled_address + "/utforska")
    page.focus("#rader")
    page.keyboard.type("Förvaltning")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Visa")
    page.keyboard.press("Enter")
    page.wait_for_url("**/utforska?rader=forvaltning")
    page.locator(".cross tbody td a").first.focus()
    told = page.locator(".cross tbody td a b").first.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?**")
    expect(page.locator("h1")).to_contain_text(f"i {told} projekt")


def test_the_table_scrolls_by_keyboard_and_its_row_heads_stay_on_a_phone(
    open_context: OpenContext, filled_address: str
) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto(filled_address + "/utforska")
    box = page.locator(".table-scroll").first
    box.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.table-scroll').scrollLeft > 0")
    expect(page.locator(".cross tbody th").first).to_be_in_viewport()


def test_the_form_works_without_script_and_a_chart_opens_as_a_table(
    open_context: OpenContext, filled_address: str
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(filled_address + "/utforska")
    page.fill("#q", "boendestöd")
    page.select_option("#rader", "ar")
    page.select_option("#kolumner", "inga")
    page.click("form.controls button")
    expect(page.locator("#tabell")).to_have_text("År")
    page.locator("summary", has_text="Visa som tabell").first.click()
    expect(page.locator("figure table").first).to_be_visible()
    page.fill("#a", "hyresvärden")
    page.press("#a", "Enter")
    expect(page.locator("figcaption").last).to_contain_text("hyresvärden")
    expect(page.locator("#q")).to_have_value("boendestöd")


def test_a_downloaded_chart_is_saved_and_not_opened(page: Page, filled_address: str) -> None:
    page.goto(filled_address + "/utforska")
    with page.expect_download() as saved:
        page.get_by_role("list", name="Ladda ned diagrammet").get_by_role("link", name="PNG").click()
    assert saved.value.suggested_filename == "projekt-efter-sakomrade-och-utfall.png"


def test_a_view_is_kept_shown_on_the_start_page_and_taken_away(
    page: Page, bank: SmallBank, address: str, check_accessibility: CheckedPage
) -> None:
    bank.project("Bo kvar", finding="stod", chosen={"subject_area": ["Äldre"]})
    bank.index()
    bank.person("analytiker")
    sign_in(page, address)
    page.goto(address + "/utforska?rader=utfall&kolumner=inga")
    page.fill("#vynamn", "Utfall i banken")
    page.press("#vynamn", "Enter")
    expect(page.get_by_role("status").first).to_contain_text("Vyn är sparad")
    page.locator("summary", has_text="Ändra").click()
    check_accessibility(page)
    page.get_by_role("button", name="Visa på startsidan").click()
    page.goto(address)
    expect(page.get_by_role("heading", name="Utfall i banken")).to_be_visible()
    check_accessibility(page)
    page.get_by_role("link", name="Utfall i banken").click()
    page.locator("summary", has_text="Ändra").click()
    page.get_by_role("button", name="Ta bort vyn").click()
    expect(page.get_by_role("status").first).to_contain_text("Vyn är borttagen")
    page.goto(address)
    expect(page.get_by_role("heading", name="Utfall i banken")).to_have_count(0)


def test_print_leaves_the_controls_out_and_keeps_table_and_charts(page: Page, filled_address: str) -> None:
    page.goto(filled_address + "/utforska?a=hyresvärden")
    page.emulate_media(media="print")
    for gone in (".controls", ".downloads >> nth=0", ".compare >> nth=0"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".cross").first).to_be_visible()
    expect(page.locator("svg.chart[role=img]").first).to_be_visible()
