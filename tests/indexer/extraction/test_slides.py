"""PowerPoint: a page a slide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from indexer import Extraction
from tests.indexer.extraction import making

Read = Callable[[bytes], Extraction]


def slides(tmp_path: Path) -> bytes:
    made = making.new_slides()
    first = made.slides.add_slide(made.slide_layouts[0])
    first.shapes.title.text = "Handledning i Brukarskola"
    first.notes_slide.notes_text_frame.text = "Säg välkomna"
    second = made.slides.add_slide(made.slide_layouts[5])
    second.shapes.title.text = "Kurstillfällen"
    group = second.shapes.add_group_shape()
    inner = group.shapes.add_group_shape()
    inner.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = "text i grupp"
    table = second.shapes.add_table(2, 2, 0, 0, Inches(4), Inches(1)).table
    for row, texts in enumerate((("Vecka", "Ämne"), ("12", "Hyra"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return making.saved(made, tmp_path / "a.pptx").read_bytes()


def test_titles_groups_tables_and_notes_stand_on_their_slides(read: Read, tmp_path: Path) -> None:
    extraction = read(slides(tmp_path))
    assert extraction.page_kind == "slide"
    assert [page.heading for page in extraction.pages] == ["Handledning i Brukarskola", "Kurstillfällen"]
    assert "Säg välkomna" in extraction.pages[0].text
    assert "text i grupp" in extraction.pages[1].text
    assert "Vecka Ämne" in extraction.pages[1].text
    assert extraction.title == "Handledning i Brukarskola"


def test_the_words_of_a_chart_stand_on_its_slide(read: Read, tmp_path: Path) -> None:
    made = making.new_slides()
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    data.categories = ["Vällingby", "Årsta"]
    data.add_series("Antal insatser", (3, 4))
    data.add_series("Antal avslut", (1, 2))
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Inches(3), Inches(3), data)
    text = read(making.saved(made, tmp_path / "a.pptx").read_bytes()).pages[0].text
    assert sorted(text.split("\n\n")) == ["Antal avslut", "Antal insatser", "Vällingby", "Årsta"]


def test_slides_stand_in_the_order_in_which_they_are_shown(read: Read, tmp_path: Path) -> None:
    made = making.new_slides()
    for title in ("sist", "först"):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = title
    order = made.slides._sldIdLst
    order.insert(0, order[1])
    extraction = read(making.saved(made, tmp_path / "a.pptx").read_bytes())
    assert [page.text for page in extraction.pages] == ["först", "sist"]
