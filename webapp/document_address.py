"""The address of the document view: page, question, view, hit and the way back, both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote_plus

from werkzeug.datastructures import MultiDict

from indexer import Reading, SearchQuery
from webapp import search_url
from webapp.document_links import back_told, question_told
from webapp.facets import FACETS

BOTH, TEXT = "", "text"
ZOOMS = (150, 250, 400)
USUAL_ZOOM = 250
LONGEST_NUMBER = 7  # digits; no document has that many pages
LONGEST_BACK = 8_000  # characters; a result list's address with every filter chosen is shorter
MOST_PARAMETERS = 200


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """page and hit are 0 where the address names none. picture: which of the pages that show this page of the text.

    search: the result list that the reader comes from, if any.
    """

    document_id: int
    query: SearchQuery
    page: int = 0
    hit: int = 0
    picture: int = 0
    view: str = BOTH
    zoom: int = 0
    search: SearchQuery | None = None

    def to(self, page: int, hit: int = 0) -> str:
        return replace(self, page=page, hit=hit, picture=0).link()

    def pictured(self, picture: int) -> str:
        return replace(self, picture=picture, hit=0).link()

    def seen(self, view: str = BOTH) -> str:
        return replace(self, view=view, zoom=0).link()

    def zoomed(self, zoom: int, hit: int) -> str:
        return replace(self, zoom=zoom, hit=hit, view=BOTH).link()

    def without_question(self) -> str:
        return replace(self, query=SearchQuery(), hit=0).link()

    def in_all_forms(self) -> str:
        return replace(self, query=replace(self.query, reading=Reading.AUTO), page=0, hit=0).link()

    @property
    def search_link(self) -> str:
        """The result list that the reader comes from; the search page where there was none."""
        return search_url.link(self.search, FACETS) if self.search else "/sok"

    @property
    def everywhere_link(self) -> str:
        """The same question, asked of the whole bank."""
        return search_url.link(SearchQuery(text=self.query.text, reading=self.query.reading), FACETS)

    @property
    def back(self) -> str:
        """The result list as a form of this page must carry it along, whatever is typed into the box next."""
        return back_told(self.search) if self.search else ""

    def link(self) -> str:
        told = [f"{name}={quote_plus(value)}" for name, value in self.parameters()]
        where = f"/dokument/{self.document_id}" + (f"?{'&'.join(told)}" if told else "")
        return f"{where}#traff-{self.hit}" if self.hit else where

    def parameters(self) -> list[tuple[str, str]]:
        pairs = [
            ("sida", str(self.page or "")),
            *question_told(self.query),
            ("visa", self.view),
            ("zoom", str(self.zoom or "")),
            ("traff", str(self.hit or "")),
            ("bild", str(self.picture or "")),
        ]
        found = [(name, value) for name, value in pairs if value]
        return found if self.search == _implied(self.query) else [*found, ("sok", self.back)]


def read(document_id: int, args: MultiDict[str, str]) -> DocumentAddress:
    """Reads what can be read; a page that is no number is no page. Raises BadQuery for an endless question."""
    asked = search_url.read(MultiDict((name, value) for name, value in args.items() if name in {"q", "ord"}), ())
    asked = SearchQuery(text=asked.text, reading=Reading.EXACT if asked.reading is Reading.EXACT else Reading.AUTO)
    zoom = _number(args.get("zoom", ""))
    return DocumentAddress(
        document_id,
        asked,
        page=_number(args.get("sida", "")),
        hit=_number(args.get("traff", "")),
        picture=_number(args.get("bild", "")),
        view=TEXT if args.get("visa") == TEXT else BOTH,
        zoom=min(ZOOMS, key=lambda known: abs(known - zoom)) if zoom else 0,
        search=_came_from(args["sok"]) if "sok" in args else _implied(asked),
    )


def _implied(asked: SearchQuery) -> SearchQuery | None:
    """Hits carry their question alone while no filter stands beside it."""
    return asked if asked.text else None


def _came_from(told: str) -> SearchQuery | None:
    """The result list that `sok` tells; None where it tells none or cannot be read. It never leads elsewhere."""
    try:
        pairs = parse_qsl(told[:LONGEST_BACK], max_num_fields=MOST_PARAMETERS)
        return search_url.read(MultiDict(pairs), FACETS) if pairs else None
    except (ValueError, search_url.BadQuery):
        return None


def _number(written: str) -> int:
    written = written.strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER else 0
