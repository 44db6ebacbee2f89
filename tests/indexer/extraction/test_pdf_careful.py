"""The careful reader keeps to its bounds and finds the order of a page."""

from __future__ import annotations

from pathlib import Path

from indexer.extraction import pdf_order
from indexer.extraction.frames import RawPage
from indexer.extraction.pdf_careful import Careful
from tests.indexer.extraction import making
from tests.indexer.extraction.making import Text, lines


def read(tmp_path: Path, content: bytes, number: int = 1) -> RawPage | None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(content)
    with Careful(path) as careful:
        return careful.read(number)


def texts(page: RawPage | None) -> list[str]:
    assert page is not None
    return [line.text.strip() for line in page.lines]


def test_columns_are_read_one_after_the_other_whatever_order_they_are_drawn_in(tmp_path: Path) -> None:
    left = lines([f"vänster spalt rad {n}" for n in range(8)], x=60)
    right = lines([f"höger spalt rad {n}" for n in range(8)], x=340)
    woven = [text for pair in zip(left, right, strict=True) for text in pair]
    assert texts(read(tmp_path, making.pdf([woven]))) == [t.text for t in (*left, *right)]


def test_sideways_characters_are_kept_apart_from_the_lines(tmp_path: Path) -> None:
    page = [*lines(["första raden", "andra raden"]), Text("lodrät text", x=40, y=300, sideways=True)]
    found = texts(read(tmp_path, making.pdf([page])))
    assert found[:2] == ["första raden", "andra raden"]
    assert "lodrät text" in " ".join(found[2:])


def test_text_inside_a_figure_is_read(tmp_path: Path) -> None:
    form = b"BT /F1 11 Tf 72 700 Td (text i figur) Tj ET"
    inline = making.pdf_of([b"q 1 0 0 1 0 0 cm " + form + b" Q"])
    assert texts(read(tmp_path, inline)) == ["text i figur"]


def test_a_page_with_more_boxes_than_are_grouped_is_read_from_its_top(tmp_path: Path) -> None:
    labels = [Text(f"e{n}", x=20 + 50 * (n % 11), y=800 - 30 * (n // 11), size=6) for n in range(275)]
    assert len(labels) > pdf_order.MOST_BOXES
    found = texts(read(tmp_path, making.pdf([list(reversed(labels))])))
    assert found[0] == "e0"
    assert found[-1] == "e274"


def test_a_page_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, making.pdf([lines(["en sida"])]), number=2) is None
    assert read(tmp_path, b"%PDF-1.4 skrap") is None
