"""The pages where people work, in a browser: accessible in every look, usable by keyboard and without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from catalog import documents, editors_words, projects, watched
from settings import Settings
from tests.browser.conftest import PHONE, WIDE, CheckedPage, serving, sign_in
from tests.webapp.small_bank import SmallBank
from tests.webapp.small_pdf import small_pdf
from webapp import create_app

OpenContext = Callable[..., BrowserContext]
LOOKS = list(product((WIDE, PHONE), ("light", "dark")))
PAGES = {
    "sign in": "/logga-in",
    "upload": "/uppladdning",
    "upload for a project": "/uppladdning?projekt={project}",
    "document": "/dokument/{report}?q=boendestöd&sida=2",
    "document without question": "/dokument/{report}",
    "document without hits": "/dokument/{report}?q=rymdfärd",
    "document as text": "/dokument/{report}?q=boendestöd&visa=text",
    "long document": "/dokument/{long}?q=hemtjänst&sida=90",
    "zoomed page": "/dokument/{report}?q=boendestöd&sida=2&zoom=250",
    "document of words only": "/dokument/{plan}?q=tidplan",
    "edit document": "/dokument/{report}/redigera",
    "remove document": "/dokument/{report}/ta-bort",
    "project": "/projekt/sodermalmsmodellen",
    "edit project": "/projekt/sodermalmsmodellen/redigera",
    "new project": "/nytt-projekt",
    "administration": "/administration",
    "index": "/administration/index",
    "trial questions": "/administration/provning",
    "judge a question": "/administration/provning/fraga?q=boendestöd",
    "forget a question": "/administration/provning/ta-bort?q=boendestöd",
    "rebuild": "/administration/index/bygg-om",
    "give up a rebuild": "/administration/index/bygg-om/avbryt",
    "words": "/administration/ord?prova=boendestödet",
    "publish": "/projekt/sodermalmsmodellen/publicera",
    "coverage": "/administration/tackning",
    "coverage list": "/administration/tackning/hela",
    "coverage files": "/administration/tackning/skadade",
    "in english": "/dokument/{report}?q=boendestöd&lang=en",
}
LONG_NAMES = {
    "new project with long choices": "/nytt-projekt",
    "project with a long name": "/projekt/{long_named}",
    "edit project with a long name": "/projekt/{long_named}/redigera",
    "publish project with a long name": "/projekt/{long_named}/publicera",
    "edit document with a long name": "/dokument/{long_file}/redigera",
}
LONG_NAME = "Slutrapport_utvärdering_av_samverkansprojektet_hembesök_version_3_slutlig"
LINES = (["Inledning"], ["Boendestödet blev bättre.", "Ett boendestöd räcker."], ["Boendestöd hjälper."])
TEXTS = ("Inledning", "Boendestödet blev bättre.\n\nEtt boendestöd räcker.", "Boendestöd hjälper.")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A bank with something in every state; gives ids by name, and its address."""
    bank = SmallBank(Settings(data=str(tmp_path_factory.mktemp("working")), workers="1", web_processes="1"))
    bank.person("administrator")
    project = bank.project(
        "Södermalmsmodellen",
        aim="Boendestöd och arbetsterapeuter i samma team.",
        finding="stod",
        finding_note="Pröva gärna.",
        summary={"background": "Många hade samma mål år efter år.", "results": "Fler nådde sina mål."},
        partners=["Stockholms universitet"],
        chosen={"organisation": ["Södermalm"], "keyword": ["vardag", "team"]},
    )
    report = bank.document(
        "Slutrapport", TEXTS, project_id=project, content=small_pdf(*LINES), headings=("", "Resultat")
    )
    plan = bank.document(
        "Plan", ["Tidplan och mål."], project_id=project, media_type="text/plain", file_name="plan.txt"
    )
    bank.document("Bilaga", ["Deltagaren 811228-9874 flyttade."], project_id=project, published=False)
    long = bank.document("Bilagor", [f"Bilaga {n} om hemtjänst." for n in range(1, 181)], project_id=project)
    failed = bank.document("Trasig", ["x"], project_id=project, published=False)
    with bank.workers.database.transaction() as session:
        documents.fail(session, failed, "damaged")
        trouble = {
            "name": "Bo kvar/rapport med ett långt namn.docx",
            "why": "unreadable",
            "detail": "Permission denied",
        }
        watched.note_stand(session, "/srv/inkommet", watched.Stand(watched.WATCHED, 3, (trouble,)))
        editors_words.add(session, "synonym", "försörjningsstöd", same_as="ekonomiskt bistånd", by="anna")
        editors_words.add(session, "protected", "egenmakt", why="inte egen + makt", by="anna")
        documents.refuse(session, file_name="film.mp4", size=9, media_type="", dropped_by="anna", reason="unsupported")
    long_named = bank.project(LONG_NAME, chosen={"target_group": ["socialsekreterare inom barn- och ungdomsvården"]})
    long_file = bank.document("Lång", ["Text."], project_id=long_named, file_name=f"{LONG_NAME}.txt")
    with bank.workers.database.reading() as session:
        long_slug = projects.get(session, long_named).slug
    bank.index()
    app = create_app(bank.settings)
    with serving(app) as address:
        ids = {"project": project, "report": report, "plan": plan, "long": long, "long_file": long_file}
        yield {**ids, "long_named": long_slug, "address": address}
    app.extensions["bank"].close()
    bank.close()


