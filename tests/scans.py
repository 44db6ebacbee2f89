"""Small scans: pages of text drawn as pictures, as a copying machine makes them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image

from tests.journeys.small_files import pdf

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
