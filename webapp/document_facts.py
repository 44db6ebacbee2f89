"""The facts of a document in the order that every page keeps, and what was read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from catalog.models import Document, Project
from webapp.document_links import page_name, pages_counted
from webapp.document_map import Bar
from webapp.facets import BY_NAME
from webapp.figures import full_date, month, number, upper_first, years
from webapp.language_names import languages_told
from webapp.scan_words import hard_told
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.vocabulary import Vocabulary

# Limits that can bite while a file is read (indexer's codes), in words.
CUT = {
    "pages": lambda: _("sidor efter de första 5 000"),
    "text": lambda: _("text efter de första 10 MB"),
    "members": lambda: _("delar av den packade filen"),
    "sheets": lambda: _("blad efter de första 500"),
    "scanned": lambda: _("inskannade sidor utan text"),
    "damaged": lambda: _("sidor som inte gick att läsa"),
    "time": lambda: _("det som inte hanns med på utsatt tid"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a fact; `address` is empty where it leads nowhere."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    values: tuple[Link, ...]
    finding: str = ""


def head(document: Document, words: Vocabulary) -> tuple[str, ...]:
    """The quiet line under the title: type, organisation, date, pages, class."""
    kind = upper_first(words.label("document_type", document.document_type)) if document.document_type else ""
    owners = ", ".join(one.text for one in terms(document.project, "organisation", words))
    dated = month(document.document_date) if document.document_date else str(document.year or "")
    pages = pages_counted(document.page_kind, document.page_count) if document.page_count else ""
    seen = words.label("classification", document.classification)
    return tuple(filter(None, (kind, owners, dated, pages, seen, "" if document.published_at else _("utkast"))))


def page_told(kind: str, page: int) -> str:
    """As sida 14, in a sentence."""
    return _("sida %(number)s", number=page) if kind == "page" else page_name(kind, page)


def hits_told(kind: str, hits: int, pages: int) -> str:
    """17 träffar på 7 sidor."""
    found = ngettext("%(n)s träff", "%(n)s träffar", hits, n=number(hits))
    return _("%(hits)s på %(pages)s", hits=found, pages=pages_counted(kind, pages))


def bar_told(kind: str, bar: Bar) -> str:
    """What a bar of the page map stands for: s. 14: 7 träffar; s. 85-168: 12 träffar på 9 sidor."""
    if bar.first == bar.last:
        found = ngettext("%(n)s träff", "%(n)s träffar", bar.hits, n=number(bar.hits))
        return _("%(where)s: %(found)s", where=page_name(kind, bar.page), found=found)
    where = _("%(first)s–%(last)s", first=page_name(kind, bar.first), last=bar.last)
    return _("%(where)s: %(found)s", where=where, found=hits_told(kind, bar.hits, bar.pages))


def facts(document: Document, words: Vocabulary, hard_pages: int = 0) -> list[Fact]:
    """hard_pages: how many of its scanned pages are hard to read."""
    return [fact for fact in _facts(document, words, hard_pages) if fact.values]


def project_facts(project: Project, words: Vocabulary) -> list[Fact]:
    return [fact for fact in _project_facts(project, words) if fact.values]


def read_line(document: Document) -> str:
    """36 sidor, 11 204 ord; inget är utelämnat."""
    if document.state != "read":
        return _("inte läst än")
    pages = pages_counted(document.page_kind, document.page_count)
    extent = ngettext(
        "%(pages)s, %(count)s ord", "%(pages)s, %(count)s ord", document.word_count, pages=pages,
        count=number(document.word_count),
    )  # fmt: skip
    if waiting := document.scan_pages_waiting:
        unread = ngettext("%(num)s inskannad sida väntar", "%(num)s inskannade sidor väntar", waiting)
        return f"{extent}; {unread}"
    if not document.cut:
        return _("%(extent)s; inget är utelämnat", extent=extent)
    left_out = _(" och ").join(CUT[code]() if code in CUT else code for code in document.cut)
    return _("%(extent)s; utelämnat: %(what)s", extent=extent, what=left_out)


def terms(project: Project | None, kind: str, words: Vocabulary) -> tuple[Link, ...]:
    """The project's values of one facet, each a search."""
    parameter = BY_NAME[kind].parameter
    chosen = [term for term in project.terms if term.kind == kind] if project else []
    return tuple(Link(words.label(kind, one.key), f"/sok?{parameter}={quote_plus(one.key)}") for one in chosen)