@pytest.fixture(scope="module")
def signed_in(browser: Browser, places: dict[str, Any]) -> Any:
    """The cookies of an administrator."""
    context = browser.new_context()
    sign_in(context.new_page(), places["address"])
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize("look", LOOKS, ids=["wide light", "wide dark", "phone light", "phone dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_to_mend(  # noqa: PLR0917 - fixtures and parameters
    open_context: OpenContext,
    places: dict[str, Any],
    signed_in: Any,
    check_accessibility: CheckedPage,
    name: str,
    look: tuple[dict[str, int], str],
) -> None:
    state = None if name == "sign in" else signed_in
    page = open_context(viewport=look[0], color_scheme=look[1], storage_state=state).new_page()
    page.goto(places["address"] + PAGES[name].format(**places))
    check_accessibility(page)


@pytest.mark.parametrize("name", [*PAGES, *LONG_NAMES])
def test_no_page_scrolls_sideways_at_320_pixels(
    open_context: OpenContext, places: dict[str, Any], signed_in: Any, name: str
) -> None:
    page = open_context(viewport={"width": 320, "height": 700}, storage_state=signed_in).new_page()
    page.goto(places["address"] + (PAGES | LONG_NAMES)[name].format(**places))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_long_words_and_labels_give_way_to_a_narrow_screen(
    open_context: OpenContext, bank: SmallBank, address: str
) -> None:
    word = "Socialförvaltningsövergripandekompetensutvecklingsprojektsuppföljningsrapport"
    label = "ensamstående föräldrar med barn som har stora behov av stöd från flera huvudmän"
    bank.person("administrator")
    chosen = {"organisation": [word], "subject_area": [f"{word}område"]}
    project = bank.project(word, aim=word, partners=[f"{word}universitet"], chosen=chosen)
    report = bank.document(word, [f"Boendestöd i {word}."], project_id=project)
    bank.project("Kort", chosen={"target_group": [label]})
    bank.index()
    page = open_context(viewport={"width": 320, "height": 700}).new_page()
    sign_in(page, address)
    of_project, of_report = f"/projekt/{word.lower().replace('ö', 'o')}", f"/dokument/{report}"
    edit = f"{of_project}/redigera"
    paths = ("/", "/sok?q=boendestöd", of_project, edit, f"{of_project}/publicera", f"{of_report}/varfor?q=boendestöd")
    widths = {}
    for path in (*paths, "/administration/provning/fraga?q=boendestöd"):
        assert page.goto(address + path).ok  # type: ignore[union-attr]
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}
    page.goto(address + edit)
    assert page.locator(".pick button").first.bounding_box()["width"] >= 30  # type: ignore[index]


def test_the_name_of_the_bank_is_whole_beside_the_menu_on_a_narrow_phone(
    open_context: OpenContext, places: dict[str, Any]
) -> None:
    page = open_context(viewport={"width": 320, "height": 700}).new_page()
    page.goto(places["address"])
    name, menu = page.locator(".brand__name"), page.locator(".nav--phone > summary")
    lines = name.evaluate(
        """element => {
          const text = document.createRange();
          text.selectNodeContents(element);
          return [...text.getClientRects()].map(line => line.right);
        }"""
    )
    assert len(lines) == 1
    assert lines[0] <= menu.bounding_box()["x"]  # type: ignore[index]


