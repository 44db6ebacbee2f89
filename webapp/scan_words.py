"""What the pages say of scanned pages, and of the program that reads them."""

from __future__ import annotations

from catalog.models import Document, Page, Scan
from catalog.scans import HARD_TO_READ
from webapp.figures import decimal, number
from webapp.texts import gettext as _
from webapp.texts import ngettext


def document_told(document: Document) -> str:
    """What is not found yet of a document; "" where all its scans are read."""
    if not document.scan_pages_waiting:
        return ""
    read = document.scan_pages - document.scan_pages_waiting
    return _(
        "%(read)s av %(all)s inskannade sidor är lästa. De andra hittas inte på sina ord än.",
        read=number(read),
        all=number(document.scan_pages),
    )


def page_told(page: Page | None, scan: Scan | None) -> str:
    """A warning about the text of a scanned page; "" where there is nothing to warn of."""
    if scan is None or page is None:
        return ""
    if scan.state == "waiting":
        return _("Sidan är inskannad och väntar på att läsas.")
    if scan.state == "off":
        return _("Sidan är inskannad och är inte läst.")
    if scan.state == "failed":
        return _("Sidan är inskannad och gick inte att läsa.")
    if page.confidence is not None and page.confidence < HARD_TO_READ:
        return _("Svårläst inskanning. Texten kan vara fel; jämför med bilden.")
    return ""


def reader_told(page: Page, scan: Scan | None) -> str:
    """For editors: what read the page, how sure it was, and how the page was turned for it; "" before it is read."""
    if scan is not None and scan.state != "read" and not page.text:
        return ""
    told = [_("Sidan är läst av %(reader)s.", reader=page.reader)]
    if page.confidence is not None:
        told.append(_("Säkerhet %(sure)s av 100.", sure=page.confidence))
    if scan is not None and scan.state == "read" and scan.boxes:
        told += [_("Vriden %(degrees)s grader.", degrees=scan.rotation)] if scan.rotation else []
        told += [_("Rätad %(degrees)s grader.", degrees=decimal(abs(scan.skew)))] if scan.skew else []
    return " ".join(told)


def hard_told(pages: int) -> str:
    return ngettext("%(num)s svårläst inskannad sida", "%(num)s svårlästa inskannade sidor", pages) if pages else ""
