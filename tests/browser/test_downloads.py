"""The files of a hit list, fetched as people do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import PHONE, WIDE

OpenContext = Callable[..., BrowserContext]


def test_the_hits_are_downloaded_as_a_workbook_by_keyboard(
    open_context: OpenContext, filled_address: str, tmp_path: Path
) -> None:
    page = open_context(viewport=WIDE, java_script_enabled=False).new_page()
    page.goto(f"{filled_address}/sok?q=boendestöd&typ=slutrapport")
    link = page.get_by_role("list", name="Ladda ned träffarna").get_by_role("link", name="Excel")
    link.focus()
    with page.expect_download() as fetching:
        page.keyboard.press("Enter")
    file = tmp_path / fetching.value.suggested_filename
    fetching.value.save_as(file)

    assert file.name.startswith("kunskapsbanken-boendestod-")
    book = CalamineWorkbook.from_path(file)
    assert book.sheet_names == ["Om", "Träffar"]
    rows = len(book.get_sheet_by_name("Träffar").to_python()) - 1
    assert page.get_by_role("heading", level=1).inner_text().startswith(f"{rows} dokument")


def test_on_a_phone_the_links_stand_in_the_row_of_the_order_and_take_no_room(
    open_context: OpenContext, filled_address: str
) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto(f"{filled_address}/sok?q=boendestöd")
    toolbar, first = page.locator(".toolbar").bounding_box(), page.locator(".hit__title").first.bounding_box()

    assert toolbar
    assert toolbar["height"] <= 46
    assert first
    assert first["y"] <= 540
    last = page.get_by_role("list", name="Ladda ned träffarna").get_by_role("link", name="JSON")
    last.focus()
    expect(last).to_be_in_viewport()
