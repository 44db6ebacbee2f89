"""/: what the bank holds, what is new, ways in."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from catalog import documents
from catalog.models import Document
from indexer import SearchError, SearchQuery, SearchResult, collation_key
from webapp import search_hits, search_page
from webapp.bank import bank
from webapp.bank_figures import bank_figures
from webapp.document_links import pages_counted
from webapp.explore import on_start
from webapp.figures import full_date, upper_first
from webapp.search import today
from webapp.search_facets import Bar, bars_of_years
from webapp.signed_in import my_audience
from webapp.vocabulary import Vocabulary, vocabulary

log = logging.getLogger(__name__)

NEWS = 5
YEARS_SHOWN = 10
EXAMPLES = ("boendestöd arbetsterapeut", "vräkning barnfamiljer", '"motiverande samtal"', "familjehemsplacering")

bp = Blueprint("start", __name__)


@dataclass(frozen=True, slots=True)
class News:
    title: str
    link: str
    summary: str
    language: str
    meta: tuple[str, ...]
    finding: str
    finding_label: str


@dataclass(frozen=True, slots=True)
class Way:
    """A link with the number of documents behind it."""

    label: str
    count: int
    link: str


@bp.get("/")
def start() -> ResponseReturnValue:
    everything = SearchQuery(projects_a_page=1).visible_to(my_audience(), today())
    words = vocabulary(bank().database)
    with bank().database.reading() as session:
        new = tuple(_news(document, words) for document in documents.newest(session, my_audience(), NEWS))
    result = _counted(everything)
    return render_template(
        "start.html",
        examples=[Way(text, 0, search_page.link(SearchQuery(text=text))) for text in EXAMPLES],
        new=new,
        search_away=result is None,
        areas=_areas(result, words) if result else [],
        years=[(bar, search_page.link(_of_year(bar))) for bar in _years(result)] if result else [],
        figures=bank_figures(bank().database, my_audience()),
        chosen=on_start.views(bank(), my_audience(), today()) if result else (),
    )


def _counted(everything: SearchQuery) -> SearchResult | None:
    """None while search is away: what is new is read from the record and goes on."""
    try:
        return bank().engine.search(everything)
    except SearchError as error:
        log.warning("The start page shows no counts: %s", error)
        return None


def _of_year(bar: Bar) -> SearchQuery:
    return SearchQuery(from_year=bar.year, to_year=bar.year)


def _areas(result: SearchResult, words: Vocabulary) -> list[Way]:
    counts = result.facets.get("subject_area", {})
    ways = [
        Way(
            upper_first(words.label("subject_area", key)),
            count,
            search_page.link(SearchQuery().toggled("subject_area", key)),
        )
        for key, count in counts.items()
        if count
    ]
    return sorted(ways, key=lambda way: collation_key(way.label))


def _years(result: SearchResult) -> tuple[Bar, ...]:
    """The latest years, each with its bar."""
    counted = {year: count for year, count in result.years.items() if year and count}
    last = max(counted, default=0)
    shown = range(max(min(counted, default=1), last - YEARS_SHOWN + 1), last + 1)
    return bars_of_years({year: count for year, count in counted.items() if year in shown}, shown, SearchQuery())


def _news(document: Document, words: Vocabulary) -> News:
    project = document.project
    finding = project.finding if project else ""
    kind = upper_first(words.label("document_type", document.document_type)) if document.document_type else ""
    counted = pages_counted(document.page_kind, document.page_count)
    published = full_date(document.published_at) if document.published_at else ""
    owners = search_hits.owners_of(project, words) if project else ""
    return News(
        title=search_hits.title_of(document),
        link=f"/dokument/{document.id}",
        summary=search_hits.shortened(document.summary or (project.aim if project else "")),
        language=document.language,
        meta=tuple(filter(None, (published, ", ".join(filter(None, (kind, counted))), owners))),
        finding=finding,
        finding_label=words.label("finding", finding) if finding else "",
    )
