"""What people are told of scanned pages: in the document view, in the queue, in the administration."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from catalog import documents, scans
from catalog.documents import PageText
from catalog.scan_words import packed
from catalog.scans import ReadScan
from indexer import analyse
from tests import factories
from tests.scans import forget_scan_program
from tests.webapp.addresses import page, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank

TEXT = "Boendestöd i Skärholmen"
WORD = ("Boendestöd", 60.0, 50.0, 56.0, 12.0)
QUEUE = "/uppladdning"


@pytest.fixture
def scanned(bank: SmallBank) -> int:
    """A document of three pages, all of them scans that wait."""
    with bank.workers.database.transaction() as session:
        causes = dict.fromkeys((1, 2, 3), "picture")
        return factories.document(
            session, "Skannad.pdf", pages=("", "", ""), scans=causes, reading={"word_count": 0}
        ).id


def read(bank: SmallBank, document_id: int, number: int, confidence: int) -> None:
    tokens = analyse(TEXT)
    text = PageText(number, TEXT, reader="tesseract", exact=tokens.exact, parts=tokens.parts, spans=tokens.spans)
    kept = ReadScan("tesseract 5", 90, 1.5, packed(595, 842, [WORD]), confidence, text, "1")
    with bank.workers.database.transaction() as session:
        scan = scans.of_page(session, document_id, number)
        assert scan
        to_read = scans.to_read(session, scan.id)
        assert to_read
        assert scans.store(session, to_read, kept)


def told(client: FlaskClient, address: str) -> str:
    return " ".join(texts(page(client, address), "main"))


def test_a_page_that_is_hard_to_read_says_so_and_another_does_not(
    client: FlaskClient, bank: SmallBank, scanned: int
) -> None:
    read(bank, scanned, 1, scans.HARD_TO_READ - 1)
    read(bank, scanned, 2, scans.HARD_TO_READ)
    assert "Svårläst inskanning." in told(client, f"/dokument/{scanned}?sida=1")
    assert "Svårläst inskanning." not in told(client, f"/dokument/{scanned}?sida=2")
    assert "1 svårläst inskannad sida" in told(client, f"/dokument/{scanned}?sida=2")


def test_a_page_that_is_not_read_yet_says_so_and_so_does_its_document(
    client: FlaskClient, bank: SmallBank, scanned: int
) -> None:
    read(bank, scanned, 1, 90)
    said = told(client, f"/dokument/{scanned}?sida=3")
    assert "Sidan är inskannad och väntar på att läsas." in said
    assert "1 av 3 inskannade sidor är lästa." in said


def test_editors_see_how_sure_the_reading_was_and_how_the_page_was_turned(
    client: FlaskClient, bank: SmallBank, scanned: int, sign_in: SignIn
) -> None:
    read(bank, scanned, 1, 87)
    assert "Säkerhet" not in told(client, f"/dokument/{scanned}?sida=1")
    said = told(sign_in("redaktor"), f"/dokument/{scanned}?sida=1")
    assert "Säkerhet 87 av 100. Vriden 90 grader. Rätad 1,5 grader." in said


def test_one_click_in_the_queue_reads_what_waited_for_the_program(
    bank: SmallBank, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tesseract: str
) -> None:
    assert tesseract
    with bank.workers.database.transaction() as session:
        without = factories.queued(session, "Utan text.pdf")
        documents.fail(session, without.id, "needs_ocr")
        off = {"word_count": 2, "reads_scans": False}
        mixed = factories.document(session, "Blandad.pdf", pages=("Farsta", ""), scans={2: "picture"}, reading=off).id
    client = sign_in("redaktor")
    with monkeypatch.context() as nowhere:
        nowhere.setenv("PATH", "/nowhere")
        forget_scan_program()
        assert "Be driften" in told(client, QUEUE)
        assert "Läs alla inskannade" not in told(client, QUEUE)
        assert "apt-get install tesseract-ocr tesseract-ocr-swe" in told(client, "/administration/index")
    forget_scan_program()
    assert "Läs alla inskannade" in told(client, QUEUE)
    client.post("/uppladdning/ko", data={"csrf_token": csrf_token(client, QUEUE), "skannade": "alla"})
    assert "Läs alla inskannade" not in told(client, QUEUE)
    with bank.workers.database.reading() as session:
        assert documents.get(session, without.id).state == "queued"
        scan = scans.of_page(session, mixed, 2)
        assert scan
        assert scan.state == "waiting"
