"""/administration/tackning: every number is the length of its list."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import update

from catalog import documents, jobs, watched
from catalog.documents import rereading
from catalog.models import Document, Page, Scan
from indexer import readers
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import PDF, SmallBank
from webapp.coverage import list_page

HERE = "/administration/tackning"
HARD_BLANK = "\N{NO-BREAK SPACE}"


def change(bank: SmallBank, document: int, **fields: Any) -> None:
    with bank.workers.database.transaction() as session:
        session.execute(update(Document).where(Document.id == document).values(**fields))


@pytest.fixture
def filled(bank: SmallBank) -> SmallBank:
    """Something in every list."""
    today = {"reader": readers()[PDF], "languages": ["sv"]}
    whole = bank.project("Bo kvar", status="avslutat", finding="stod", summary={"aim": "Kort."})
    bare = bank.project("Samlarteam", status="avslutat", summary={"aim": ""})
    bank.project("Tomt", status="pagaende")
    change(bank, bank.document("Hel", ["a", "b", "c"], project_id=whole), **today)
    change(bank, bank.document("Kapad", ["a"], project_id=bare, document_type="delrapport"), cut=["pages"], **today)
    change(bank, bank.document("Bilder", ["a"], project_id=bare, document_type="bilaga"), cut=["scanned"], **today)
    for name, confidence, waiting in (("Skannad", 94, 0), ("Suddig", 40, 0), ("Väntar", 90, 2)):
        one = bank.document(name, ["a"], project_id=bare, document_type="bilaga")
        change(bank, one, scan_pages=3, scan_pages_waiting=waiting, page_count=3, **today)
        with bank.workers.database.transaction() as session:
            session.execute(update(Page).where(Page.document_id == one).values(confidence=confidence))
    mixed = bank.document("Blandad", ["a"])
    change(bank, mixed, reader="pdf:1.2", languages=["en", "sv"], language="en")
    change(bank, bank.document("Odaterad", ["a"], day=None), year=None, **{**today, "language": ""})
    again, failed_again = bank.document("Läses om", ["a"]), bank.document("Gick inte om", ["a"])
    taken_back = bank.document("Med personnummer", ["a"], published=False)
    for one in (again, failed_again, taken_back):
        change(bank, one, **today)
    change(bank, taken_back, reason="identity")
    with bank.workers.database.transaction() as session:
        documents.give_up(session, failed_again, "too_slow")
        rereading.promise_rereading(session, [again])
        for name, reason in (("Låst", "encrypted"), ("Trasig", "damaged"), ("Konstig", "no_text")):
            kept = bank.workers.originals.keep(BytesIO(name.encode()), 100)
            arrival = documents.Arrival(kept, f"{name}.pdf", PDF, documents.Wish("anna"))
            (made,) = documents.register(session, [arrival])
            documents.fail(session, made.document_id, reason)
            jobs.forget(session, "read", "document", [made.document_id])
        documents.refuse(session, file_name="film.mp4", size=9, media_type="", dropped_by="anna", reason="unsupported")
        documents.refuse(
            session, file_name="tom.pdf", size=0, media_type="", dropped_by="bevakad mapp", reason="damaged"
        )
        kept = bank.workers.originals.keep(BytesIO(b"vantar"), 100)
        arrival = documents.Arrival(kept, "väntar.pdf", PDF, documents.Wish("anna"))
        documents.register(session, [arrival])
    return bank


@pytest.fixture
def editor(filled: SmallBank, sign_in: SignIn) -> Iterator[FlaskClient]:
    return sign_in()  # type: ignore[return-value]


def numbers(editor: FlaskClient) -> dict[str, int]:
    """Every number of the page with a list, by the list's address."""
    found: dict[str, int] = {}
    for one in select(page(editor, HERE), "main a"):
        address = str(one.get("href"))
        if address.startswith(f"{HERE}/") and not address.endswith((".csv", ".xlsx")):
            told = re.search(r"\d[\d\N{NO-BREAK SPACE}]*", one.text_content())
            assert told, one.text_content()
            number = int(told[0].replace(HARD_BLANK, ""))
            assert found.setdefault(address, number) == number, f"{address} has two numbers"
    return found


def rows(editor: FlaskClient, address: str) -> int:
    """All rows of a list, page by page."""
    count, here = 0, page(editor, address)
    while True:
        count += len(select(here, ".list h2"))
        following = links(here, "a[rel=next]")
        if not following:
            return count
        here = page(editor, following[0])


