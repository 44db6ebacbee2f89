"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass, field

PAGE_KINDS = frozenset({"page", "slide", "section", "sheet", "message"})


@dataclass(frozen=True, slots=True)
class ExtractedPage:
    """Clean text of one page, slide or section: NFC, paragraphs divided by a blank line, no running header or footer.

    heading: the nearest heading above or on the page, for "Resultat, s. 14". reader: pdfium, pdfminer, docx, …
    scan: why the page should be read from its picture too: "picture" (there is no text), "little_text" (on a picture),
    "doubtful" (few words of it are known); "" where its text will do.
    """

    number: int
    text: str
    heading: str = ""
    reader: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """A file's text by page.

    page_kind: one of PAGE_KINDS. running: header and footer lines, each once. summary: the text of the
    section "Sammanfattning", where there is one. cut: codes of limits that bit ("pages", "text", "members", "time"),
    told on the document. reader: fingerprint of the reader's version, so that a better one knows what to read again.
    dates: found in metadata, ISO format, best first. is_scan: there is too little text to stand without its scans.
    """

    media_type: str
    pages: tuple[ExtractedPage, ...]
    title: str = ""
    language: str = ""
    summary: str = ""
    running: str = ""
    page_kind: str = "page"
    reader: str = ""
    dates: tuple[str, ...] = ()
    cut: tuple[str, ...] = field(default=())
    is_scan: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(page.text for page in self.pages)
