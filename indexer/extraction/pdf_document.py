"""Opening a PDF by PDFium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.internal as pdfium_i
import pypdfium2.raw as pdfium_c

from indexer.errors import UnreadableFile
from indexer.extraction.sniff import HEAD, pdf_start

_SECRET = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)


class LoadedPdf:
    """A document that is left open: the end of a child gives its memory back sooner than PDFium does.

    raw: PDFium's handle, for its functions. pages: how many there are. Raises UnreadableFile.
    """

    def __init__(self, source: Path | bytes) -> None:
        self._source = source  # bytes are read by PDFium as long as it is open
        if isinstance(source, bytes):
            self.raw = pdfium_c.FPDF_LoadMemDocument64(source, len(source), None)
        else:
            self.raw = pdfium_c.FPDF_LoadDocument(os.fsencode(source), None)
        self.pages = int(pdfium_c.FPDF_GetPageCount(self.raw))
        if self.pages < 1:
            code = pdfium_c.FPDF_GetLastError()
            why = f"Failed to load document (PDFium: {pdfium_i.ErrorToStr.get(code)})."
            raise UnreadableFile("encrypted" if code in _SECRET else "damaged", why)


def loaded(path: Path) -> LoadedPdf:
    """The document, read from its header on; raises UnreadableFile."""
    with path.open("rb") as file:
        start = pdf_start(file.read(HEAD))
        file.seek(0)
        return LoadedPdf(path if start <= 0 else file.read()[start:])


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The same for whoever works through the library, and closed in the end."""
    source = loaded(path)
    document = pdfium.PdfDocument(source.raw)
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
