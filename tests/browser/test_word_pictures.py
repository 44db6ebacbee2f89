"""A hit in a Word file opens, by itself, the picture of the page where it stands, with the word marked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, WIDE, CheckedPage
from tests.indexer.extraction import fyrbaken
from tests.webapp.small_bank import SmallBank

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = f"{fyrbaken.TITLE}\n\n{fyrbaken.FIRST}\n\n{fyrbaken.HEADING}\n\n{fyrbaken.LAST}"
LONG_ENOUGH = 120_000  # milliseconds; a conversion takes some two seconds of processor time


@pytest.fixture
def report(bank: SmallBank, require_program: Callable[[str], str]) -> int:
    require_program("soffice")
    made = bank.document("Fyrbåken", [TEXT], content=fyrbaken.word(), media_type=WORD, file_name="fyrbåken.docx")
    bank.index()
    return made


def test_a_hit_in_a_word_file_opens_the_right_picture_with_a_mark(
    page: Page, address: str, report: int, check_accessibility: CheckedPage
) -> None:
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"{address}/sok?q=torsdagar")
    page.get_by_role("link", name="Fyrbåken").first.click()
    picture, marks = page.locator(".sheet img"), page.locator(".sheet__marks rect.now")
    expect(picture).to_have_attribute("src", f"/dokument/{report}/sida/2.png?bredd=1120", timeout=LONG_ENOUGH)
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 0
    expect(marks).to_have_count(1)
    inside, whole = marks.bounding_box(), picture.bounding_box()
    assert inside
    assert whole
    assert whole["y"] < inside["y"] < whole["y"] + whole["height"] / 4  # the second line of its page
    expect(page.locator(".pagetext mark.now")).to_have_text("torsdagar")
    check_accessibility(page)
    page.get_by_role("navigation", name="Bilder av sida 1").get_by_role("link", name="1").click()
    expect(picture).to_have_attribute("src", f"/dokument/{report}/sida/1.png?bredd=1120")


def test_whoever_has_begun_to_read_is_offered_the_picture(page: Page, address: str, report: int) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(f"{address}/dokument/{report}?q=torsdagar")
    page.keyboard.press("Tab")
    offer = page.get_by_role("link", name="Bilden är klar. Visa den.")
    expect(offer).to_be_visible(timeout=LONG_ENOUGH)
    offer.click()
    expect(page.locator(".sheet img")).to_be_visible()


def test_without_script_the_picture_is_there_at_the_next_visit(
    open_context: Callable[..., BrowserContext], address: str, report: int
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{address}/dokument/{report}?q=torsdagar")
    expect(page.get_by_text("Bilden av sidan görs i ordning.")).to_be_visible()
    expect(page.locator(".pagetext mark")).to_have_text("torsdagar")
    for _ in range(600):
        page.wait_for_timeout(200)
        page.reload()
        if page.locator(".sheet img").count():
            break
    expect(page.locator(".sheet img")).to_be_visible()
