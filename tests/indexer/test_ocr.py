"""Reading pages as scans: however they lie, whatever is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from indexer import Scanner, ScanProgram, UnreadableFile, is_older_scan_reader
from indexer.ocr import scanner as scanner_module
from indexer.ocr.scanned_text import heading_of, text_of
from indexer.ocr.scanner import ScannedPage
from indexer.ocr.tesseract import ScanLimits
from indexer.ocr.turning import Turned
from indexer.ocr.words_table import ReadWord, read_words
from tests.scans import REPORT, SECOND, pictures, scanned_pdf, written

WIDTH, HEIGHT = 595, 842  # of the page that lies upright
LEFT, TOP = 60, 842 - 780  # points, of the first word's left edge and its base line


@pytest.fixture(scope="module")
def scanner(tesseract: str) -> Iterator[Scanner]:
    assert tesseract
    with Scanner() as opened:
        yield opened


def read(scanner: Scanner, folder: Path, content: bytes, number: int = 1) -> ScannedPage:
    path = folder / "scan"
    path.write_bytes(content)
    return scanner.scan(path, number)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(scanner: Scanner, tmp_path: Path, turned: int) -> None:
    page = read(scanner, tmp_path, scanned_pdf([REPORT], turned=turned))
    assert "Handläggare och brukare beskriver samma utveckling" in page.text
    assert (page.quarter + turned) % 360 == 0
    assert (page.width > page.height) == (turned in {90, 270})


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_words_of_a_turned_page_stand_on_it_as_it_is_shown(scanner: Scanner, tmp_path: Path, turned: int) -> None:
    page = read(scanner, tmp_path, scanned_pdf([REPORT], turned=turned))
    word = next(one for one in page.words if one.text == "Boendestöd")
    right, below = word.x + word.width, word.y + word.height
    left_edge, base_line = {
        0: (word.x, below),
        90: (WIDTH - below, right),
        180: (WIDTH - right, HEIGHT - word.y),
        270: (word.y, HEIGHT - word.x),
    }[turned]
    assert left_edge == pytest.approx(LEFT, abs=3)
    assert base_line == pytest.approx(TOP, abs=3)


@pytest.mark.parametrize("skew", [-5.0, 2.0, 6.5])
def test_a_skewed_page_is_levelled_and_its_words_put_back_askew(scanner: Scanner, tmp_path: Path, skew: float) -> None:
    page = read(scanner, tmp_path, scanned_pdf([f"{REPORT}\n{SECOND}"], skew=skew))
    assert page.skew == pytest.approx(-skew, abs=0.3)
    assert "Vräkningarna blev färre" in page.text
    level = Turned(page.width, page.height, round(page.width), round(page.height))
    first = next(one for one in page.words if one.text == "Boendestöd")
    last = next(one for one in page.words if one.text == "Skärholmen")
    assert level.back(1, 2, 3, 4) == pytest.approx((1, 2, 3, 4), abs=0.1)
    assert (first.y < last.y) == (skew < 0)  # the line falls to the right, or climbs


@pytest.mark.parametrize(("kind", "number"), [("PNG", 1), ("JPEG", 1), ("TIFF", 2)])
def test_an_image_file_is_read_as_a_page(scanner: Scanner, tmp_path: Path, kind: str, number: int) -> None:
    pages = pictures([SECOND, REPORT][-number:])
    page = read(scanner, tmp_path, written(pages, kind), number)
    assert "Boendestöd i Skärholmen" in page.text
    assert (round(page.width), round(page.height)) == (595, 842)


def test_a_photograph_lies_as_its_camera_was_held(scanner: Scanner, tmp_path: Path) -> None:
    (upright,) = pictures([REPORT])
    lying = upright.rotate(90, expand=True)
    told = Image.Exif()
    told[0x0112] = 6  # to be turned clockwise
    lying.save(tmp_path / "scan.jpg", exif=told)
    page = scanner.scan(tmp_path / "scan.jpg", 1)
    assert "Boendestöd i Skärholmen" in page.text
    assert (page.quarter, page.width < page.height) == (0, True)


def test_a_page_without_a_word_is_read_as_empty(scanner: Scanner, tmp_path: Path) -> None:
    page = read(scanner, tmp_path, scanned_pdf([""]))
    assert (page.text, page.words, page.confidence) == ("", (), 0)


def test_a_page_that_is_not_there_is_damaged(scanner: Scanner, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(scanner, tmp_path, scanned_pdf([REPORT]), 2)
    assert (caught.value.reason, caught.value.transient) == ("damaged", False)


def test_a_program_that_takes_too_long_is_ended_and_may_be_tried_again(tesseract: str, tmp_path: Path) -> None:
    assert tesseract
    with Scanner(ScanLimits(wall=1, seconds=1)) as scanner, pytest.raises(UnreadableFile) as caught:
        read(scanner, tmp_path, scanned_pdf(["\n".join([REPORT] * 5)]))
    assert (caught.value.reason, caught.value.transient) == ("too_slow", True)


def test_a_table_of_words_beyond_all_measure_is_not_taken(tesseract: str, tmp_path: Path) -> None:
    assert tesseract
    with Scanner(ScanLimits(output=100)) as scanner, pytest.raises(UnreadableFile) as caught:
        read(scanner, tmp_path, scanned_pdf([REPORT]))
    assert caught.value.reason == "too_large"


def test_rows_that_are_no_words_are_left_out() -> None:
    rows = ["head", _row(1, "sikt"), _row(1, "|"), _row(1, "skräp", sure=3), "5\t1\tx", "", _row(2, "e\u00adtjänst")]
    assert [word.text for word in read_words("\n".join(rows))] == ["sikt", "etjänst"]


def test_words_divided_at_a_line_s_end_are_whole_in_the_text() -> None:
    words = [_word("social-", line=1), _word("tjänsten", line=2), _word("och", line=2), _word("Nytt", paragraph=2)]
    assert text_of(words) == "socialtjänsten och\n\nNytt"


def test_the_heading_is_set_larger_than_the_rest() -> None:
    text = [_word(f"ord{number}", line=2, paragraph=2) for number in range(9)]
    assert heading_of([_word("Slutrapport", height=40), *text]) == "Slutrapport"
    assert heading_of([_word("Slutrapport", height=21), *text]) == ""


@pytest.mark.parametrize(
    ("other", "is_older"),
    [
        ("tesseract 5.3.0/1", False),
        ("tesseract 5.2.9/1", True),
        ("tesseract 4.10/1", True),
        ("tesseract 5.10.0/1", False),
        ("tesseract 5.3.0/0", True),
        ("tesseract 6.0/0", True),
        ("tesseract 4.0/2", False),
        ("tesseract five", True),
        ("", True),
    ],
)
def test_only_a_lesser_reader_is_older_so_that_machines_do_not_read_in_turns(
    monkeypatch: pytest.MonkeyPatch, other: str, is_older: bool
) -> None:
    monkeypatch.setattr(scanner_module, "VERSION", "1")
    monkeypatch.setattr(scanner_module, "scan_program", lambda: ScanProgram("/tesseract", "5.3.0"))
    assert is_older_scan_reader(other) is is_older
    monkeypatch.setattr(scanner_module, "scan_program", lambda: ScanProgram(missing="program"))
    assert not is_older_scan_reader(other)


def _row(line: int, text: str, sure: float = 90.0) -> str:
    return "\t".join(map(str, (5, 1, 1, 1, line, 1, 10, 10, 40, 20, sure, text)))


def _word(text: str, line: int = 1, paragraph: int = 1, height: int = 20) -> ReadWord:
    return ReadWord(text, 10, 10, 40, height, 90.0, (1, paragraph), (1, paragraph, line))
