"""What a Word template can name: every value of the report under a Swedish name, as docs/report.md lists them.

Everything is text, a list, a link {"text", "url"} or a picture {"png", "told"}; empty where there is nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from webapp import charts
from webapp.figures import number, upper_first
from webapp.languages import language
from webapp.report.charts import AREAS, FINDINGS, MONEY
from webapp.report.choices import EQUALITY, SUMMARIES, TABLE
from webapp.report.content import Group, Number, Place, Report, ReportedProject, Row
from webapp.report.sentences import facts_told
from webapp.texts import gettext as _
from webapp.texts import ngettext

PICTURE_WIDTH = 1600  # pixels over 16 cm: 254 an inch
GROUPS_FROM = 100  # numbers of the bookmarks of organisations, above those of the chapters


def names(report: Report, drawn: Mapping[str, charts.Chart], root: str) -> dict[str, Any]:
    """`root`: what the addresses in the document begin with."""
    return _Names(root).of(report, drawn)


def words() -> dict[str, str]:
    """The fixed texts of the standard template, in the language of the request."""
    return {
        "language": "en-GB" if language() == "en" else "sv-SE",
        "page": _("Sida"),
        "of": _("av"),
        "report": _("Årsrapport"),
        "draft": _("Utkast"),
        "basis": _("Underlag:"),
        "contents": _("Innehåll"),
        **_chapters(),
        "numbers_caption": _("Året i siffror. Varje siffra leder till sökningen bakom den."),
        "findings_caption": _("Vad utvärderingarna har visat, enligt redaktionen."),
        "areas_caption": _("Sakområden. Ett projekt kan ha flera."),
        "money_caption": _("Medel efter förvaltning, kronor."),
        "equality_caption": _("Jämställdhetsanalys i projekten."),
        "all_caption": _("Alla projekt, belopp i kronor. Namnet leder till projektet."),
        "figure": _("Uppgift"),
        "count": _("Antal"),
        "finding": _("Utfall"),
        "area": _("Sakområde"),
        "organisation": _("Förvaltning"),
        "project": _("Projekt"),
        "projects": upper_first(_("projekt")),
        "granted": _("Beviljat"),
        "repaid": _("Återbetalat"),
        "documents": _("Dokument"),
        "analysis": _("Analys"),
        "about_finding": _("Om utfallet."),
        "a_table": _("Tabell"),
        "a_figure": _("Figur"),
        "same_figures": _("Siffrorna står i tabellen ovanför."),
    }


def _chapters() -> dict[str, str]:
    return {
        "year": _("Året i korthet"),
        "money": _("Medel"),
        "the_projects": _("Projekten"),
        "equality": _("Jämställdhet"),
        "all_projects": _("Alla projekt"),
        "about": _("Om rapporten"),
    }


class _Names:
    """Writes each part of a report for the template; links with the bank's whole address."""

    def __init__(self, root: str) -> None:
        self.root = root

    def of(self, report: Report, drawn: Mapping[str, charts.Chart]) -> dict[str, Any]:
        return {
            "rubrik": report.title,
            "omfattning": report.scope,
            "agare": report.owner,
            "ar": str(report.choices.year),
            "datum": report.made,
            "underlag": self.link(_basis(report.total.projects), report.link),
            "varning": report.warning,
            "innehall": _contents(report),
            "meningar": list(report.sentences),
            "tal": [self.figure(one) for one in report.numbers],
            "utfall": self.rows(report.findings),
            "sakomraden": self.rows(report.areas),
            "medel": self.rows(report.organisations),
            "summa": self.row(report.total),
            "medel_anmarkning": report.money_note,
            "diagram": {place: _picture(drawn.get(place)) for place in (FINDINGS, AREAS, MONEY)},
            "forvaltningar": [self.group(one, place, report) for place, one in enumerate(report.groups)],
            "jamstalldhet": self.equality(report) if report.has(EQUALITY) else "",
            "alla_projekt": [self.listed(one) for one in report.projects] if report.has(TABLE) else [],
            "om": list(report.about),
        }

    def figure(self, one: Number) -> dict[str, Any]:
        written = number(one.value)
        return {"namn": upper_first(one.label), "antal": written, "lank": self.link(written, one.link)}

    def link(self, text: str, address: str) -> dict[str, str]:
        return {"text": text, "url": f"{self.root}{address}" if address else ""}

    def rows(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        return [self.row(row) for row in rows]

    def row(self, row: Row) -> dict[str, Any]:
        granted, repaid = number(row.money.granted), number(row.money.repaid)
        return {
            "namn": upper_first(row.label),
            "antal": number(row.projects),
            "beviljat": granted,
            "aterbetalat": repaid,
            "lank": self.link(number(row.projects), row.link),
            "beviljat_lank": self.link(granted, row.link),
            "aterbetalat_lank": self.link(repaid, row.link),
        }

    def group(self, group: Group, place: int, report: Report) -> dict[str, Any]:
        return {
            "namn": group.label,
            "lank": self.link(group.label, group.link),
            "ankare": _anchor(place),
            "nummer": str(GROUPS_FROM + place),
            "projekt": [self.placed(one, summaries=report.has(SUMMARIES)) for one in group.places],
        }

    def placed(self, place: Place, *, summaries: bool) -> dict[str, Any]:
        one = place.project
        told = summaries and not place.described_under and not one.closed
        parts = [{"rubrik": label, "stycken": list(paragraphs)} for label, paragraphs in one.summary] if told else []
        return {
            **self.listed(one),
            "fakta": facts_told(one),
            "ar": one.years,
            "utfall_kommentar": one.finding_note if told else "",
            "klass": one.seen,
            "hanvisning": _referred(place, missing=told and not parts),
            "delar": parts,
        }

    def listed(self, one: ReportedProject) -> dict[str, Any]:
        return {
            "namn": one.title,
            "lank": self.link(one.title, one.link),
            "forvaltningar": one.owners,
            "projekttyp": one.project_type,
            "status": one.status,
            "utfall": one.finding_label or _("uppgift saknas"),
            "beviljat": number(one.money.granted),
            "aterbetalat": number(one.money.repaid),
            "dokument": number(one.documents),
        }

    def equality(self, report: Report) -> dict[str, Any]:
        return {"meningar": list(report.equality_sentences), "rader": self.rows(report.equality)}


def _basis(count: int) -> str:
    return ngettext("%(n)s projekt i kunskapsbanken", "%(n)s projekt i kunskapsbanken", count, n=number(count))


def _referred(place: Place, *, missing: bool) -> str:
    """What stands where a description would, and why it does not."""
    if place.project.closed:
        return _("Projektets sida är inte publicerad. Banken visar bara dokument ur det.")
    if place.described_under:
        return _("Beskrivs under %(organisation)s.", organisation=place.described_under)
    return _("Ingen har skrivit sammanfattningen än.") if missing else ""


def _contents(report: Report) -> list[dict[str, str]]:
    chapters = _chapters()
    before = [("aret", chapters["year"]), ("medel", chapters["money"]), ("projekten", chapters["the_projects"])]
    after = [("jamstalldhet", chapters["equality"])] if report.has(EQUALITY) else []
    after += [("alla", chapters["all_projects"])] if report.has(TABLE) else []
    after += [("om", chapters["about"])]
    groups = [{"niva": "2", "rubrik": one.label, "ankare": _anchor(at)} for at, one in enumerate(report.groups)]
    return [*map(_chapter, before), *groups, *map(_chapter, after)]


def _chapter(named: tuple[str, str]) -> dict[str, str]:
    return {"niva": "1", "rubrik": named[1], "ankare": named[0]}


def _anchor(place: int) -> str:
    return f"forvaltning_{place + 1}"


def _picture(chart: charts.Chart | None) -> Any:
    if chart is None:
        return ""
    drawn = base64.b64encode(charts.png(chart, PICTURE_WIDTH)).decode("ascii")
    return {"titel": chart.title, "bild": {"png": drawn, "told": charts.described(chart)}}