def test_every_number_is_the_length_of_its_list(editor: FlaskClient) -> None:
    found = numbers(editor)
    assert {address.rpartition("/")[2] for address in found} == {
        "hela", "brister", "inskannade", "svarlasta", "vantar-pa-ocr", "bilder-utan-text",
        "bortklippt", "i-ko", "olasta",
        "losenord", "skadade", "stods-inte", "orsak-no_text",
        "utan-slutrapport", "utan-sammanfattning", "utan-utfall", "utan-dokument", "utan-datum", "utan-projekt",
        "aldre-lasare", "lases-om", "omlasning-misslyckad", "personnummer",
        "sprak-sv", "sprak-sv-en", "sprak-okant", "blandade-sprak",
    }  # fmt: skip
    assert all(found.values())
    assert {address: rows(editor, address) for address in found} == found


def test_the_numbers_are_right(editor: FlaskClient) -> None:
    found = {address.rpartition("/")[2]: number for address, number in numbers(editor).items()}
    assert found["hela"] == 6
    assert (found["brister"], found["bortklippt"], found["bilder-utan-text"]) == (4, 1, 1)
    assert (found["inskannade"], found["svarlasta"], found["vantar-pa-ocr"]) == (1, 1, 1)
    assert (found["skadade"], found["losenord"], found["stods-inte"], found["olasta"]) == (2, 1, 1, 3)
    assert (found["utan-slutrapport"], found["utan-utfall"], found["utan-dokument"]) == (1, 1, 1)
    assert found["utan-sammanfattning"] == 2
    assert (found["lases-om"], found["omlasning-misslyckad"], found["personnummer"]) == (1, 1, 1)
    assert (found["aldre-lasare"], found["blandade-sprak"], found["sprak-sv-en"]) == (1, 1, 1)


def test_each_document_is_counted_once_in_the_table(editor: FlaskClient) -> None:
    found = page(editor, HERE)
    counted = [[cell.replace(HARD_BLANK, "") for cell in texts(row, "td.num")] for row in select(found, "tbody tr")]
    documents_of = [int(re.match(r"\d+", row[0])[0]) for row in counted]  # type: ignore[index]
    (total,) = select(found, "tfoot tr")
    assert texts(total, "td.num") == [str(sum(documents_of)), str(sum(int(row[1]) for row in counted))]
    assert sum(documents_of) == 15


def test_scans_are_told_with_their_figures(editor: FlaskClient) -> None:
    told = set(texts(page(editor, HERE), "tbody .help"))
    assert {"OCR, säkerhet i mitten 75 %", "2 sidor kvar."} <= told


def test_a_list_longer_than_a_page_goes_on(bank: SmallBank, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_page, "A_PAGE", 2)
    with bank.workers.database.transaction() as session:
        for number in range(3):
            kept = bank.workers.originals.keep(BytesIO(str(number).encode()), 100)
            (made,) = documents.register(
                session, [documents.Arrival(kept, f"{number}.pdf", PDF, documents.Wish("anna"))]
            )
            documents.fail(session, made.document_id, "damaged")
            documents.refuse(
                session, file_name=f"tom {number}.pdf", size=0, media_type="", dropped_by="anna", reason="damaged"
            )
    editor = sign_in()
    assert numbers(editor)[f"{HERE}/skadade"] == rows(editor, f"{HERE}/skadade") == 6
    names = [name for n in (1, 2, 3) for name in texts(page(editor, f"{HERE}/skadade?sida={n}"), ".list h2")]
    assert sorted(names) == sorted({*names})
    assert editor.get(f"{HERE}/skadade?sida=4").status_code == HTTPStatus.NOT_FOUND


def test_rows_lead_to_the_document_its_project_and_its_form(editor: FlaskClient) -> None:
    found = links(page(editor, f"{HERE}/bortklippt"), ".list a")
    assert [re.sub(r"\d+", "1", one) for one in found] == ["/dokument/1", "/projekt/samlarteam", "/dokument/1/granska"]
    assert "Utelämnat: sidor efter de första 5 000." in texts(page(editor, f"{HERE}/bortklippt"), ".list .help")
    assert links(page(editor, f"{HERE}/utan-utfall"), ".list a") == [
        "/projekt/samlarteam",
        "/projekt/samlarteam/redigera",
    ]
    assert links(page(editor, f"{HERE}/personnummer"), ".list a.btn")[0].endswith("/publicera")


def test_a_scan_that_could_not_be_read_again_tells_its_page_and_why(bank: SmallBank, sign_in: SignIn) -> None:
    one = bank.document("Skannad", ["a", "b"])
    change(bank, one, scan_pages=2)
    with bank.workers.database.transaction() as session:
        for number, reason in ((1, ""), (2, "too_slow")):
            session.add(Scan(document_id=one, number=number, state="read", reason=reason))
    assert texts(page(sign_in(), f"{HERE}/omlasning-misslyckad"), ".list .help") == ["Sida 2: Tog för lång tid."]