def test_keys_step_between_hits_and_pages(page: Page, places: dict[str, Any]) -> None:
    page.goto(f"{places['address']}/dokument/{places['report']}?q=boendestöd&sida=2")
    expect(page.locator(".pagetext mark.now")).to_have_text("Boendestödet")
    page.keyboard.press("n")
    expect(page.locator(".pagetext mark.now")).to_have_text("boendestöd")
    page.keyboard.press("n")
    expect(page.get_by_text("Träff 3 av 3")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_text("Träff 2 av 3")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#sida")).to_have_value("1")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("npn")
    expect(page.locator("#sida")).to_have_value("1")


def test_the_bars_of_the_page_map_lead_to_their_pages_by_keyboard(page: Page, places: dict[str, Any]) -> None:
    page.goto(f"{places['address']}/dokument/{places['long']}?q=hemtjänst&sida=90")
    bar = page.get_by_role("link", name="s. 178–180: 3 träffar på 3 sidor")
    bar.focus()
    expect(bar).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Träff 178 av 180")).to_be_visible()
    page.get_by_role("link", name="159 sidor till före").click()
    expect(page.get_by_text("Träff 159 av 180")).to_be_visible()


def test_long_words_of_headings_stay_whole_in_the_list_of_page_hits(page: Page, bank: SmallBank, address: str) -> None:
    headings = ["Implementeringsförutsättningar", "Överenskommelse med arbetsmarknadsförvaltningen"]
    report = bank.document("Slutrapport", ["Boendestöd.", "Ett boendestöd."], headings=headings)
    bank.index()
    page.goto(f"{address}/dokument/{report}?q=boendestöd")
    expect(page.locator(".pagehits__where")).to_have_text(headings)
    lines_of_words = page.evaluate(
        """() => [...document.querySelectorAll(".pagehits__where")].flatMap(heading => {
          const text = heading.firstChild;
          return [...text.data.matchAll(/\\S+/g)].map(word => {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return range.getClientRects().length;
          });
        })"""
    )
    assert lines_of_words == [1] * 4


def test_the_question_in_a_document_changes_and_the_way_back_stays(
    open_context: OpenContext, places: dict[str, Any]
) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{places['address']}/sok?q=boendestöd&utfall=stod")
    results = page.url
    page.get_by_role("link", name="Slutrapport").first.click()
    page.fill(".find [name=q]", "inledning")
    page.click(".find button")
    expect(page.get_by_text("Träff 1 av 1")).to_be_visible()
    page.get_by_role("link", name="Träffar på boendestöd").click()
    assert page.url == results.replace("&utfall=", "&ord=alla&utfall=")  # the reading that the list was given by


def test_an_editor_judges_a_question_by_keyboard_without_script(
    open_context: OpenContext, places: dict[str, Any], signed_in: Any
) -> None:
    page = open_context(java_script_enabled=False, storage_state=signed_in).new_page()
    page.goto(f"{places['address']}/administration")
    page.get_by_role("link", name="Provfrågor").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Frågan, som en läsare skriver den").fill("tidplan")
    page.keyboard.press("Enter")
    hit = page.get_by_role("group", name="1. Plan")
    hit.get_by_label("inte bedömd").focus()
    page.keyboard.press("ArrowRight")
    expect(hit.get_by_label("bra")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 bedömning är sparad.")).to_be_visible()
    expect(page.get_by_role("row", name="tidplan").get_by_role("cell").first).to_have_text("1")
    page.get_by_role("link", name="Ta bort tidplan").click()
    page.get_by_role("button", name="Ta bort frågan").click()
    expect(page.get_by_text("Ingen fråga är bedömd än.")).to_be_visible()


def test_the_marks_lie_on_the_words_of_the_picture(page: Page, places: dict[str, Any]) -> None:
    page.goto(f"{places['address']}/dokument/{places['report']}?q=boendestöd&sida=2")
    picture, marks = page.locator(".sheet img"), page.locator(".sheet__marks")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") > 0
    assert picture.bounding_box() == pytest.approx(marks.bounding_box(), abs=1)
    expect(marks.locator("rect")).to_have_count(2)
    expect(marks.locator("rect.now")).to_have_count(1)


def test_the_zoomed_page_shows_the_hit_and_closes_with_escape(
    open_context: OpenContext, places: dict[str, Any]
) -> None:
    page = open_context(viewport=PHONE).new_page()
    page.goto(f"{places['address']}/dokument/{places['report']}?q=boendestöd&sida=2")
    page.get_by_role("link", name="Förstora sidan").click()
    expect(page.locator("#traff-1")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".pagetext")).to_be_visible()


def test_the_list_of_errors_has_focus_and_leads_to_the_field(
    open_context: OpenContext, places: dict[str, Any], signed_in: Any
) -> None:
    page = open_context(storage_state=signed_in).new_page()
    page.goto(f"{places['address']}/projekt/sodermalmsmodellen/redigera")
    page.fill("#start", "19")
    page.press("#start", "Enter")
    expect(page.locator(".alert[role=alert]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#start")).to_be_focused()
    expect(page.locator("#start")).to_have_value("19")
