"""The places where the bank is looked after, each with its state in a few words; a new one is a line here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from webapp.coverage.page import CoveragePage
from webapp.figures import number
from webapp.index_page import IndexPage
from webapp.report.choices import PATH as REPORT
from webapp.scans_page import ScansPage
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.watched_folders import WARN, Folder


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    address: str
    what: str
    state: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the record alone tells. report_year: the latest one with funds, None where there is none."""

    synonyms: int
    questions: int
    views_on_start: int
    report_year: int | None


def content(index: IndexPage, coverage: CoveragePage, figures: Figures) -> list[Place]:
    synonyms, asked, views = figures.synonyms, figures.questions, figures.views_on_start
    return [
        Place(
            _("Ladda upp"),
            url_for("upload.upload"),
            _("Släpp filer och följ dem till sökningen."),
            _waiting_files(index.reading),
        ),
        Place(
            _("Ord"),
            url_for("word_lists.words"),
            _("Synonymer, bankens egna ord och skyddade ord."),
            ngettext("en synonym", "%(n)s synonymer", synonyms, n=number(synonyms)),
        ),
        Place(
            _("Provfrågor"),
            url_for("trial.questions"),
            _("Bedömda träffar som visar om sökningen blir bättre eller sämre."),
            ngettext("en fråga", "%(n)s frågor", asked, n=number(asked)),
        ),
        Place(
            _("Täckning"),
            url_for("coverage.shown"),
            _("Vad som är läst, bortklippt eller väntar på OCR."),
            _("%(share)s av sidorna", share=coverage.reached) if coverage.reached else _("inga sidor än"),
        ),
        Place(
            _("Årsrapport"),
            REPORT,
            _("Utkast av det som banken vet, att läsa här och skriva vidare på i Word."),
            _("medel till och med %(year)s", year=figures.report_year) if figures.report_year else _("inga medel än"),
        ),
        Place(
            _("Sparade vyer"),
            url_for("explore.explore", _anchor="sparade"),
            _("Tabeller och diagram som du har sparat, och de som alla ser på startsidan."),
            ngettext("en på startsidan", "%(n)s på startsidan", views, n=number(views)),
        ),
    ]


def operations(index: IndexPage, folders: Sequence[Folder]) -> list[Place]:
    """The watched folder only where there is one."""
    here = "administration.index"
    found = [
        Place(_("Index"), url_for(here), _("Sökmotorn, det som väntar och ombyggnad utan avbrott."), _index(index)),
        Place(
            _("Inskannade sidor"),
            url_for(here, _anchor="inskannade"),
            _("Sidor som är bilder och läses med OCR."),
            _scans(index.scans),
        ),
    ]
    if folders:
        state = _("behöver ses över") if any(one.tone == WARN for one in folders) else _("utan anmärkning")
        what = _("Filer som läggs i mappen tas in av sig själva.")
        found.append(Place(_("Bevakad mapp"), url_for(here, _anchor="bevakad"), what, state))
    return found


def _index(index: IndexPage) -> str:
    if index.progress and index.progress.is_paused:
        return _("ombyggnaden är pausad")
    if index.progress:
        return _("ombyggnad %(percent)s %%", percent=index.progress.percent)
    if index.is_outdated:
        return _("äldre regler")
    if index.in_use is None or not index.in_use.checked:
        return _("inte jämfört än")
    differences = index.in_use.differences
    if not differences:
        return _("stämmer med katalogen")
    return ngettext("%(n)s post skiljer sig", "%(n)s poster skiljer sig", differences, n=number(differences))


def _scans(scans: ScansPage) -> str:
    if scans.missing:
        return _("avstängt") if scans.missing == "off" else _("programmet saknas")
    if scans.can_wake:
        return _("väntar på ett klick")
    return _waiting_pages(scans.standing.waiting)


def _waiting_files(files: int) -> str:
    return ngettext("en fil väntar", "%(n)s filer väntar", files, n=number(files)) if files else _("inget väntar")


def _waiting_pages(pages: int) -> str:
    return ngettext("en sida väntar", "%(n)s sidor väntar", pages, n=number(pages)) if pages else _("inget väntar")
