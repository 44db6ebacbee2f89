"""Opening a PDF by PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.errors import UnreadableFile
from indexer.extraction.sniff import HEAD, pdf_start


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document, read from its header on; raises UnreadableFile."""
    with path.open("rb") as file:
        start = pdf_start(file.read(HEAD))
        file.seek(0)
        source = path if start <= 0 else file.read()[start:]
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        secret = error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise UnreadableFile("encrypted" if secret else "damaged", str(error)) from error
    try:
        yield document
    finally:
        document.close()


def page_at(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """The page, counted from 1; raises UnreadableFile where there is none or it cannot be loaded."""
    try:
        return document[number - 1] if number > 0 else document[len(document)]
    except (pdfium.PdfiumError, IndexError) as error:
        raise UnreadableFile("damaged", f"page {number}: {error}") from error
