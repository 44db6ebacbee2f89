"""/dokument/ID/varfor: what of a question stands where in a document, and how much each word lifted it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from catalog import documents
from catalog.columns import LARGEST_ID
from catalog.models import Document
from indexer import Explanation, SearchError, SearchQuery, question_of
from webapp import document_address
from webapp.bank import Bank, bank
from webapp.document_address import DocumentAddress
from webapp.hit_places import places_of
from webapp.kept_terms import in_todays_terms
from webapp.search import today
from webapp.search_hits import title_of
from webapp.signed_in import my_audience
from webapp.vocabulary import vocabulary
from webapp.why_rows import Known, Row, rows

MOST_PAGES: Final = 200  # whose text is looked at, the best of a long document
PATH: Final = f"/dokument/<int(max={LARGEST_ID}):document_id>/varfor"

bp = Blueprint("why", __name__)


@bp.get(PATH)
def why(document_id: int) -> ResponseReturnValue:
    found, address = _visible(document_id), document_address.read(document_id, request.args)
    if not address.query.text:
        return redirect(f"/dokument/{document_id}", 303)
    told = _rows(bank(), found, address)
    return render_template("documents/why.html", title=title_of(found), address=address, rows=told)


@bp.get(f"{PATH}/skal")
def reasons(document_id: int) -> str:
    """The list alone, for the script that opens it under a hit."""
    found, address = _visible(document_id), document_address.read(document_id, request.args)
    return render_template("documents/why_list.html", rows=_rows(bank(), found, address))


def _visible(document_id: int) -> Document:
    """Raises NotThere, which answers 404."""
    with bank().database.reading() as session:
        return documents.visible(session, document_id, my_audience())


def _rows(of: Bank, document: Document, address: DocumentAddress) -> tuple[Row, ...]:
    query = in_todays_terms(address.query.visible_to(my_audience(), today()), of.database)
    asked = question_of(query)
    told, pages = _engine_told(of, query, document.id)
    with of.database.reading() as session:
        places = places_of(asked, document, documents.analysed(session, document.id, sorted(pages)))
    return rows(Known(document, address, asked, told, places, pages), vocabulary(of.database))


def _engine_told(of: Bank, query: SearchQuery, document_id: int) -> tuple[Explanation, Sequence[int]]:
    """The explanation, and the pages with words of the question, best first; nothing while search is away."""
    try:
        hits = of.engine.page_hits(query, [document_id], MOST_PAGES).get(document_id, [])
        return of.engine.explain(query, document_id), [hit.number for hit in hits]
    except SearchError:
        return Explanation(), ()
