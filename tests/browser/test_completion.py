"""The search box proposes while somebody types: by keyboard, by mouse, told aloud, and quiet without script."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import PHONE, WIDE, CheckedPage

OpenContext = Callable[..., BrowserContext]
LOOKS = list(product((WIDE, PHONE), ("light", "dark")))


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Sök i alla dokument")


def rows(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def chosen(page: Page) -> Locator:
    return page.locator("#forslag [aria-selected=true]")


@pytest.mark.parametrize("path", ["/", "/sok"])
def test_arrows_choose_and_enter_follows(page: Page, filled_address: str, path: str) -> None:
    page.goto(filled_address + path)
    box(page).focus()
    page.keyboard.type("boendes")
    expect(rows(page).first).to_contain_text("boendestöd")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_count(1)
    assert box(page).get_attribute("aria-activedescendant") == chosen(page).get_attribute("id")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=boendest*")
    expect(page.locator("h1")).to_contain_text("dokument i")


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page, filled_address: str) -> None:
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("boendes")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=boendes")


def test_escape_closes_and_keeps_the_text_and_an_arrow_opens_again(page: Page, filled_address: str) -> None:
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("boendes")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box(page)).to_have_value("boendes")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowUp")
    expect(chosen(page)).to_have_count(1)
    assert rows(page).last.get_attribute("aria-selected") == "true"


def test_arrows_go_round_by_way_of_the_text(page: Page, filled_address: str) -> None:
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("brukar")
    expect(rows(page).first).to_be_visible()
    count = rows(page).count()
    for _ in range(count):
        page.keyboard.press("ArrowDown")
    assert rows(page).last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    assert rows(page).first.get_attribute("aria-selected") == "true"


def test_a_click_on_a_project_opens_it_and_tab_leaves_the_list(page: Page, filled_address: str) -> None:
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("samlar")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box(page).focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("group", name="Projekt").get_by_role("option").first.click()
    page.wait_for_url("**/projekt/samlarteam")


def test_the_number_of_suggestions_is_told(page: Page, filled_address: str) -> None:
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("samlar")
    expect(page.locator(".search [role=status]")).to_contain_text("förslag")
    page.keyboard.type("qqq")
    expect(page.locator(".search [role=status]")).to_have_text("Inga förslag")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_nothing_is_asked_for_one_letter_and_once_for_quick_typing(page: Page, filled_address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/sok/forslag" in request.url else None)
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("boendestöd")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Control+A")
    page.keyboard.type("b")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert all("q=b&" not in url and not url.endswith("q=b") for url in asked)
    assert len(asked) < len("boendestöd")


def test_an_answer_that_fails_leaves_an_ordinary_search_box(page: Page, filled_address: str) -> None:
    def fail(route: Route) -> None:
        route.fulfill(status=503, body="borta")

    page.route("**/sok/forslag*", fail)
    page.goto(filled_address)
    box(page).focus()
    with page.expect_response("**/sok/forslag*"):
        page.keyboard.type("boendes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=boendes")


def test_without_script_it_is_an_ordinary_search_box(open_context: OpenContext, filled_address: str) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(filled_address)
    assert page.locator("#q").get_attribute("role") is None
    page.fill("#q", "boendestöd")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("dokument i")


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["wide light", "wide dark", "phone light", "phone dark"])
def test_axe_finds_nothing_to_mend_in_the_open_list(
    open_context: OpenContext, filled_address: str, check_accessibility: CheckedPage, size: dict[str, int], scheme: str
) -> None:
    page = open_context(viewport=size, color_scheme=scheme).new_page()
    page.goto(filled_address)
    box(page).focus()
    page.keyboard.type("so")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    check_accessibility(page)
