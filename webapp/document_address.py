"""The address of the document view: page, question, view and hit, both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from indexer import Reading, SearchQuery
from webapp import search_url

BOTH, TEXT = "", "text"
ZOOMS = (150, 250, 400)
USUAL_ZOOM = 250
LONGEST_NUMBER = 7  # digits; no document has that many pages


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """page and hit are 0 where the address names none."""

    document_id: int
    query: SearchQuery
    page: int = 0
    hit: int = 0
    view: str = BOTH
    zoom: int = 0

    def to(self, page: int, hit: int = 0) -> str:
        return replace(self, page=page, hit=hit).link()

    def seen(self, view: str = BOTH) -> str:
        return replace(self, view=view, zoom=0).link()

    def zoomed(self, zoom: int, hit: int) -> str:
        return replace(self, zoom=zoom, hit=hit, view=BOTH).link()

    def without_question(self) -> str:
        return replace(self, query=SearchQuery(), hit=0).link()

    def link(self) -> str:
        told = [f"{name}={quote_plus(value)}" for name, value in self.parameters()]
        where = f"/dokument/{self.document_id}" + (f"?{'&'.join(told)}" if told else "")
        return f"{where}#traff-{self.hit}" if self.hit else where

    def parameters(self) -> list[tuple[str, str]]:
        pairs = (
            ("sida", str(self.page or "")),
            ("q", self.query.text),
            ("ord", "exakt" if self.query.text and self.query.reading is Reading.EXACT else ""),
            ("visa", self.view),
            ("zoom", str(self.zoom or "")),
            ("traff", str(self.hit or "")),
        )
        return [(name, value) for name, value in pairs if value]


def read(document_id: int, args: MultiDict[str, str]) -> DocumentAddress:
    """Reads what can be read; a page that is no number is no page. Raises BadQuery for an endless question."""
    asked = search_url.read(MultiDict((name, value) for name, value in args.items() if name in {"q", "ord"}), ())
    zoom = _number(args.get("zoom", ""))
    return DocumentAddress(
        document_id,
        asked,
        page=_number(args.get("sida", "")),
        hit=_number(args.get("traff", "")),
        view=TEXT if args.get("visa") == TEXT else BOTH,
        zoom=min(ZOOMS, key=lambda known: abs(known - zoom)) if zoom else 0,
    )


def _number(written: str) -> int:
    written = written.strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER else 0
