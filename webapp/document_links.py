"""Addresses and names of documents and their pages, as every list writes them."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from indexer import Reading, SearchQuery
from webapp.figures import number
from webapp.texts import gettext, ngettext


def page_link(document_id: int, page: int, query: SearchQuery) -> str:
    """The document view at a page, with the question so that its words are marked there."""
    return page_links(document_id, query) % {"n": page}


def page_links(document_id: int, query: SearchQuery) -> str:
    """What links all pages of a document: %(n)s stands for the number."""
    told = _question(query.text, query.reading).replace("%", "%%")
    return f"/dokument/{document_id}?sida=%(n)s&{told}" if told else f"/dokument/{document_id}?sida=%(n)s"


def document_link(document_id: int, query: SearchQuery) -> str:
    """The document view with the question; it opens at the best page itself."""
    told = _question(query.text, query.reading)
    return f"/dokument/{document_id}?{told}" if told else f"/dokument/{document_id}"


@lru_cache(maxsize=256)
def _question(text: str, reading: Reading) -> str:
    exact = "&ord=exakt" if reading is Reading.EXACT else ""
    return f"q={quote_plus(text)}{exact}" if text else ""


def page_name(kind: str, page: int) -> str:
    """S. 14, bild 4 or avsnitt 2, with a hard blank."""
    return page_names(kind) % {"n": page}


def page_names(kind: str) -> str:
    """What names all pages of a document: %(n)s stands for the number."""
    if kind == "slide":
        return gettext("bild\N{NO-BREAK SPACE}%(n)s")
    if kind == "section":
        return gettext("avsnitt\N{NO-BREAK SPACE}%(n)s")
    return gettext("s.\N{NO-BREAK SPACE}%(n)s")


def pages_counted(kind: str, count: int) -> str:
    """36 sidor, 1 bild, 4 avsnitt."""
    written = number(count)
    if kind == "slide":
        return ngettext("%(written)s bild", "%(written)s bilder", count, written=written)
    if kind == "section":
        return ngettext("%(written)s avsnitt", "%(written)s avsnitt", count, written=written)
    return ngettext("%(written)s sida", "%(written)s sidor", count, written=written)