def _facts(document: Document, words: Vocabulary, hard_pages: int) -> Iterator[Fact]:
    project = document.project
    if project:
        yield Fact(_("Projekt"), (Link(project.title, f"/projekt/{project.slug}"),))
    yield Fact(_("Förvaltning"), terms(project, "organisation", words))
    dated = full_date(document.document_date) if document.document_date else str(document.year or "")
    kind = upper_first(words.label("document_type", document.document_type)) if document.document_type else ""
    yield Fact(_("Dokumenttyp"), _one(", ".join(part for part in (kind, dated) if part)))
    for name in ("subject_area", "method", "target_group"):
        yield Fact(str(BY_NAME[name].label), terms(project, name, words))
    if project:
        yield from _judged(project, words)
    yield Fact(_("Informationsklass"), _one(words.label("classification", document.classification)))
    yield Fact(
        _("Språk"), _one(languages_told(document.languages if len(document.languages) > 1 else [document.language]))
    )
    yield Fact(_("Läst"), _one("; ".join(filter(None, (read_line(document), hard_told(hard_pages))))))
    yield Fact(_("Inlagd"), _one(full_date(document.created_at)))


def _judged(project: Project, words: Vocabulary) -> Iterator[Fact]:
    if project.finding:
        yield Fact(_("Utfall"), _one(words.label("finding", project.finding)), finding=project.finding)
    if project.equality_analysis is not None:
        yield Fact(_("Jämställdhetsanalys"), _one(_("gjord") if project.equality_analysis else _("inte gjord")))


def _project_facts(project: Project, words: Vocabulary) -> Iterator[Fact]:
    yield Fact(_("Förvaltning"), terms(project, "organisation", words))
    yield Fact(_("Tid"), _one(years(project.start_year, project.end_year)))
    yield Fact(_("Status"), _one(words.label("status", project.status) if project.status else ""))
    yield Fact(_("Medel"), tuple(map(Link, funds_told(project))))
    yield Fact(_("Finansiär"), _one(project.funder))
    yield Fact(_("Inriktning"), _one(project.funding_focus))
    for name in ("subject_area", "method", "target_group", "keyword"):
        yield Fact(str(BY_NAME[name].label), terms(project, name, words))
    if project.equality_analysis is not None:
        yield Fact(_("Jämställdhetsanalys"), _one(_("gjord") if project.equality_analysis else _("inte gjord")))
    yield Fact(_("Samarbetsparter"), tuple(Link(one) for one in project.partners))
    yield Fact(_("Forskare"), tuple(Link(one) for one in project.researchers))
    yield Fact(_("Frågor"), _mailbox(project.contact))
    yield Fact(_("Diarienummer"), _one(project.registration_number))


def funds_told(project: Project) -> list[str]:
    """A text for each year: 2020: 440 000 kr, återbetalat 35 000 kr."""
    return [_money(one.year, one.granted, one.repaid) for one in project.funding]


def _money(year: int, granted: int, repaid: int) -> str:
    told = _("%(year)s: %(granted)s kr", year=year, granted=number(granted))
    return _("%(told)s, återbetalat %(repaid)s kr", told=told, repaid=number(repaid)) if repaid else told


def _mailbox(contact: str) -> tuple[Link, ...]:
    """What is no address stands as it is: the form takes none, but an import may bring one."""
    is_address = contact.count("@") == 1 and not any(letter.isspace() for letter in contact)
    return (Link(contact, f"mailto:{quote(contact, safe='@')}"),) if is_address else _one(contact)


def _one(text: str) -> tuple[Link, ...]:
    return (Link(text),) if text else ()
