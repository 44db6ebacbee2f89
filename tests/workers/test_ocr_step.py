from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from catalog import coverage, coverage_counts, documents, jobs, scans
from catalog.documents import rereading
from catalog.models import Document, Page, Scan
from catalog.scan_words import ScanWords
from indexer import Scanner, scan_reader
from settings import Settings
from tests.journeys.small_files import pdf
from tests.scans import REPORT, SECOND, forget_scan_program, hidden_text_pdf, joined_pdf, pictures, scanned_pdf, written
from tests.workers.conftest import document, found
from workers.bank import Bank
from workers.index_step import index_next
from workers.ocr_step import as_read, scan_next, scan_waiting
from workers.read_step import read_next
from workers.rereading import Where, chosen, promise_rereading, readers_today
from workers.scan_reading import missing_for_scans
from workers.sweep import sweep

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


def nudged(bank: Bank, kind: str) -> bool:
    return (bank.settings.broker_folder / f"nudge.{kind}.msg").exists()


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


def test_a_page_waits_until_the_files_that_were_dropped_are_read(bank: Bank, drop: Drop) -> None:
    drop(scanned_pdf([REPORT]), "skannad.pdf")
    read_next(bank)
    drop("Ett brev om boendestöd.", "brev.txt")
    scan_waiting(bank, 0)
    assert waiting(bank)["ocr"] == 1
    assert "scanner" not in vars(bank)  # nothing is started while files are read
    assert nudged(bank, "ocr")  # so that it comes back to it
    read_next(bank)
    scan_waiting(bank, 60)
    assert "ocr" not in waiting(bank)


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


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """The program is not installed; call what is yielded to install it."""

    def look_anew() -> None:
        monkeypatch.undo()
        forget_scan_program()

    monkeypatch.setenv("PATH", "/nowhere")
    forget_scan_program()
    yield look_anew
    look_anew()


