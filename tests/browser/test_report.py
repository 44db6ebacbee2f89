"""The yearly report in a browser: by keyboard, without script, on paper, and as a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, CheckedPage

REPORT = "/utforska/arsrapport"
OpenContext = Callable[..., BrowserContext]


def test_a_report_is_chosen_and_fetched_by_keyboard_alone_without_script(
    open_context: OpenContext, filled_address: str
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(filled_address + REPORT)
    page.focus("#ar")
    page.keyboard.type("2018")
    for _step in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article h2").first).to_have_text("Projekt med medel 2018")
    page.get_by_role("link", name="Word").focus()
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    assert fetched.value.suggested_filename == "arsrapport-2018.docx"


def test_only_the_report_goes_on_paper(page: Page, filled_address: str) -> None:
    page.goto(f"{filled_address}{REPORT}?ar=2018")
    page.emulate_media(media="print")
    for gone in ("form.controls", ".report-bar", ".crumbs", "header nav.nav >> nth=0", "footer"):
        expect(page.locator(gone)).to_be_hidden()
    for kept in ("#rapport", "#medel", ".report svg.chart >> nth=0", "#alla"):
        expect(page.locator(kept)).to_be_visible()


def test_the_html_file_stands_alone_on_wide_and_narrow_screens(
    open_context: OpenContext, filled_address: str, check_accessibility: CheckedPage, tmp_path: Path
) -> None:
    page = open_context().new_page()
    page.goto(f"{filled_address}{REPORT}?ar=2018")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="HTML").click()
    fetched.value.save_as(tmp_path / "rapport.html")
    alone = open_context(viewport=PHONE, offline=True).new_page()
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto((tmp_path / "rapport.html").as_uri())
    assert len(asked) == 1
    assert alone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    check_accessibility(alone)
