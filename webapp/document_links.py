"""Addresses and names of documents and their pages, as every list writes them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlencode

from indexer import Reading, SearchQuery, Sort
from webapp import search_url
from webapp.facets import FACETS
from webapp.figures import number
from webapp.texts import gettext, ngettext


def page_link(document_id: int, page: int, query: SearchQuery) -> str:
    """The document view at a page, with the question so that its words are marked there."""
    return page_links(document_id, query) % {"n": page}


def page_links(document_id: int, query: SearchQuery) -> str:
    """What links all pages of a document: %(n)s stands for the number."""
    told = _told(query).replace("%", "%%")
    return f"/dokument/{document_id}?sida=%(n)s&{told}" if told else f"/dokument/{document_id}?sida=%(n)s"


def document_link(document_id: int, query: SearchQuery) -> str:
    """The document view with the question; it opens at the best page itself."""
    told = _told(query)
    return f"/dokument/{document_id}?{told}" if told else f"/dokument/{document_id}"


def question_told(query: SearchQuery) -> list[tuple[str, str]]:
    """The question as a document's address tells it: its words, and whether only as they are written."""
    exact = [("ord", "exakt")] if query.reading is Reading.EXACT else []
    return [("q", query.text), *exact] if query.text else []


def back_told(query: SearchQuery) -> str:
    """The result list as the parameter `sok` of a document's address tells it."""
    return search_url.link(query, FACETS, "").removeprefix("?")


def why_link(document_id: int, query: SearchQuery) -> str:
    """The page that says why the document is a hit; empty where nothing was typed."""
    return f"/dokument/{document_id}/varfor?{_told(query)}" if query.text else ""


@lru_cache(maxsize=256)
def _told(query: SearchQuery) -> str:
    """The way back is told only where the words alone do not lead there."""
    told = question_told(query)
    if query.has_filters or query.page > 1 or query.sort is not Sort.RELEVANCE:
        told.append(("sok", back_told(query)))
    return urlencode(told)


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
