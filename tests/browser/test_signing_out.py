"""What a browser still shows to whoever sits down after somebody who has signed out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in


@pytest.fixture
def remembering(browser: Browser, require_program: Callable[[str], str]) -> Iterator[Page]:
    """A window that keeps the pages one has left, as people's do and Playwright's do not."""
    path, unwanted = require_program("chromium"), ["--disable-back-forward-cache"]
    launched = browser.browser_type.launch(executable_path=path, args=["--no-sandbox"], ignore_default_args=unwanted)
    yield launched.new_page()
    launched.close()


def _go_back(page: Page) -> None:
    """As its button does; a page that was kept is not loaded, which Playwright's own way waits for."""
    page.evaluate("setTimeout(() => history.back(), 0)")


def test_nobody_goes_back_to_what_was_read_before_signing_out(remembering: Page, filled_address: str) -> None:
    sign_in(remembering, filled_address)
    remembering.goto(f"{filled_address}/administration")
    remembering.click("button:has-text('Logga ut')")
    remembering.wait_for_url(f"{filled_address}/")
    _go_back(remembering)
    expect(remembering).to_have_url(re.compile("/logga-in"))
    expect(remembering.locator("h1")).to_have_text("Logga in")


def test_going_back_to_a_form_finds_what_was_typed(remembering: Page, filled_address: str) -> None:
    sign_in(remembering, filled_address)
    remembering.goto(f"{filled_address}/nytt-projekt")
    remembering.fill("#namn", "Nya startpunkten")
    remembering.goto(f"{filled_address}/om")
    _go_back(remembering)
    expect(remembering.locator("#namn")).to_have_value("Nya startpunkten")
