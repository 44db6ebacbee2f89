"""What needs somebody now: nothing that mends itself, each with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from webapp.coverage.page import CoveragePage, Line
from webapp.figures import number
from webapp.index_page import IndexPage
from webapp.scans_page import ScansPage
from webapp.texts import LazyText, ngettext
from webapp.texts import gettext as _
from webapp.texts import lazy_gettext as _l
from webapp.watched_folders import WARN, Folder

ERR = "err"
REASONS_TOLD = 3
SCANNED = "needs_ocr"  # told with the other scans, as one click reads them all


@dataclass(frozen=True, slots=True)
class Need:
    """tone: "err" or "warn". act: what the link at `address` says."""

    tone: str
    icon: str
    name: str
    why: str
    act: str
    address: str


@dataclass(frozen=True, slots=True)
class _Documents:
    """A line of the coverage page that needs somebody. named: so many of them. why: else the line's own words."""

    line: str
    icon: str
    named: Callable[[int], str]
    why: LazyText = ""


_IDENTITY = _Documents(
    "identity",
    "person",
    lambda count: ngettext(
        "Ett dokument väntar på att personnummer bedöms",
        "%(n)s dokument väntar på att personnummer bedöms",
        count,
        n=number(count),
    ),
)
_FAILED_AGAIN = _Documents(
    "reread_failed",
    "retry",
    lambda count: ngettext(
        "Ett dokument gick inte att läsa om", "%(n)s dokument gick inte att läsa om", count, n=number(count)
    ),
)
_OLDER = _Documents(
    "older_reader",
    "read",
    lambda count: ngettext("Ett dokument kan läsas bättre", "%(n)s dokument kan läsas bättre", count, n=number(count)),
    _l("Läsaren har förbättrats sedan dess. Dokumenten hittas med sin gamla text tills de är omlästa."),
)


def needs(index: IndexPage, coverage: CoveragePage, folders: Sequence[Folder]) -> list[Need]:
    """What people wait for in vain comes first, what could be better last."""
    return [
        *_files(coverage),
        *_documents(coverage, _IDENTITY),
        *_watched(folders),
        *_scans(index.scans),
        *_index(index),
        *_documents(coverage, _FAILED_AGAIN),
        *_documents(coverage, _OLDER),
    ]


def _files(coverage: CoveragePage) -> Iterator[Need]:
    reasons = [line for line in coverage.unread if line.number and line.listing.name != SCANNED]
    if not reasons:
        return
    count = sum(line.number for line in reasons)
    told = [f"{line.label}: {number(line.number)}." for line in reasons[:REASONS_TOLD]]
    if left := sum(line.number for line in reasons[REASONS_TOLD:]):
        told.append(_("Av andra skäl: %(count)s.", count=number(left)))
    address = _list(reasons[0]) if len(reasons) == 1 else url_for("coverage.shown", _anchor="olasta")
    name = ngettext("En fil gick inte att läsa", "%(n)s filer gick inte att läsa", count, n=number(count))
    yield Need(ERR, "broken", name, " ".join(told), _("Visa filerna"), address)


def _documents(coverage: CoveragePage, of: _Documents) -> Iterator[Need]:
    for line in (coverage.reread.line, *coverage.reread.others):
        if line.listing.name == of.line and line.number:
            why = str(of.why or line.help)
            yield Need(WARN, of.icon, of.named(line.number), why, _("Visa dokumenten"), _list(line))


def _watched(folders: Sequence[Folder]) -> Iterator[Need]:
    for folder in folders:
        if folder.tone == WARN:
            name = _("Den bevakade mappen %(path)s behöver ses över", path=folder.path)
            why = folder.troubles[0] if folder.troubles else folder.told
            yield Need(WARN, "warn", name, why, _("Visa mappen"), url_for("administration.index", _anchor="bevakad"))


def _scans(scans: ScansPage) -> Iterator[Need]:
    pages, whole = scans.standing.off, scans.standing.documents
    if not pages and not whole:
        return
    told = []
    if whole:
        told.append(
            ngettext("Ett dokument är bara bilder.", "%(n)s dokument är bara bilder.", whole, n=number(whole)),
        )
    if pages:
        told.append(
            ngettext("En sida i ett annat dokument.", "%(n)s sidor i andra dokument.", pages, n=number(pages)),
        )
    address = url_for("administration.index", _anchor="inskannade")
    name = _("Inskannade sidor väntar på att läsas")
    yield Need(WARN, "scan", name, " ".join([*told, _to_do(scans)]), _("Visa inskannade"), address)


def _to_do(scans: ScansPage) -> str:
    if scans.missing == "off":
        return _("Läsningen är avstängd.")
    return _("Programmet som läser dem saknas på servern.") if scans.missing else _("Ett klick läser dem.")


def _index(index: IndexPage) -> Iterator[Need]:
    if index.progress and index.progress.is_paused:
        name, why = _("Ombyggnaden av indexet är pausad"), _("Sökningen svarar ur det gamla indexet så länge.")
        address = url_for("administration.index", _anchor="ombyggnad")
        yield Need(WARN, "search", name, why, _("Visa ombyggnaden"), address)
    if index.is_outdated and not index.progress:
        name, why = _("Indexet är byggt med äldre fält eller ordregler"), _("Sökningen fungerar, utan det som är nytt.")
        yield Need(WARN, "search", name, why, _("Bygg om indexet"), url_for("administration.ask_rebuild"))


def _list(line: Line) -> str:
    return url_for("coverage.listed", address=line.address)
