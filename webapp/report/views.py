"""/utforska/arsrapport: what it is to hold, the draft, and the same as a Word document and an HTML file."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from catalog import reporting
from webapp import charts, outside
from webapp.bank import bank
from webapp.report import choices, form, kept_templates, sentences, word
from webapp.report.build import build
from webapp.report.charts import charts as charts_of
from webapp.report.charts import standing_alone
from webapp.report.choices import PARTS, Choices
from webapp.report.content import Report
from webapp.search import today
from webapp.search_url import BadQuery
from webapp.signed_in import my_audience
from webapp.texts import gettext as _
from webapp.told_terms import told_words
from webapp.vocabulary import Vocabulary, vocabulary

bp = Blueprint("report", __name__)
bp.add_app_template_filter(sentences.money_told, "money_told")
bp.add_app_template_filter(sentences.equality_of, "equality_of")


@bp.get(choices.PATH)
def page() -> ResponseReturnValue:
    """The form, and the draft where the address says what it is about."""
    chosen = _read()
    with bank().database.reading() as session:
        years = reporting.years_with_funds(session, my_audience())
    report = _report(chosen) if chosen else None
    return render_template(
        "report/page.html",
        chosen=chosen,
        report=report,
        lists=_lists(chosen, years),
        years=years,
        parts=PARTS,
        link_of_year=lambda year: Choices(year).link(),
        drawn=charts_of(report) if report else {},
        draw=charts.svg,
        root="",
    )


@bp.get(f"{choices.PATH}.html")
def html_file() -> ResponseReturnValue:
    """One file that needs no other: its own stylesheet and pictures in it, its links with the bank's address."""
    report = _report(_chosen())
    text = render_template(
        "report/file.html", report=report, drawn=charts_of(report), draw=standing_alone, root=outside.root()
    )
    return _download(text, "text/html; charset=utf-8", report, "html")


@bp.get(f"{choices.PATH}.docx")
def word_file() -> ResponseReturnValue:
    """Raises BadTemplate."""
    report = _report(_chosen())
    template = kept_templates.path_of(bank().settings, report.choices.template)
    return _download(word.document(report, template, outside.root()), word.MEDIA_TYPE, report, "docx")


@bp.get(f"{choices.PATH}/mall.docx")
def standard_template() -> ResponseReturnValue:
    return _file(word.standard(), word.MEDIA_TYPE, "mall.docx")


def _lists(chosen: Choices | None, funded: list[int]) -> tuple[form.List, ...]:
    """None where there is no year that a report could be about."""
    years = sorted({*funded, *([chosen.year] if chosen else [])}, reverse=True)
    templates = kept_templates.names(bank().settings)
    return form.lists(chosen, years, templates, _words()) if years else ()


def _read() -> Choices | None:
    """What the address says, with an organisation that was merged as what it became. Raises BadQuery."""
    if (chosen := choices.read(request.args)) is None:
        return None
    return replace(chosen, organisation=_words().now("organisation", chosen.organisation))


def _words() -> Vocabulary:
    """Without the organisations that this person may not know of."""
    every = vocabulary(bank().database)
    organisations = (("organisation", key) for key in every.keys("organisation"))
    return told_words(organisations, bank().database, my_audience())


def _chosen() -> Choices:
    if (chosen := _read()) is None:
        raise BadQuery(_("Adressen säger inte vilket år rapporten ska gälla. Välj ett år i formuläret."))
    return chosen


def _report(chosen: Choices) -> Report:
    """Raises BadQuery for an organisation, type or template that there is none of."""
    kept_templates.path_of(bank().settings, chosen.template)
    words = _words()
    for kind, key in (("organisation", chosen.organisation), ("project_type", chosen.project_type)):
        if key and key not in words.named(kind):
            raise BadQuery(_("Valet %(value)s finns inte. Välj i listorna.", value=key))
    return build(chosen, bank(), my_audience(), today())


def _download(data: str | bytes, media_type: str, report: Report, ending: str) -> Response:
    return _file(data, media_type, f"arsrapport-{report.choices.year}.{ending}")


def _file(data: str | bytes, media_type: str, name: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
