"""Dropping files in a browser: anywhere on the page, sent one by one, followed without reading the page again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from settings import Settings
from tests.browser.conftest import CheckedPage, sign_in
from tests.webapp.small_bank import SmallBank
from workers import queue
from workers.steps import index_next, read_next

DROP = """files => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.querySelector("footer").dispatchEvent(
      new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def editor(page: Page, bank: SmallBank, address: str, settings: Settings) -> Page:
    queue.configure(settings)
    bank.person("redaktor")
    sign_in(page, address)
    page.goto(f"{address}/uppladdning")
    return page


def _work(bank: SmallBank) -> None:
    while read_next(bank.workers) or index_next(bank.workers):
        pass


def _file(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def test_files_dropped_anywhere_are_sent_and_followed_without_a_reload(
    editor: Page, bank: SmallBank, check_accessibility: CheckedPage
) -> None:
    editor.evaluate("window.same = true")
    editor.evaluate(
        DROP, [["ett.txt", "Första rapporten."], ["två.txt", "Andra rapporten."], ["bild.bin", "\x00\x01\x02"]]
    )
    expect(editor.locator("#pagar")).to_have_text("Pågår (2)")
    expect(editor.locator("#hjalp")).to_have_text("Behöver din hjälp (1)")
    expect(editor.locator("#sands")).to_be_hidden()
    check_accessibility(editor)
    _work(bank)
    expect(editor.locator("#klara")).to_have_text("Klara (2)")
    expect(editor.locator("#ko-nytt")).to_contain_text("1 behöver din hjälp.")
    assert editor.evaluate("window.same")
    editor.reload()
    expect(editor.locator("#klara")).to_have_text("Klara (2)")


def test_the_choices_of_the_form_hold_for_dropped_files(editor: Page, bank: SmallBank, address: str) -> None:
    editor.get_by_label("Ett nytt projekt för alla filerna").check()
    editor.get_by_label("Det nya projektets namn").fill("Bo kvar")
    editor.get_by_label("Publicera så snart filen är läst").check()
    editor.locator("#filer").set_input_files([_file("ett.txt", "Ett."), _file("två.txt", "Två.")])
    expect(editor.locator("#pagar")).to_have_text("Pågår (2)")
    _work(bank)
    expect(editor.get_by_text("Publicerad.")).to_have_count(2)
    editor.goto(f"{address}/projekt/bo-kvar")
    expect(editor.locator("#dokument + .count")).to_have_text("2")


def test_writing_a_projects_name_chooses_it_and_names_are_proposed(editor: Page, bank: SmallBank) -> None:
    bank.project("Bo kvar i Farsta")
    expect(editor.get_by_label("Ett nytt projekt för varje fil")).to_be_checked()
    editor.locator("#projektnamn").press_sequentially("Bo")
    expect(editor.get_by_label("Ett nytt projekt för alla filerna")).to_be_checked()
    editor.locator("#projektet").press_sequentially("farst")
    expect(editor.get_by_label("Ett projekt som redan finns")).to_be_checked()
    expect(editor.locator("#projektnamnen option")).to_have_count(1)
    assert editor.locator("#projektnamnen option").get_attribute("value") == "Bo kvar i Farsta"


def test_a_file_that_cannot_be_sent_tells_why_and_the_others_go_on(editor: Page) -> None:
    editor.evaluate("document.getElementById('slapp').dataset.largest = 10")
    editor.evaluate(DROP, [["stor.txt", "En lång rapport."], ["liten.txt", "Kort."]])
    expect(editor.locator("#sands .is-err")).to_contain_text("Gränsen är 200 MB per fil.")
    expect(editor.locator("#pagar")).to_have_text("Pågår (1)")


def test_focus_stays_on_the_button_while_the_queue_changes(editor: Page, bank: SmallBank) -> None:
    editor.evaluate(DROP, [["bild.bin", "\x00\x01\x02"]])
    button = editor.get_by_role("button", name="Ta bort bild.bin")
    button.focus()
    editor.evaluate(DROP, [["ett.txt", "Rapporten."]])
    expect(editor.locator("#pagar")).to_have_text("Pågår (1)")
    expect(button).to_be_focused()
    _work(bank)
    expect(editor.locator("#klara")).to_have_text("Klara (1)")
    expect(button).to_be_focused()
    editor.keyboard.press("Enter")
    expect(button).to_have_count(0)


def test_a_hidden_tab_asks_for_nothing_and_a_shown_one_at_once(editor: Page) -> None:
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url) if request.url.endswith("/ko") else None)
    editor.clock.install()
    editor.reload()
    with editor.expect_response("**/uppladdning/ko"):
        editor.clock.run_for(2_000)
    editor.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    asked.clear()
    editor.clock.run_for(60_000)
    assert not asked
    editor.evaluate("Object.defineProperty(document, 'hidden', { value: false, configurable: true })")
    with editor.expect_request("**/uppladdning/ko"):
        editor.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_page_works_without_script(
    open_context: Callable[..., BrowserContext], bank: SmallBank, address: str
) -> None:
    bank.person("redaktor")
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page, address)
    page.goto(f"{address}/uppladdning")
    page.locator("#filer").set_input_files([_file("ett.txt", "Ett."), _file("två.txt", "Två.")])
    page.get_by_role("button", name="Ladda upp").click()
    expect(page.get_by_text("2 filer är mottagna.")).to_be_visible()
    _work(bank)
    page.reload()
    expect(page.locator("#klara")).to_have_text("Klara (2)")
    page.get_by_role("button", name="Ta bort klara ur listan").click()
    expect(page.get_by_role("heading", name="Kön är tom")).to_be_visible()
