"""A page's picture and its words, made where a hostile file harms nobody."""

from __future__ import annotations

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from indexer import UnreadableFile, page_picture, page_words
from indexer.pictures import WIDEST
from tests.indexer.extraction import making
from tests.indexer.extraction.making import PAGE_HEIGHT, PAGE_WIDTH, Text


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "fil.pdf"
    path.write_bytes(making.pdf([[Text("Hemtjänsten växer", x=72, y=700, size=20)], [Text("sida två")]]))
    return path


def test_the_picture_is_as_wide_as_asked_and_shows_the_page(report: Path) -> None:
    picture = page_picture(report, 1, 800)
    image = Image.open(io.BytesIO(picture.data))
    assert (picture.width, image.width, picture.media_type) == (800, 800, "image/png")
    assert abs(picture.height - 800 * PAGE_HEIGHT / PAGE_WIDTH) <= 2
    greys = image.convert("L").histogram()
    assert sum(greys[:50]) > 100
    assert greys[255] > 100_000


def test_a_page_with_colour_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(making.pdf_of([b"1 0 0 rg 100 100 300 300 re f"]))
    picture = page_picture(path, 1, 400)
    assert picture.media_type == "image/jpeg"
    red, green, _ = Image.open(io.BytesIO(picture.data)).crop((150, 400, 151, 401)).tobytes()
    assert red > 200
    assert green < 60


def test_no_picture_is_wider_than_the_limit(report: Path) -> None:
    assert page_picture(report, 1, 1_000_000).width == WIDEST


def test_words_stand_where_they_are_drawn(report: Path) -> None:
    words = page_words(report, 1)
    assert (round(words.width), round(words.height)) == (PAGE_WIDTH, PAGE_HEIGHT)
    assert [word.text for word in words.words] == ["Hemtjänsten", "växer"]
    first, second = words.words
    assert abs(first.x - 72) < 2
    assert first.y < PAGE_HEIGHT - 700 < first.y + first.height
    assert second.x > first.x + first.width


def test_words_of_a_turned_page_stand_where_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(making.pdf([[Text("liggande", x=100, y=50, size=20, sideways=True)]], rotate=90))
    words = page_words(path, 1)
    assert (round(words.width), round(words.height)) == (PAGE_HEIGHT, PAGE_WIDTH)
    (word,) = words.words
    assert word.width > word.height
    assert abs(word.x - 50) < 2


@pytest.mark.parametrize(
    ("page", "parent"),
    [
        ("", "/MediaBox [0 0 595 842]"),
        ("", "/MediaBox [0 0 700 1000] /CropBox [40 50 595 842]"),
        ("/MediaBox [40 50 595 842] /CropBox [0 0 900 1000]", ""),
        ("/MediaBox [595 842 0 0]", ""),
    ],
)
@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_words_are_marked_where_they_are_drawn_however_the_page_is_cut(
    tmp_path: Path, page: str, parent: str, rotate: int
) -> None:
    path = tmp_path / "fil.pdf"
    stream = Text("hemtjänst", x=72, y=700, size=20).operators()
    path.write_bytes(making.pdf_of([stream], page=page, parent=parent, rotate=rotate))
    (word,) = page_words(path, 1).words
    image = Image.open(io.BytesIO(page_picture(path, 1, 800).data)).convert("L")
    scale = image.width / page_words(path, 1).width
    sides = (word.x, word.y, word.x + word.width, word.y + word.height)
    drawn = image.point([255 if level < 128 else 0 for level in range(256)]).getbbox()
    assert drawn
    assert all(abs(side * scale - ink) < 12 for side, ink in zip(sides, drawn, strict=True))


def test_words_outside_the_page_have_no_place_on_it(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    stream = b"".join(text.operators() for text in (Text("inne"), Text("ute", y=820)))
    path.write_bytes(making.pdf_of([stream], page=f"{making.PAPER} /CropBox [50 50 545 800]"))
    assert [word.text for word in page_words(path, 1).words] == ["inne"]


@pytest.mark.parametrize("number", [0, 3, 10_000])
def test_a_page_that_is_not_there_is_told_so(report: Path, number: int) -> None:
    with pytest.raises(UnreadableFile):
        page_picture(report, number, 800)


def test_a_broken_file_is_an_error_and_the_next_picture_works(report: Path, tmp_path: Path) -> None:
    broken = tmp_path / "trasig.pdf"
    broken.write_bytes(b"%PDF-1.7 skrap")
    with pytest.raises(UnreadableFile):
        page_words(broken, 1)
    assert page_picture(report, 2, 300).width == 300


def test_threads_are_served_side_by_side(report: Path) -> None:
    with ThreadPoolExecutor(6) as threads:
        pictures = list(threads.map(lambda width: page_picture(report, 1, width).width, range(200, 260, 10)))
    assert pictures == list(range(200, 260, 10))


def test_asking_for_a_picture_loads_no_pdf_library(report: Path) -> None:
    code = (
        "import sys; from indexer import page_picture\n"
        f"page_picture({str(report)!r}, 1, 200)\n"
        "assert not {'pypdfium2', 'pdfminer', 'lxml', 'PIL'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
