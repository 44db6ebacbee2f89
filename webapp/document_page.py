"""What the document view shows of one page: its text and picture with marks, and the way to the other hits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from catalog import documents, scans
from catalog.errors import MissingOriginal
from catalog.models import Document, Page, Scan
from indexer import Mark, SearchEngine, SearchError, UnreadableFile, WordBox
from indexer import question as read_question
from webapp import layouts, scan_words
from webapp.bank import Bank
from webapp.document_address import TEXT, USUAL_ZOOM, ZOOMS, DocumentAddress
from webapp.document_hits import DocumentHits, find_hits, marks_of
from webapp.document_map import PageMap
from webapp.hard_wrapped import without_wrapping
from webapp.layouts import Layout
from webapp.page_marks import Box, Piece, boxes, paragraphs
from webapp.pictures import WIDTHS, Pictures, PlacedWords, has_pictures


@dataclass(frozen=True)
class DocumentPage:
    """One page as it is asked for; `placed` is None where the page has no picture.

    picture: number of the page that is pictured. layout: of a file whose text knows other pages than its picture.
    laying_out: "making" while that is not there yet.
    """

    document: Document
    address: DocumentAddress
    hits: DocumentHits
    page: Page | None
    marks: tuple[Mark, ...]
    placed: PlacedWords | None = None
    picture: int = 0
    layout: Layout | None = None
    laying_out: str = "none"
    scan: Scan | None = None

    @property
    def number(self) -> int:
        return self.address.page

    @property
    def count(self) -> int:
        return max(self.document.page_count, 1)

    @cached_property
    def current(self) -> int:
        """Number of the current hit: the one in the address where it stands here, else the first of the page."""
        here = self.hits.on(self.number)
        if here is None:
            return 0
        return self.address.hit if self.hits.page_of(self.address.hit) == here else here.first

    @property
    def previous_hit(self) -> str:
        """Address of the hit before; empty where there is none."""
        return self._hit(self.current - 1 if self.current else self.hits.before(self.number))

    @property
    def next_hit(self) -> str:
        return self._hit((self.current or self.hits.before(self.number)) + 1)

    @property
    def previous_page(self) -> str:
        return self.address.to(self.number - 1) if self.number > 1 else ""

    @property
    def next_page(self) -> str:
        return self.address.to(self.number + 1) if self.number < self.count else ""

    @cached_property
    def paragraphs(self) -> list[list[Piece]]:
        text = self.page.text if self.page else ""
        if self.document.media_type == "text/plain":
            text = without_wrapping(text)
        here = self.hits.on(self.number)
        return paragraphs(text, self.marks, here.first if here else 1)

    @cached_property
    def boxes(self) -> list[Box]:
        """Marks on the picture, numbered as in the document."""
        here = self.hits.on(self.number)
        if self.placed is None or self.page is None or here is None:
            return []
        asked = read_question(self.address.query.text, self.address.query.reading)
        return [box.numbered_from(here.first) for box in boxes(asked, self.placed, self.page.text, self.marks)]

    @cached_property
    def map(self) -> PageMap:
        return PageMap(self.hits, self.count, self.number)

    @property
    def scan_told(self) -> str:
        """A warning about the text of a scanned page."""
        return scan_words.page_told(self.page, self.scan)

    @property
    def reader_told(self) -> str:
        return scan_words.reader_told(self.page, self.scan) if self.page and self.page.reader else ""

    def is_heading(self, paragraph: list[Piece]) -> bool:
        """Whether a paragraph is the heading that the page stands under."""
        heading = self.page.heading if self.page else ""
        return bool(heading) and "".join(piece.text for piece in paragraph).strip() == heading.strip()

    @property
    def zoom_link(self) -> str:
        return self.address.zoomed(USUAL_ZOOM, self.current)

    @property
    def pictured(self) -> bool:
        return bool(self.document.page_count) and (has_pictures(self.document) or self.layout is not None)

    @property
    def pictures(self) -> tuple[int, ...]:
        """The pages that show something of this page of the text."""
        return self.layout.pages_of(self.number) if self.layout else (self.number,)

    @property
    def marked(self) -> int:
        """How many hits of the page stand on the picture."""
        if self.layout is None:
            return len(self.marks)
        return sum(self.layout.page_at(self.number, mark.start) == self.picture for mark in self.marks)

    @property
    def widths(self) -> tuple[int, ...]:
        return WIDTHS

    @property
    def zoomed(self) -> tuple[int, int]:
        """The steps below and above the present zoom; 0 where there is none."""
        place = ZOOMS.index(self.address.zoom)
        return (ZOOMS[place - 1] if place else 0), (ZOOMS[place + 1] if place + 1 < len(ZOOMS) else 0)

    def _hit(self, number: int) -> str:
        page = self.hits.page_of(number)
        return self.address.to(page.number, number) if page else ""


def build(bank: Bank, document: Document, address: DocumentAddress) -> DocumentPage:
    """The page of the address, or the best one for the question where the address names none."""
    hits = find_hits(bank.database, _engine(bank), document, address.query)
    number = min(address.page or hits.best or 1, max(document.page_count, 1))
    with bank.database.reading() as session:
        page = next(iter(documents.pages(session, document.id, [number])), None)
        scan = scans.of_page(session, document.id, number) if document.scan_pages else None
        analysed = documents.tokens(session, [(document.id, number)]) if hits.on(number) else {}
    asked = read_question(address.query.text, address.query.reading)
    found = marks_of(asked, analysed[document.id, number]) if analysed else []
    built = DocumentPage(document, replace(address, page=number), hits, page, tuple(found), scan=scan)
    return _pictured(bank, built)


def _pictured(bank: Bank, page: DocumentPage) -> DocumentPage:
    """With its picture, where there is one to show: not in a text view, nor of a page that cannot be drawn."""
    document = page.document
    if page.address.view == TEXT or not document.page_count:
        return replace(page, layout=None if has_pictures(document) else layouts.find(bank, document))
    if has_pictures(document):
        return replace(page, placed=_scanned(page.scan) or _placed(bank, document, page.number), picture=page.number)
    laying_out = layouts.state(bank, document)
    layout = layouts.find(bank, document) if laying_out == "ready" else None
    if layout is None:
        return replace(page, laying_out=laying_out)
    picture = _shown(page, layout)
    return replace(page, placed=_placed(bank, document, picture, layout.pdf), picture=picture, layout=layout)


def _shown(page: DocumentPage, layout: Layout) -> int:
    """The picture that was asked for, else the one on which the current hit stands, else the first of the page."""
    there, here = layout.pages_of(page.number), page.hits.on(page.number)
    if page.address.picture in there:
        return page.address.picture
    if here and 0 <= page.current - here.first < len(page.marks):
        return layout.page_at(page.number, page.marks[page.current - here.first].start)
    return layout.page_at(page.number, 0)


def _scanned(scan: Scan | None) -> PlacedWords | None:
    """The words of a scan stand in the record."""
    words = scans.words_of(scan)
    return PlacedWords(words.width, words.height, tuple(WordBox(*one) for one in words.words)) if words else None


def _placed(bank: Bank, document: Document, number: int, laid_out: Path | None = None) -> PlacedWords | None:
    try:
        return Pictures(bank.settings.pictures_folder, bank.originals).words(document, number, laid_out)
    except (UnreadableFile, MissingOriginal):
        return None


def _engine(bank: Bank) -> SearchEngine | None:
    """Reading goes on while search is away."""
    try:
        return bank.engine
    except SearchError:
        return None