@pytest.fixture
def broken_tesseract(
    tesseract: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Call it with what shall happen instead of reading: a line of shell."""

    def break_it(act: str) -> None:
        script = tmp_path / "bin" / "tesseract"
        script.parent.mkdir(exist_ok=True)
        script.write_text(f'#!/bin/sh\ncase "$1" in --*) exec {tesseract} "$@";; esac\n{act}\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{script.parent}:/usr/bin:/bin")
        forget_scan_program()

    yield break_it
    monkeypatch.undo()
    forget_scan_program()


def test_without_the_program_a_scan_needs_ocr_and_one_click_reads_it_later(
    bank: Bank, drop: Drop, without_tesseract: Callable[[], None]
) -> None:
    one = drop(scanned_pdf([REPORT]), "skannad.pdf")
    read_next(bank)
    assert (document(bank, one).state, document(bank, one).reason) == ("failed", "needs_ocr")
    assert waiting(bank) == {}
    assert scan_next(bank) == 0
    without_tesseract()
    assert wake(bank) == (0, 1)
    read_next(bank)
    read_scans(bank)
    assert document(bank, one).state == "read"
    assert "Vräkningarna" in pages(bank, one)[0].text


def test_without_the_program_a_page_among_others_waits_for_the_click(
    bank: Bank, drop: Drop, without_tesseract: Callable[[], None]
) -> None:
    one = drop(mixed_pdf(), "blandad.pdf")
    read_next(bank)
    index(bank)
    read = document(bank, one)
    assert (read.state, read.scan_pages, read.scan_pages_waiting, read.cut) == ("read", 1, 1, ["scanned"])
    assert found(bank, "farsta") == [one]
    assert waiting(bank) == {}
    without_tesseract()
    assert wake(bank) == (1, 0)
    assert wake(bank) == (0, 0)
    assert document(bank, one).cut == []
    read_scans(bank)
    index(bank)
    assert found(bank, "farsta vräkningarna") == [one]


def test_where_a_setting_says_so_no_scan_is_read(settings: Settings, bank: Bank, drop: Drop) -> None:
    bank.settings = replace(settings, ocr_workers="0")
    one = drop(scanned_pdf([REPORT]), "skannad.pdf")
    read_next(bank)
    assert document(bank, one).reason == "needs_ocr"


def test_a_page_of_which_tesseract_dies_counts_attempts_and_harms_only_itself(
    bank: Bank, drop: Drop, broken_tesseract: Callable[[str], None]
) -> None:
    one = drop(mixed_pdf(), "blandad.pdf")
    read_next(bank)
    broken_tesseract("kill -SEGV $$")
    for _ in range(3):
        assert document(bank, one).scan_pages_waiting == 1
        assert scan_next(bank) == 1
    assert scan_next(bank) == 0
    read = document(bank, one)
    assert (read.state, read.scan_pages_waiting, read.cut) == ("read", 0, ["scanned"])
    assert scan_of(bank, one, 2).reason == "damaged"
    assert waiting(bank) == {"index": 1}


def test_a_document_whose_every_page_came_to_nothing_has_failed_and_can_be_tried_again(
    bank: Bank, drop: Drop, tesseract: str, broken_tesseract: Callable[[str], None]
) -> None:
    one = drop(scanned_pdf([REPORT]), "skannad.pdf")
    read_next(bank)
    broken_tesseract("exit 3")
    read_scans(bank)
    assert (document(bank, one).state, document(bank, one).reason) == ("failed", "damaged")
    broken_tesseract(f'exec {tesseract} "$@"')
    with bank.database.transaction() as session:
        documents.retry(session, one)
    read_next(bank)
    read_scans(bank)
    index(bank)
    assert document(bank, one).state == "read"
    assert found(bank, "vräkningarna") == [one]


def test_a_picture_without_words_has_no_text_and_is_found_by_nothing(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([""]), "foto.pdf")
    read_next(bank)
    read_scans(bank)
    index(bank)
    assert (document(bank, one).state, document(bank, one).reason) == ("failed", "no_text")
    assert found(bank, "foto") == []


def test_a_page_whose_own_text_is_rubbish_is_read_anew(bank: Bank, drop: Drop) -> None:
    rubbish = " ".join(["Bcendestcd xqvar tnyqqhet", *(f"hvsh{letter}ll prcjekt" for letter in "bcdfghjklmnp")])
    one = drop(hidden_text_pdf(REPORT, rubbish), "skannad.pdf")
    read_next(bank)
    index(bank)
    assert found(bank, "bcendestcd") == [one]
    assert scan_of(bank, one).cause == "doubtful"
    read_scans(bank)
    index(bank)
    assert found(bank, "bcendestcd") == []
    assert found(bank, "vräkningarna") == [one]


def test_a_page_whose_own_text_has_more_known_words_keeps_it(bank: Bank, drop: Drop) -> None:
    own = "Handläggare och brukare beskriver samma utveckling"
    one = drop(hidden_text_pdf("En rad", f"{own} {own} {own} {'xqz ' * 40}"), "skannad.pdf")
    read_next(bank)
    assert scan_of(bank, one).cause == "doubtful"
    read_scans(bank)
    page = pages(bank, one)[0]
    assert own in page.text
    assert (page.reader, page.confidence, words(bank, one)) == ("pdfium", None, None)


def test_removing_a_document_removes_its_scans_and_their_promises(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([REPORT, SECOND]), "skannad.pdf")
    read_next(bank)
    scan_next(bank)
    with bank.database.transaction() as session:
        documents.remove(session, one, by="Eva", why="fel fil")
    assert waiting(bank) == {"index": 1}
    with bank.database.reading() as session:
        assert scans.of_page(session, one, 1) is None
        assert scans.standing(session).waiting == 0


def test_a_document_that_is_to_be_open_waits_for_its_scans_and_for_identity_numbers_on_them(
    bank: Bank, drop: Drop
) -> None:
    texts = [f"{REPORT}\nKlienten har personnummer 811228-9874."]
    secret = drop(scanned_pdf(texts), "skannad.pdf", classification="open", publish=True)
    harmless = drop(scanned_pdf([SECOND]), "annan.pdf", classification="open", publish=True)
    read_next(bank)
    read_next(bank)
    assert document(bank, harmless).published_at is None
    read_scans(bank)
    assert document(bank, harmless).published_at is not None
    assert document(bank, secret).published_at is None


def test_a_page_that_was_read_is_kept_when_its_document_is_read_again(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([REPORT, SECOND]), "skannad.pdf")
    read_next(bank)
    read_scans(bank)
    before = document(bank, one)
    with bank.database.transaction() as session:
        documents.retry(session, one)
    read_next(bank)
    assert waiting(bank).get("ocr", 0) == 0
    assert [page.reader for page in pages(bank, one)] == ["tesseract", "tesseract"]
    after = document(bank, one)
    assert (after.word_count, after.title, after.state) == (before.word_count, before.title, "read")


def test_image_files_are_documents_with_pages(bank: Bank, drop: Drop) -> None:
    one = drop(written(pictures([REPORT, SECOND]), "TIFF"), "fax.tif")
    read_next(bank)
    read_scans(bank)
    index(bank)
    assert document(bank, one).page_count == 2
    assert found(bank, "kuratorer vräkningarna") == [one]


def test_a_change_by_a_person_does_not_wait_for_pages_that_come_one_by_one(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([REPORT, SECOND]), "skannad.pdf")
    read_next(bank)
    index(bank)
    scan_next(bank)
    assert index_next(bank) == 0  # more pages are coming
    with bank.database.transaction() as session:
        documents.update(session, one, title="Boendestödet")
    assert index_next(bank) == 1


def test_the_sweep_mends_what_the_death_of_every_worker_left(bank: Bank, drop: Drop) -> None:
    one = drop(mixed_pdf(), "blandad.pdf")
    read_next(bank)
    with bank.database.transaction() as session:
        for _ in range(jobs.MOST_LOSSES):
            jobs.claim(session, "ocr", "dead:1:1", 1, 60.0, 0.0)
            jobs.free_dead(session, lambda _: False, 0.0)
    assert document(bank, one).scan_pages_waiting == 1
    sweep(bank)
    assert document(bank, one).scan_pages_waiting == 0
    assert scan_of(bank, one, 2).state == "failed"


def test_the_sweep_promises_anew_what_was_forgotten(bank: Bank, drop: Drop) -> None:
    one = drop(scanned_pdf([REPORT]), "skannad.pdf")
    read_next(bank)
    with bank.database.transaction() as session:
        jobs.forget(session, "ocr", "scan", [scan_of(bank, one).id])
    assert sweep(bank).scans_promised == 1
    assert waiting(bank)["ocr"] == 1


def wake(bank: Bank) -> tuple[int, int]:
    with bank.database.transaction() as session:
        return scans.wake(session)


def scan_of(bank: Bank, one: int, page: int = 1) -> Scan:
    with bank.database.reading() as session:
        found_scan = scans.of_page(session, one, page)
        assert found_scan
        return found_scan


def mixed_pdf() -> bytes:
    """A page of text, and one that is a picture."""
    return joined_pdf(pdf(["Hemtjänsten i Farsta utvärderades av handläggare under hela året"]), scanned_pdf([REPORT]))


def older(bank: Bank) -> list[int]:
    """Makes yesterday's tesseract the reader of all scans; gives the documents that are to be read again."""
    with bank.database.transaction() as session:
        session.execute(update(Scan).values(reader="tesseract 4.0/1"))
    return chosen(bank.database, Where(), readers_today(bank.settings, bank.database))


def test_scans_of_an_older_reader_are_read_again_and_found_by_their_old_text_meanwhile(
    bank: Bank, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "INDEX_SECONDS", 0.0)
    one = drop(scanned_pdf([REPORT, SECOND]), "skannad.pdf")
    read_next(bank)
    read_scans(bank)
    index(bank)
    assert chosen(bank.database, Where(), readers_today(bank.settings, bank.database)) == []
    assert older(bank) == [one]
    promise_rereading(bank.database, [one], readers_today(bank.settings, bank.database), older_only=True)
    assert waiting(bank) == {"ocr": 2}
    assert (document(bank, one).scan_pages_waiting, found(bank, "kuratorer vräkningarna")) == (0, [one])
    assert words(bank, one)
    read_scans(bank)
    index(bank)
    assert scan_of(bank, one).reader == scan_reader()
    assert (chosen(bank.database, Where(), readers_today(bank.settings, bank.database)), waiting(bank)) == ([], {})
    assert found(bank, "kuratorer vräkningarna") == [one]


def test_a_scan_is_read_again_without_the_program_and_keeps_the_text_that_it_has(
    bank: Bank, drop: Drop, request: pytest.FixtureRequest
) -> None:
    one = drop(scanned_pdf([REPORT, SECOND]), "skannad.pdf")
    read_next(bank)
    scan_next(bank)
    request.getfixturevalue("without_tesseract")
    promise_rereading(bank.database, [one], readers_today(bank.settings, bank.database))
    read_next(bank)
    index(bank)
    assert (document(bank, one).state, document(bank, one).reason) == ("read", "")
    assert (scan_of(bank, one, 1).state, scan_of(bank, one, 2).state) == ("read", "off")
    assert found(bank, "vräkningarna kuratorer") == [one]
    with bank.database.reading() as session:
        assert session.scalars(select(Document.id).where(rereading.failed_again())).all() == []


@pytest.fixture(params=["program", "language", "off"])
def nobody_reads(
    request: pytest.FixtureRequest, bank: Bank, broken_tesseract: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> str:
    """What is missing for scans to be read, in each of the three ways."""
    if request.param == "off":
        bank.settings = replace(bank.settings, ocr_workers="0")
    elif request.param == "program":
        monkeypatch.setenv("PATH", "/nowhere")
    else:
        broken_tesseract("exit 1")
        script = Path(os.environ["PATH"].partition(":")[0], "tesseract")
        script.write_text("#!/bin/sh\necho 'tesseract 5.3.0'\necho eng\n")
    forget_scan_program()
    return str(request.param)


def test_whatever_is_missing_the_record_the_coverage_and_the_status_say_the_same(
    bank: Bank, drop: Drop, nobody_reads: str
) -> None:
    scan, mixed = drop(scanned_pdf([REPORT]), "skannad.pdf"), drop(mixed_pdf(), "blandad.pdf")
    while read_next(bank):
        pass
    assert scan_next(bank) == 0
    assert (document(bank, scan).state, document(bank, scan).reason) == ("failed", "needs_ocr")
    assert (document(bank, mixed).state, document(bank, mixed).cut) == ("read", ["scanned"])
    assert waiting(bank) == {"index": 1}
    with bank.database.reading() as session:
        standing, unread = scans.standing(session), coverage.unread_files(session)
        states = coverage_counts.counts(session, rereading.Readers()).states
    assert (standing.off, standing.waiting, standing.documents) == (1, 0, 1)
    assert (states["failed"].documents, states["waiting"].documents, unread) == (1, 1, {"needs_ocr": 1})
    assert missing_for_scans(bank.settings) == nobody_reads


def test_what_an_older_reader_read_gives_way_unless_nothing_is_found_now(bank: Bank, drop: Drop) -> None:
    one = drop(mixed_pdf(), "blandad.pdf")
    read_next(bank)
    read_scans(bank)
    older(bank)
    with bank.database.reading() as session:
        scan = scans.to_read(session, scan_of(bank, one, 2).id)
    assert scan
    assert (scan.is_scanned, scan.is_again) == (True, True)
    with Scanner() as scanner:
        page = scanner.scan(bank.originals.path(scan.sha256), 2)
    assert as_read(replace(scan, cause="doubtful"), page).page
    kept = as_read(scan, replace(page, text="", words=(), confidence=0))
    assert kept.page is None
    with bank.database.transaction() as session:
        assert scans.store(session, scan, kept)
    assert words(bank, one, 2)
    assert "Vräkningarna" in pages(bank, one)[1].text
