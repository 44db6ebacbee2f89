"""Titles worth showing."""

from __future__ import annotations

import pytest

from indexer.extraction.paragraphs import Paragraph
from indexer.extraction.titles import choose

HEADINGS = [Paragraph("Farsta stadsdelsförvaltning", 3), Paragraph("Hembesök i\nFarsta", 1), Paragraph("Löptext", 0)]


@pytest.mark.parametrize(
    "left_behind",
    ["Microsoft Word - slutrapport.doc", "Dokument1", "untitled", "PowerPoint-presentation", "rapport_v7_final",
     "Slutrapport.pdf", "1234", "C:\\temp\\rapport", "Namnlös", ""],
)  # fmt: skip
def test_what_programs_leave_behind_is_no_title(left_behind: str) -> None:
    assert choose(left_behind, HEADINGS, left_behind) == "Hembesök i Farsta"


def test_a_declared_title_is_believed_where_the_first_pages_say_it_too() -> None:
    assert choose("Hembesök i Farsta 2019", HEADINGS, "Hembesök i Farsta. Slutrapport") == "Hembesök i Farsta 2019"
    assert choose("Mall för tjänsteutlåtande", HEADINGS, "Hembesök i Farsta. Slutrapport") == "Hembesök i Farsta"


def test_the_rest_of_a_sentence_is_no_title_however_large_it_is_set() -> None:
    assert choose("", [Paragraph(", (Intyg om glasens styrka", 1), *HEADINGS], "") == "Hembesök i Farsta"


def test_a_declared_title_stands_where_there_is_no_other() -> None:
    assert choose("Mall för tjänsteutlåtande", [Paragraph("Löptext")], "Löptext") == "Mall för tjänsteutlåtande"
    assert choose("", [], "") == ""
