"""The PDF that warms the readers is one that they read."""

from __future__ import annotations

import pypdfium2

from indexer.extraction.pdf import read_page
from indexer.extraction.pdf_specimen import SPECIMEN


def test_its_page_has_headings_references_and_fonts_that_are_not_in_it() -> None:
    page = read_page(pypdfium2.PdfDocument(SPECIMEN), 1)
    assert [line.text.strip() for line in page.lines[:2]] == ["Sammanfattning", "0 hemtjänst i staden1"]
    assert page.lines[0].bold
    assert len(page.lines) == 21
