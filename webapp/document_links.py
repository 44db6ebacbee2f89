"""Addresses and names of documents and their pages, as every list writes them."""

from __future__ import annotations

from urllib.parse import urlencode

from indexer import Reading, SearchQuery, Sort
from webapp import search_url
from webapp.facets import FACETS
from webapp.figures import number
from webapp.texts import gettext, ngettext


class Links:
    """The addresses of documents and their pages in one question's list; each takes the question on.

    Made once for a list: it has hundreds of them.
    """

    def __init__(self, query: SearchQuery) -> None:
        told = question_told(query)
        if query.has_filters or query.page > 1 or query.sort is not Sort.RELEVANCE:  # else the words alone lead back
            told.append(("sok", back_told(query)))
        self._told = urlencode(told)
        self._asks = bool(query.text)

    def document(self, document_id: int) -> str:
        """The document view, which opens at the best page itself."""
        return f"/dokument/{document_id}?{self._told}" if self._told else f"/dokument/{document_id}"

    def page(self, document_id: int, page: int) -> str:
        """The document view at a page, where the question's words are marked."""
        told = f"&{self._told}" if self._told else ""
        return f"/dokument/{document_id}?sida={page}{told}"

    def why(self, document_id: int) -> str:
        """The page that says why the document is a hit; empty where nothing was typed."""
        return f"/dokument/{document_id}/varfor?{self._told}" if self._asks else ""


def question_told(query: SearchQuery) -> list[tuple[str, str]]:
    """The question as a document's address tells it: its words, and whether only as they are written."""
    exact = [("ord", "exakt")] if query.reading is Reading.EXACT else []
    return [("q", query.text), *exact] if query.text else []


def back_told(query: SearchQuery) -> str:
    """The result list as the parameter `sok` of a document's address tells it."""
    return search_url.link(query, FACETS, "").removeprefix("?")


def page_name(kind: str, page: int) -> str:
    """S. 14, bild 4, avsnitt 2 or blad 2, with a hard blank; a mail is one page only."""
    return page_names(kind) % {"n": page}


def page_names(kind: str) -> str:
    """What names all pages of a document: %(n)s stands for the number."""
    if kind == "slide":
        return gettext("bild\N{NO-BREAK SPACE}%(n)s")
    if kind == "section":
        return gettext("avsnitt\N{NO-BREAK SPACE}%(n)s")
    if kind == "sheet":
        return gettext("blad\N{NO-BREAK SPACE}%(n)s")
    if kind == "message":
        return gettext("mejlet")
    return gettext("s.\N{NO-BREAK SPACE}%(n)s")


def pages_counted(kind: str, count: int) -> str:
    """36 sidor, 1 bild, 4 avsnitt, 2 blad, 1 mejl."""
    written = number(count)
    if kind == "slide":
        return ngettext("%(written)s bild", "%(written)s bilder", count, written=written)
    if kind == "section":
        return ngettext("%(written)s avsnitt", "%(written)s avsnitt", count, written=written)
    if kind == "sheet":
        return ngettext("%(written)s blad", "%(written)s blad", count, written=written)
    if kind == "message":
        return ngettext("%(written)s mejl", "%(written)s mejl", count, written=written)
    return ngettext("%(written)s sida", "%(written)s sidor", count, written=written)
