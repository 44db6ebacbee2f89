"""A real browser before a real server: Playwright with the system's Chromium, the app on a bank in a fresh folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from settings import Settings
from tests.webapp.samples import fill
from tests.webapp.small_bank import SmallBank
from webapp import create_app

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CheckedPage = Callable[[Page], None]


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  # named so by werkzeug
        """Requests are no part of a test's output."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serves the app on a free port of this machine for as long as the block lasts; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def filled_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBank]:
    """A bank with the sample projects and an administrator; for tests that only read."""
    made = SmallBank(Settings(data=str(tmp_path_factory.mktemp("browser")), workers="1", web_processes="1"))
    fill(made)
    made.person("administrator")
    yield made
    made.close()


@pytest.fixture(scope="session")
def filled_address(filled_bank: SmallBank) -> Iterator[str]:
    """Where the bank with the sample projects is served."""
    app = create_app(filled_bank.settings)
    with serving(app) as address:
        yield address
    app.extensions["bank"].close()


@pytest.fixture
def bank(settings: Settings) -> Iterator[SmallBank]:
    """An empty bank in a fresh folder, for tests that write."""
    made = SmallBank(settings)
    yield made
    made.close()


@pytest.fixture
def address(bank: SmallBank) -> Iterator[str]:
    """Where the empty bank is served."""
    app = create_app(bank.settings)
    with serving(app) as found:
        yield found
    app.extensions["bank"].close()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser windows that know nothing of each other: size, colour scheme, scripts are arguments of each."""
    opened: list[BrowserContext] = []

    def make(**wishes: Any) -> BrowserContext:
        opened.append(browser.new_context(**{"viewport": WIDE, "locale": "sv-SE", **wishes}))
        return opened[-1]

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A window on a wide screen; a fault of a script or a broken policy fails the test."""
    opened = open_context().new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield opened
    assert not faults


@pytest.fixture(scope="session")
def check_accessibility() -> CheckedPage:
    """Fails with every rule of WCAG 2.1 A and AA, and of good practice, that axe finds broken on a page."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page)
        broken = [
            f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}"
            for one in found.response["violations"]
        ]
        assert not broken, "\n".join(broken)

    return check


def sign_in(page: Page, address: str, name: str = "anna", password: str = "en lång lösenfras") -> None:
    """Signs in through the form, as a person does."""
    page.goto(f"{address}/logga-in")
    page.fill("[name=namn]", name)
    page.fill("[name=losenord]", password)
    page.click("main button:has-text('Logga in')")
    page.wait_for_url(f"{address}/")
