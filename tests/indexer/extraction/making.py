"""Small real files, made for a test: a test says only what stands in them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pptx
from docx.document import Document
from pptx.presentation import Presentation

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
PAPER = f"/MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"


@dataclass(frozen=True)
class Text:
    """A line of a PDF page, `x` and `y` in points from its left and lower edge."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11
    bold: bool = False
    sideways: bool = False

    def operators(self) -> bytes:
        text = self.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        turn = "0 1 -1 0" if self.sideways else "1 0 0 1"
        place = f"BT /F{2 if self.bold else 1} {self.size} Tf {turn} {self.x} {self.y} Tm (".encode()
        return place + text + b") Tj ET\n"


def pdf(pages: Iterable[Sequence[Text]], *, title: str = "", created: str = "", rotate: int = 0) -> bytes:
    """A PDF of these pages in Helvetica."""
    streams = [b"".join(text.operators() for text in page) for page in pages]
    return pdf_of(streams, title=title, created=created, rotate=rotate)


def pdf_of(
    streams: Sequence[bytes],
    *,
    title: str = "",
    created: str = "",
    rotate: int = 0,
    page: str = PAPER,
    parent: str = "",
    form: str = "",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF whose pages have these content streams.

    page, parent, form: entries of each page, of what holds the pages and of what holds the fields.
    more: objects, the first has number 7 in a PDF of one page.
    """
    first = 5
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(streams)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << {form} >> >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} {parent} >>".encode(),
        (font % "Helvetica").encode(),
        (font % "Helvetica-Bold").encode(),
    ]
    for index, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R {page} /Rotate {rotate} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {first + 2 * index + 1} 0 R >>".encode()
        )
        objects.append(pdf_stream(zlib.compress(stream), "/Filter /FlateDecode"))
    objects += more
    objects.append(b"<< /Title (" + title.encode("cp1252") + b") /CreationDate (" + created.encode() + b") >>")
    return _written(objects)


def pdf_stream(content: bytes, entries: str) -> bytes:
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def _written(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def lines(texts: Iterable[str], *, x: float = 72, top: float = 740, step: float = 14, size: float = 11) -> list[Text]:
    """Lines under each other."""
    return [Text(text, x, top - step * index, size) for index, text in enumerate(texts)]


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            packed.writestr(name, content, method)
    return out.getvalue()


def word(body: str, members: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word file whose body is this XML (prefix w), with more members as given."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
            **(members or {}),
        }
    )


def paragraph(text: str, before: str = "") -> str:
    """A Word paragraph; `before` is XML in front of its text."""
    return f'<w:p><w:r>{before}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def open_document(body: str, kind: str = "text", styles: str = "") -> bytes:
    """An ODT (kind "text") or ODP ("presentation") whose body is this XML."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
            ("presentation", "presentation"), ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    content = (
        f"<office:document-content {spaces}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    if styles:
        members["styles.xml"] = f"<office:document-styles {spaces}>{styles}</office:document-styles>"
    return zipped(members)


def saved(made: Document | Presentation, path: Path) -> Path:
    """A python-docx or python-pptx document on disk."""
    made.save(str(path))
    return path


def new_word() -> Document:
    return docx.Document()


def new_slides() -> Presentation:
    return pptx.Presentation()
