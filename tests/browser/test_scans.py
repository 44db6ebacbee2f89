"""A scanned report in a browser: dropped, followed through the queue, found, and marked on its picture."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from settings import Settings
from tests.browser.conftest import CheckedPage, sign_in
from tests.scans import REPORT, SECOND, scanned_pdf
from tests.webapp.small_bank import SmallBank
from workers import queue
from workers.steps import index_next, read_next, scan_next

PLACE = """() => {
  const [mark, sheet] = [document.querySelector(".sheet__marks rect"), document.querySelector(".sheet")];
  const [one, all] = [mark.getBoundingClientRect(), sheet.getBoundingClientRect()];
  return [(one.left - all.left) / all.width, (one.bottom - all.top) / all.height];
}"""


@pytest.fixture
def editor(page: Page, bank: SmallBank, address: str, settings: Settings, tesseract: str) -> Page:
    assert tesseract
    queue.configure(settings)
    bank.person("redaktor")
    sign_in(page, address)
    page.goto(f"{address}/uppladdning")
    return page


def _index(bank: SmallBank) -> None:
    while index_next(bank.workers):
        pass


def test_a_scanned_report_is_followed_from_the_drop_to_a_mark_on_the_scanned_word(
    editor: Page, bank: SmallBank, address: str, check_accessibility: CheckedPage
) -> None:
    content = scanned_pdf([SECOND, REPORT])
    report: FilePayload = {"name": "skannad.pdf", "mimeType": "application/pdf", "buffer": content}
    editor.locator("#filer").set_input_files([report])
    expect(editor.locator("#pagar")).to_have_text("Pågår (1)")
    assert read_next(bank.workers) == 1
    expect(editor.get_by_text("Läses med OCR.")).to_be_visible()
    assert scan_next(bank.workers) == 1
    expect(editor.get_by_text("Sida 1 av 2")).to_be_visible()
    check_accessibility(editor)
    assert scan_next(bank.workers) == 1
    _index(bank)
    expect(editor.locator("#klara")).to_have_text("Klara (1)")
    editor.goto(f"{address}/sok?q=vräkning")
    editor.get_by_role("link", name="s. 2").first.click()
    expect(editor.locator(".sheet__marks rect")).to_have_count(1)
    across, down = editor.evaluate(PLACE)
    assert across == pytest.approx(60 / 595, abs=0.01)
    line = 5  # of the report, each 16 points below the one before
    assert down == pytest.approx((842 - 780 + 16 * line) / 842, abs=0.01)
    expect(editor.locator("mark")).to_have_text("Vräkningarna")
    expect(editor.get_by_text("Säkerhet")).to_be_visible()
    check_accessibility(editor)
