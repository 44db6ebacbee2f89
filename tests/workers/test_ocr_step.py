from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog import documents, jobs, scans
from catalog.models import Page
from catalog.scan_words import ScanWords
from tests.journeys.small_files import pdf
from tests.scans import REPORT, SECOND, scanned_pdf
from tests.workers.conftest import document, found
from workers.bank import Bank
from workers.index_step import index_next
from workers.ocr_step import scan_next
from workers.read_step import read_next

pytestmark = pytest.mark.usefixtures("tesseract")
Drop = Callable[..., int]


def waiting(bank: Bank) -> dict[str, int]:
    with bank.database.reading() as session:
        return jobs.waiting(session)


def pages(bank: Bank, one: int) -> list[Page]:
    with bank.database.reading() as session:
        return documents.pages(session, one)


def words(bank: Bank, one: int, page: int = 1) -> ScanWords | None:
    with bank.database.reading() as session:
        return scans.words_of(scans.of_page(session, one, page))


def read_scans(bank: Bank) -> None:
    while scan_next(bank):
        pass


def index(bank: Bank) -> None:
    while index_next(bank):
        pass


def test_a_scanned_page_is_read_from_its_picture_and_found_by_its_words(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([REPORT, SECOND]), "skannad.pdf")
    read_next(bank)
    assert document(bank, one).state == "read"
    assert (document(bank, one).scan_pages, document(bank, one).scan_pages_waiting) == (2, 2)
    assert waiting(bank) == {"index": 1, "ocr": 2}
    read_scans(bank)
    index(bank)
    first = pages(bank, one)[0]
    assert "Vräkningarna blev färre" in first.text
    assert first.reader == "tesseract"
    assert (first.confidence or 0) > scans.HARD_TO_READ
    assert found(bank, "vräkningarna kuratorer") == [one]
    assert document(bank, one).scan_pages_waiting == 0
    assert waiting(bank) == {}


def test_words_of_a_scan_stand_where_they_are_seen(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([REPORT]), "skannad.pdf")
    read_next(bank)
    read_scans(bank)
    placed = words(bank, one)
    assert placed
    assert (round(placed.width), round(placed.height)) == (595, 842)
    by_text = {text: (x, y, width, height) for text, x, y, width, height in placed.words}
    x, y, width, height = by_text["Boendestöd"]  # drawn at 60, 780 from below, in letters of 11 points
    assert x == pytest.approx(60, abs=2)
    assert y + height == pytest.approx(842 - 780, abs=3)
    assert 50 < width < 70


def test_a_document_is_found_by_its_other_pages_before_its_scans_are_read(bank: Bank, drop: Drop) -> None:
    text = pdf([f"Hemtjänsten i Farsta {number} utvärderades av handläggare" for number in range(2)])
    one = drop(text, "text.pdf")
    read_next(bank)
    assert waiting(bank) == {"index": 1}
    index(bank)
    assert found(bank, "farsta") == [one]


def test_the_title_and_the_proposals_come_from_the_text_that_was_read(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([f"Slutrapport 2019\n\n{REPORT}"]), "skannad.pdf")
    read_next(bank)
    assert document(bank, one).title == "skannad"
    read_scans(bank)
    assert document(bank, one).language == "sv"
    assert document(bank, one).year == 2019
