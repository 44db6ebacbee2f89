"""What people see in a browser while search is away."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import CheckedPage
from tests.browser.test_reading_pages import LOOKS
from tests.webapp.small_bank import SmallBank
from workers import queue
from workers.sweep import sweep

OpenContext = Callable[..., BrowserContext]


@pytest.fixture
def broken(bank: SmallBank, address: str) -> str:
    """Where a bank is served that has lost its index; gives the address of the search page."""
    project = bank.project("Boendestöd i Skärholmen")
    bank.document("Slutrapport", ["Boendestöd prövades."], project_id=project)
    bank.index()
    bank.close()
    shutil.rmtree(bank.settings.index_folder)
    bank.settings.index_folder.write_text("not a folder")
    return address


@pytest.mark.parametrize(("size", "scheme"), LOOKS, ids=["wide light", "wide dark", "phone light", "phone dark"])
def test_axe_finds_nothing_to_mend_and_nothing_scrolls_sideways(
    open_context: OpenContext, broken: str, check_accessibility: CheckedPage, size: dict[str, int], scheme: str
) -> None:
    window = open_context(viewport=size, color_scheme=scheme).new_page()
    for path in ("/sok?q=boendestöd", "/", "/sok?q=boendestöd&lang=en"):
        window.goto(broken + path)
        check_accessibility(window)
        assert window.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_trying_again_finds_the_answer_when_search_is_back(page: Page, broken: str, bank: SmallBank) -> None:
    page.goto(f"{broken}/sok?q=boendestöd")
    expect(page.locator("h1")).to_have_text("Sökningen är tillfälligt otillgänglig")
    expect(page.locator("#q")).to_have_value("boendestöd")
    bank.settings.index_folder.unlink()
    queue.configure(bank.settings)
    sweep(bank.workers)
    bank.index()
    page.get_by_role("link", name="Försök igen").click()
    expect(page.locator("h1")).to_contain_text("dokument i")
