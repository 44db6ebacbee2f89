"""The road that everything else stands on: a dropped report is found on the right page, with the word marked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, FilePayload, Page, expect

from catalog import documents, drops
from catalog.database import Database, open_database
from settings import Settings
from tests.journeys.serving import Served, served, until
from tests.webapp.small_pdf import small_pdf

PASSWORD = "en lång lösenfras"
PATIENCE = 20_000  # milliseconds: two cores may be busy with other tests
FILLER = ["Projektet pågick i två år.", "Styrgruppen träffades varje månad.", "Bilagor finns hos redaktionen."]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "data") as bank:
        answer = bank.run("user", "add", "anna", "--role", "administratör", given=f"{PASSWORD}\n")
        assert answer.returncode == 0, answer.stderr
        yield bank


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window in which no script fails."""
    faults: list[str] = []
    context = browser.new_context(locale="sv-SE", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert not faults


def test_a_dropped_report_is_found_by_an_inflected_word_on_the_right_page(page: Page, running: Served) -> None:
    expect.set_options(timeout=PATIENCE)
    bank = f"http://{running.address}"
    _sign_in(page, bank)
    _drop_three_files(page)
    _see_them_through_the_queue(page)
    _find_the_word_and_follow_it(page, bank)
    record = open_database(Settings(data=running.environ["KB_DATA"]).database_url)
    _try_the_damaged_file_again(page, bank, record)
    record.dispose()


def _sign_in(page: Page, bank: str) -> None:
    page.goto(f"{bank}/uppladdning")
    page.get_by_label("Användarnamn").fill("anna")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", name="Ladda upp dokument")).to_be_visible()


def _drop_three_files(page: Page) -> None:
    page.locator("#filer").set_input_files([_pdf(), _word(), _damaged()])


def _see_them_through_the_queue(page: Page) -> None:
    """Nothing is read in again here: the page follows the queue by itself."""
    expect(page.locator("#klara")).to_have_text("Klara (2)")
    expect(page.locator("#hjalp")).to_have_text("Behöver din hjälp (1)")
    damaged = page.get_by_role("listitem").filter(has_text="trasig.pdf")
    expect(damaged).to_contain_text("Skadad fil.")


def _find_the_word_and_follow_it(page: Page, bank: str) -> None:
    page.goto(f"{bank}/sok")
    page.locator("#q").fill("vräkningarnas")
    page.locator("#q").press("Enter")
    hit = page.get_by_role("article").filter(has_text="Slutrapport")
    expect(hit).to_be_visible()
    hit.get_by_role("link", name=re.compile(r"^s\.\s12$")).click()
    expect(page.locator("#sidtext")).to_have_text("Texten på sida 12")
    expect(page.locator(".pagetext mark.now")).to_have_text("vräkningen")
    expect(page.locator(".sheet__marks rect.now")).to_have_count(1)
    picture = page.locator(".sheet img")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 0


def _last_reading(record: Database) -> datetime:
    with record.reading() as session:
        damaged = next(row for row in drops.queue(session) if row.file_name == "trasig.pdf")
        started = documents.get(session, damaged.document_id or 0).reading_started_at
    assert started
    return started


def _try_the_damaged_file_again(page: Page, bank: str, record: Database) -> None:
    page.goto(f"{bank}/uppladdning")
    before = _last_reading(record)
    page.get_by_role("button", name="Försök igen med trasig.pdf").click()
    until(lambda: _last_reading(record) > before, 20, "another reading of the damaged file")
    expect(page.get_by_role("listitem").filter(has_text="trasig.pdf")).to_contain_text("Skadad fil.")
    expect(page.locator("#hjalp")).to_have_text("Behöver din hjälp (1)")


def _pdf() -> FilePayload:
    pages = [["Slutrapport", f"Kapitel {number}", *FILLER] for number in range(1, 15)]
    pages[11] = ["Resultat", "Den enda vräkningen under två år gällde en tom lägenhet."]
    return {"name": "Slutrapport Bo kvar.pdf", "mimeType": "application/pdf", "buffer": small_pdf(*pages)}


def _word() -> FilePayload:
    written, stream = Document(), io.BytesIO()
    written.add_heading("Projektplan")
    written.add_paragraph("Vi prövar hembesök före varje uppsägning av hyreskontrakt.")
    written.save(stream)
    return {"name": "Projektplan Bo kvar.docx", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}


def _damaged() -> FilePayload:
    return {"name": "trasig.pdf", "mimeType": "application/pdf", "buffer": small_pdf(["Delrapport"])[:200]}
