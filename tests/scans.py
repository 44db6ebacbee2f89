"""Small scans: pages of text drawn as pictures, as a copying machine makes them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image

from indexer.ocr import program
from tests.journeys.small_files import pdf, written_objects

DOTS = 150
REPORT = """Boendestöd i Skärholmen

Utvärderingen av boendestödet visar att flera hushåll
har fått hjälp med ekonomi och trygghet i vardagen.
Handläggare och brukare beskriver samma utveckling.
Vräkningarna blev färre under projektets andra år."""
SECOND = """Samverkan med skolan

Kuratorer och lärare träffades varje månad under året.
Ungdomar med hög frånvaro fick en egen handledare.
Resultatet följdes upp av förvaltningen efter sommaren."""


def forget_scan_program() -> None:
    """The bank looks anew for tesseract, as it does by itself after half a minute."""
    program._Known.program = None


def pictures(texts: Sequence[str], *, turned: int = 0, skew: float = 0.0) -> list[Image.Image]:
    """Each text as the picture of a page, turned counterclockwise by a quarter (0, 90, …) and by `skew` degrees."""
    with pdfium.PdfDocument(pdf(list(texts))) as document:
        drawn = [page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L") for page in document]
    askew = [page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255) if skew else page for page in drawn]
    return [page.rotate(turned, expand=True) for page in askew]


def scanned_pdf(texts: Sequence[str], *, turned: int = 0, skew: float = 0.0) -> bytes:
    """A PDF of nothing but pictures."""
    return written(pictures(texts, turned=turned, skew=skew), "PDF")


def written(pages: Sequence[Image.Image], kind: str) -> bytes:
    """The pages as one file: PDF or TIFF, or PNG or JPEG of a single one."""
    file = io.BytesIO()
    first, *others = pages
    more = {"save_all": True, "append_images": others} if others else {}
    size = {"resolution": DOTS} if kind == "PDF" else {"dpi": (DOTS, DOTS)}
    first.save(file, kind, **size, **more)
    return file.getvalue()


def joined_pdf(*files: bytes) -> bytes:
    """All pages of some PDFs as one."""
    with pdfium.PdfDocument.new() as whole:
        for content in files:
            with pdfium.PdfDocument(content) as part:
                whole.import_pages(part)
        file = io.BytesIO()
        whole.save(file)
        return file.getvalue()


def hidden_text_pdf(seen: str, hidden: str) -> bytes:
    """A scan with a layer of text that nobody sees, as a copying machine that reads adds it."""
    (page,) = pictures([seen])
    image = io.BytesIO()
    page.save(image, "JPEG")
    data = image.getvalue()
    shown = b"q 595 0 0 842 0 0 cm /I Do Q\nBT 3 Tr /F 8 Tf 60 780 Td 10 TL\n"
    words = hidden.encode("cp1252").split()
    for start in range(0, len(words), 12):
        shown += b"(%s) Tj T*\n" % b" ".join(words[start : start + 12])
    shown += b"ET"
    resources = b"<< /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >>"
    picture = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
    size = b"/Width %d /Height %d" % page.size
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % resources,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< %s %s /Length %d >>\nstream\n%s\nendstream" % (picture, size, len(data), data),
    )
    return written_objects(objects)
