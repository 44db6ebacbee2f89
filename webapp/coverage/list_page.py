"""One list of the coverage page, a page of it at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog import coverage, scans
from catalog.coverage import ListedDocument, ListedFile, ListedProject
from webapp.bank import Bank
from webapp.coverage.lists import DOCUMENTS, FILES, PROJECTS, Listing, condition
from webapp.document_facts import CUT
from webapp.document_links import pages_counted
from webapp.file_words import file_kind, file_size
from webapp.moments import day_and_time
from webapp.queue_page import NAMED_REASONS, UNNAMED_REASON, dropped_told
from webapp.texts import gettext as _
from workers.rereading import readers_today

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """`edit` leads to the form, `project` is (address, title); empty and None where there is none. why: a sentence."""

    title: str
    address: str
    meta: tuple[str, ...]
    project: tuple[str, str] | None = None
    why: str = ""
    edit: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    listing: Listing
    total: int
    documents: int
    number: int
    rows: Sequence[Row]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // A_PAGE))

    @property
    def first(self) -> int:
        return (self.number - 1) * A_PAGE + 1


def build(bank: Bank, listing: Listing, number: int) -> ListPage | None:
    """None beyond the last page. `documents` of the total can be read again."""
    offset = (number - 1) * A_PAGE
    documents, total = _totals(bank, listing)
    if offset and offset >= total:
        return None
    return ListPage(listing, total, documents, number, _rows(bank, listing, documents, offset))


def _totals(bank: Bank, listing: Listing) -> tuple[int, int]:
    with bank.database.reading() as session:
        if listing.of == PROJECTS:
            return 0, coverage.count_projects(session, [listing.name])[listing.name]
        documents = coverage.count_where(session, condition(listing, readers_today(bank.settings, bank.database)))
        total = coverage.unread_files(session).get(listing.name, 0) if listing.of == FILES else documents
        return documents, total


def _rows(bank: Bank, listing: Listing, documents: int, offset: int) -> list[Row]:
    """Of files, those that became documents stand before those that were refused."""
    with bank.database.reading() as session:
        if listing.of == PROJECTS:
            found = coverage.list_projects(session, listing.name, limit=A_PAGE, offset=offset)
            return list(map(_project, found))
        wanted = condition(listing, readers_today(bank.settings, bank.database))
        listed = coverage.list_documents(session, wanted, limit=A_PAGE, offset=offset)
        form = "publicera" if listing.name == "identity" else "granska"
        again = scans.why_failed_again(session, [one.id for one in listed])
        rows = [_document(one, form, "" if listing.of == FILES else _why(one, again.get(one.id))) for one in listed]
        if listing.of == DOCUMENTS or len(rows) == A_PAGE:
            return rows
        left, past = A_PAGE - len(rows), max(0, offset - documents)
        refused = coverage.list_refused(session, listing.name, limit=left, offset=past)
        return [*rows, *map(_refused, refused)]


def _document(one: ListedDocument, form: str, why: str) -> Row:
    pages = pages_counted(one.page_kind, one.page_count) if one.page_count else ""
    named = one.file_name if one.title else ""
    return Row(
        title=one.title or one.file_name,
        address=f"/dokument/{one.id}",
        meta=tuple(filter(None, (file_kind(one.media_type, one.file_name), pages, named))),
        project=(f"/projekt/{one.project_slug}", one.project_title or "") if one.project_slug else None,
        why=why,
        edit=f"/dokument/{one.id}/{form}",
    )


def _why(one: ListedDocument, scan: tuple[int, str] | None) -> str:
    """What went wrong with it, where anything did. scan: (number, reason) of a page that was only read again."""
    if one.reason in NAMED_REASONS:
        *_signs, state, what = NAMED_REASONS[one.reason]
        return f"{state} {what}" if one.state == "failed" else str(state)
    if one.state == "failed":
        *_signs, state, what = UNNAMED_REASON
        return f"{state} {what}"
    if one.cut:
        return _("Utelämnat: %(what)s.", what=_(" och ").join(CUT[code]() if code in CUT else code for code in one.cut))
    if scan:
        *_signs, state, _what = NAMED_REASONS.get(scan[1], UNNAMED_REASON)
        return _("Sida %(number)s: %(reason)s", number=scan[0], reason=str(state))
    return ""


def _project(one: ListedProject) -> Row:
    return Row(one.title, f"/projekt/{one.slug}", (), edit=f"/projekt/{one.slug}/redigera")


def _refused(one: ListedFile) -> Row:
    told = dropped_told(one.dropped_by, day_and_time(one.dropped_at))
    meta = (file_kind("", one.file_name), file_size(one.size), told, _("togs inte in"))
    return Row(one.file_name, "", tuple(filter(None, meta)))
