"""One small report in every format: what stands in it, and how each format is made.

The old binary formats lie beside this file, written by ourselves with LibreOffice and xlwt.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import xlsxwriter

from tests.indexer.extraction import making, making_outlook

FILES = Path(__file__).parent / "files"
TITLE = "Utvärdering av Fyrbåken"
FIRST = "Fyrbåken prövade uppsökande hemtjänst i Skärholmen under 2019."
HEADING = "Lärdomar"
LAST = "Åtta av tio deltagare ville fortsätta träffas på torsdagar."
HEADER, ROW = ("Stadsdel", "År", "Beviljat"), ("Skärholmen", "2019", "450000")
ROWS = (HEADER, ROW, ("Farsta", "2020", "125000"))
TOLD_ROW = "Stadsdel: Skärholmen · År: 2019 · Beviljat: 450000"


def escaped(text: str) -> str:
    """As RTF in cp1252 writes it."""
    return "".join(c if c.isascii() else f"\\'{c.encode('cp1252')[0]:02x}" for c in text)


def rtf() -> bytes:
    body = (
        rf"{{\stylesheet{{\s1 heading 1;}}}}\pard\s1 {escaped(TITLE)}\par\pard\s0 {escaped(FIRST)}\par\page"
        rf"\pard\s1 {escaped(HEADING)}\par\pard {escaped(LAST)}\par"
    )
    return rf"{{\rtf1\ansi\ansicpg1252{{\info{{\title {escaped(TITLE)}}}}}{body}}}".encode("ascii")


def word() -> bytes:
    made = making.new_word()
    made.add_heading(TITLE, 1)
    made.add_paragraph(FIRST)
    made.add_page_break()  # type: ignore[no-untyped-call]
    made.add_heading(HEADING, 1)
    made.add_paragraph(LAST)
    return _saved(made.save)


def slides() -> bytes:
    made = making.new_slides()
    for title, text in ((TITLE, FIRST), (HEADING, LAST)):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = text
    return _saved(made.save)


def open_document() -> bytes:
    heading = '<text:h text:outline-level="1">'
    first = f"{heading}{TITLE}</text:h><text:p>{FIRST}</text:p><text:p><text:soft-page-break/></text:p>"
    return making.open_document(f"{first}{heading}{HEADING}</text:h><text:p>{LAST}</text:p>")


def html() -> bytes:
    return f"<!doctype html><title>{TITLE}</title><h1>{TITLE}</h1><p>{FIRST}<h1>{HEADING}</h1><p>{LAST}".encode()


def epub(members: dict[str, str | bytes] | None = None) -> bytes:
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
    return making.zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="bok/bok.opf"/></container>',
            "bok/bok.opf": f'<package><metadata><title>{TITLE}</title><date>2020-05-01</date></metadata><manifest>'
            '<item id="b" href="tv%C3%A5.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="a" href="ett.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
            "bok/ett.xhtml": f"{head}<h1>{TITLE}</h1><p>{FIRST}</p></body></html>",
            "bok/två.xhtml": f"{head}<h1>{HEADING}</h1><p>{LAST}</p></body></html>",
            **(members or {}),
        }
    )  # fmt: skip


def mail(**attached: bytes) -> bytes:
    """A mail with these attachments, by file name without its ending."""
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, "Redaktionen <redaktionen@example.org>"
    message["To"], message["Date"] = "alla@example.org", "Fri, 03 May 2019 14:30:00 +0200"
    message.set_content(f"{FIRST}\n\n{HEADING}\n\n{LAST}\n")
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{name}.txt")
    return message.as_bytes()


def outlook(**attached: bytes) -> bytes:
    """The same mail as Outlook saves it."""
    values: dict[int, making_outlook.Value] = {
        making_outlook.SUBJECT: TITLE,
        making_outlook.SENDER_NAME: "Redaktionen",
        making_outlook.SENDER_ADDRESS: "redaktionen@example.org",
        making_outlook.SENT: datetime(2019, 5, 3, 12, 30, tzinfo=UTC),
        making_outlook.BODY: f"{FIRST}\r\n\r\n{HEADING}\r\n\r\n{LAST}\r\n",
    }
    hanging = [making_outlook.attached(f"{name}.txt", content) for name, content in attached.items()]
    receivers = [making_outlook.receiver("", "alla@example.org")]
    return making_outlook.compound(making_outlook.message(values, receivers, hanging))


def workbook(fill: Callable[[xlsxwriter.Workbook], None] | None = None) -> bytes:
    """Excel: the sheets Medel and Lärdomar, or what `fill` writes."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        (fill or _sheets)(book)
    return made.getvalue()


def _sheets(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Medel")
    for number, (area, year, granted) in enumerate(ROWS):
        sheet.write_row(number, 0, (area, int(year), int(granted)) if number else (area, year, granted))
    book.add_worksheet(HEADING).write(0, 0, LAST)


def open_workbook(rows: str = "") -> bytes:
    """OpenDocument: the same two sheets, or this XML of the first one's rows."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    rows = rows or "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in ROWS)
    last = f"<table:table-row>{_cell(LAST)}</table:table-row>"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Medel">{rows}'
        f'</table:table><table:table table:name="{HEADING}">{last}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entry = '<manifest:file-entry manifest:full-path="/"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0">{entry}</manifest:manifest>'
    return making.zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def separated(divider: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(divider.join(row) for row in ROWS).encode(encoding)


def old_slides() -> bytes:
    return gzip.decompress((FILES / "fyrbaken.ppt.gz").read_bytes())


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()
