"""Opening a PDF by PDFium."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.internal as pdfium_i
import pypdfium2.raw as pdfium_c

from indexer.errors import UnreadableFile
from indexer.extraction.sniff import HEAD, pdf_start

MOST_ANNOTATIONS = 1000  # of a page that are looked at
_WRITTEN_ON = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT)
_BESIDE = 1000  # pixels
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


def page_box(raw_page: Any) -> tuple[float, float, float, float]:
    """(left, bottom, right, top) of the part of a page that is shown, in the page's own frame.

    As PDFium finds it: boxes that stand on the page's parents, that are upside down or larger than the paper too.
    """
    box = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(raw_page, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def loaded_page(document: Any, number: int) -> Any:
    """PDFium's handle of a page, counted from 1, with what was filled in; none where it cannot be loaded."""
    page = pdfium_c.FPDF_LoadPage(document, number - 1)
    if page and has_taken_in_fields(page):
        pdfium_c.FPDF_ClosePage(page)
        page = pdfium_c.FPDF_LoadPage(document, number - 1)
    return page


def has_taken_in_fields(page: Any) -> bool:
    """Makes the answers in a form's fields and the texts written on a page a part of it, in memory.

    PDFium draws no field and reads neither. Where it did, the page must be loaded anew.
    """
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)
    if not any(_annotation_kind(page, index) in _WRITTEN_ON for index in range(count)):
        return False
    _draw_answers(page)
    return bool(pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _draw_answers(page: Any) -> None:
    """Gives a form's answers their looks where the file leaves that to its reader (NeedAppearances).

    PDFium does so when it draws a page; here the page lies beside the picture, so that nothing of it is drawn.
    """
    picture = pdfium_c.FPDFBitmap_Create(1, 1, 0)
    pdfium_c.FPDF_RenderPageBitmap(picture, page, -_BESIDE, -_BESIDE, 1, 1, 0, pdfium_c.FPDF_ANNOT)
    pdfium_c.FPDFBitmap_Destroy(picture)


def _annotation_kind(page: Any, index: int) -> int:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    kind = int(pdfium_c.FPDFAnnot_GetSubtype(annotation))
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    return kind


def page_at(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """The page, counted from 1; raises UnreadableFile where there is none or it cannot be loaded."""
    try:
        page = document[number - 1] if number > 0 else document[len(document)]
        if not has_taken_in_fields(page.raw):
            return page
        page.close()
        return document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        raise UnreadableFile("damaged", f"page {number}: {error}") from error
