"""Why a document is a hit, in words: a row for each word of the question, and for what lifts it besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from catalog.models import Document
from indexer import Explanation, Question, bonus
from webapp import hit_places
from webapp.document_address import DocumentAddress
from webapp.document_links import page_name
from webapp.figures import upper_first
from webapp.hit_places import Found, Places
from webapp.hit_shares import in_words, neighbours, shares, word_of
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.vocabulary import Vocabulary

PAGES_SHOWN: Final = 5  # of each way in which a word is there
WORDS_SHOWN: Final = 3
NEW_FROM: Final = 0.01  # what being newer must give to be told


class PageLink(NamedTuple):
    name: str
    link: str


class Line(NamedTuple):
    """How a word is there, in which texts and on which pages; `more` tells how many pages are left out."""

    how: str
    texts: str = ""
    pages: tuple[PageLink, ...] = ()
    more: str = ""


class Row(NamedTuple):
    """A word of the question, or another reason; share: how much of the rank it gave, in words, and in percent."""

    term: str
    lines: tuple[Line, ...]
    share: str = ""
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the hit. pages: numbers of those with words of the question, best first."""

    document: Document
    address: DocumentAddress
    asked: Question
    told: Explanation
    places: Places
    pages: Sequence[int]


def rows(known: Known, words: Vocabulary) -> tuple[Row, ...]:
    """The weightiest word first."""
    weights = shares(known.asked, known.told)
    asked_for = [number for number, word in enumerate(known.asked.words) if not word.negated]
    of_words = [_word(known, number, weights.get(number, 0.0)) for number in asked_for]
    weighty = sorted(of_words, key=lambda row: -row.percent)
    return (*weighty, *_together(known), *_lifts(known.document, words))


def _word(known: Known, number: int, share: float) -> Row:
    lines = [_line(known, way, found) for way, found in known.places.ways(number)]
    if not lines:
        lines = [Line(_elsewhere(known, number))]
    return Row(known.asked.words[number].shown, tuple(lines), in_words(share) if share else "", round(100 * share))


def _elsewhere(known: Known, number: int) -> str:
    """For a word that stands in no text that is looked at: what lifted the document all the same."""
    if known.asked.words[number].kind == "field":
        return _("stämmer med uppgifterna om dokumentet")
    kinds = {reason.kind for reason in known.told.reasons if word_of(known.asked, reason) == number}
    if kinds & {"form", "exact", "synonym", "phrase", "start"}:
        return _("i uppgifterna om dokumentet och projektet")
    if "part" in kinds:
        return _("står inte i dokumentet, men delar av ordet gör det")
    return _("står inte i dokumentet, men liknande ord gör det") if kinds else _("står inte i dokumentet")


def _line(known: Known, way: str, found: Found) -> Line:
    texts = {
        hit_places.TITLE: _("i titeln"),
        hit_places.SUMMARY: _("i sammanfattningen"),
        hit_places.PROJECT: _("i projektets uppgifter"),
    }
    left = len(found.pages) - PAGES_SHOWN
    more = ngettext("och %(num)s sida till", "och %(num)s sidor till", left) if left > 0 else ""
    named = ", ".join(texts[name] for name in found.texts)
    return Line(_how(way, list(found.written)), named, _links(known, found.pages[:PAGES_SHOWN]), more)


def _links(known: Known, pages: Sequence[int]) -> tuple[PageLink, ...]:
    kind = known.document.page_kind
    return tuple(PageLink(page_name(kind, number), known.address.to(number)) for number in pages)


def _how(way: str, written: list[str]) -> str:
    named = _quoted(written)
    if way == hit_places.EXACT:
        return _("så skrivet")
    if way == hit_places.FORM:
        return _("böjd form, %(words)s", words=named)
    if way == hit_places.LONGER:
        return ngettext("del av ordet %(words)s", "del av orden %(words)s", len(written), words=named)
    if way == hit_places.APART:
        return _("ordets delar nära varandra, %(words)s", words=named)
    return _("synonymen %(words)s ur redaktionens lista", words=named)


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"”{word}”" for word in words[:WORDS_SHOWN]) + (" …" if len(words) > WORDS_SHOWN else "")


def _together(known: Known) -> Iterator[Row]:
    """What several words do together, and the page that is best."""
    if pairs := list(neighbours(known.told)):
        share = sum(pair.share for pair in pairs)
        line = Line(_("orden står intill varandra, %(words)s", words=_quoted([" ".join(one.tokens) for one in pairs])))
        yield Row(_("Ordföljd"), (line,), in_words(share), round(100 * share))
    if known.places.together:
        line = _line(known, hit_places.EXACT, Found(pages=list(known.places.together)))
        yield Row(_("Samma sida"), (line._replace(how=_("alla orden på samma sida")),))
    if known.pages and known.document.page_count > 1:
        best = _links(known, known.pages[:1])
        yield Row(_("Bästa sidan"), (Line(_("har mest av frågan och lyfter hela dokumentet"), pages=best),))


def _lifts(document: Document, words: Vocabulary) -> Iterator[Row]:
    """What goes before among equals."""
    given = bonus(document.year or 0, document.document_type)
    if given.finished:
        kind = upper_first(words.label("document_type", document.document_type))
        yield Row(kind, (Line(_("går lite före planer och delrapporter som är lika bra")),))
    if given.newer >= NEW_FROM:
        yield Row(_("Från %(year)s", year=document.year), (Line(_("nyare går lite före äldre som är lika bra")),))