def test_the_button_has_the_documents_of_its_list_read_again(filled: SmallBank, editor: FlaskClient) -> None:
    token = csrf_token(editor, f"{HERE}/aldre-lasare")
    answer = editor.post(f"{HERE}/las-om", data={"csrf_token": token, "lista": "aldre-lasare"}, follow_redirects=True)
    assert "Ett dokument läses om." in answer.get_data(as_text=True)
    assert numbers(editor)[f"{HERE}/lases-om"] == 2
    answer = editor.post(f"{HERE}/las-om", data={"csrf_token": token, "lista": "skadade"}, follow_redirects=True)
    assert numbers(editor)[f"{HERE}/skadade"] == 1  # the refused file has no document to read
    assert numbers(editor)[f"{HERE}/i-ko"] == 2


@pytest.mark.parametrize("name", ["", "hela", "utan-utfall", "nonsens", "sprak-sv"])
def test_nothing_else_can_be_read_again(editor: FlaskClient, name: str) -> None:
    data = {"csrf_token": csrf_token(editor, f"{HERE}/aldre-lasare"), "lista": name}
    assert editor.post(f"{HERE}/las-om", data=data).status_code == HTTPStatus.NOT_FOUND


def test_the_table_can_be_taken_along(editor: FlaskClient) -> None:
    lines = editor.get(f"{HERE}/tabell.csv").get_data(as_text=True).removeprefix("\ufeff")
    read = list(csv.reader(StringIO(lines), delimiter=";"))
    assert read[1] == ["Läge", "Dokument", "Sidor"]
    assert read[2] == ["Läst i sin helhet", "6", "8"]
    with editor.get(f"{HERE}/tabell.xlsx") as answer:
        book = CalamineWorkbook.from_filelike(BytesIO(answer.get_data()))
    assert book.get_sheet_by_index(1).to_python()[1] == ["Läst i sin helhet", 6.0, 8.0]


def test_an_empty_bank_has_a_page_of_noughts(sign_in: SignIn) -> None:
    editor = sign_in()
    assert numbers(editor) == {}
    assert "Listan är tom" in page(editor, f"{HERE}/bortklippt").text_content()
    assert "Alla dokument är lästa med dagens läsare." in page(editor, HERE).text_content()


def test_a_share_is_never_rounded_up_to_everything(bank: SmallBank, sign_in: SignIn) -> None:
    change(bank, bank.document("Stor", ["a"]), page_count=100_000)
    change(bank, bank.document("Trasig", ["b"]), page_count=1, state="failed", reason="damaged")
    assert texts(page(sign_in(), HERE), ".numbers dd")[0] == "99,9 %"


@pytest.mark.parametrize(
    "path", ["nonsens", "sprak-", "sprak-../x", "sprak-a-b-c-d-e", "hela?sida=0", "hela?sida=x", "hela?sida=99999999"]
)
def test_what_is_no_list_is_not_there(editor: FlaskClient, path: str) -> None:
    assert editor.get(f"{HERE}/{path}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["", "/hela", "/tabell.csv", "/tabell.xlsx"])
def test_readers_are_kept_out(sign_in: SignIn, app: Flask, path: str) -> None:
    assert sign_in("lasare", "bo").get(HERE + path).status_code == HTTPStatus.FORBIDDEN
    assert app.test_client().get(HERE + path).status_code == HTTPStatus.SEE_OTHER


class TestWatchedFolder:
    @pytest.mark.parametrize("address", [HERE, "/administration/index"])
    def test_a_folder_that_is_gone_is_told(self, bank: SmallBank, sign_in: SignIn, address: str) -> None:
        self._note(bank, watched.Stand(watched.AWAY))
        assert "Mappen går inte att nå sedan i dag" in page(sign_in(), address).text_content()

    def test_what_cannot_be_taken_in_is_told_with_its_reason(self, bank: SmallBank, sign_in: SignIn) -> None:
        trouble = {"name": "<b>a.txt", "why": "unreadable", "detail": "Permission denied"}
        self._note(bank, watched.Stand(watched.WATCHED, 1500, (trouble, {"name": "B", "why": "folder", "detail": "x"})))
        told = page(sign_in(), HERE).text_content()
        assert "<b>a.txt kan inte läsas eller sparas: Permission denied" in told
        assert "Mappen B går inte att läsa" in told
        assert f"1{HARD_BLANK}500 filer väntar." in told

    def test_a_bank_without_one_says_nothing_of_it(self, sign_in: SignIn) -> None:
        assert "Bevakad mapp" not in page(sign_in(), HERE).text_content()

    def _note(self, bank: SmallBank, stand: watched.Stand) -> None:
        with bank.workers.database.transaction() as session:
            watched.note_stand(session, "/srv/in", stand)


def test_mixed_languages_stand_among_the_facts_of_the_document(filled: SmallBank, editor: FlaskClient) -> None:
    (found, *_) = links(page(editor, f"{HERE}/blandade-sprak"), ".list a")
    assert "engelska och svenska" in texts(page(editor, found), ".facts dd")
