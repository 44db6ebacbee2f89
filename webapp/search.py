"""/sok: the search page."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from indexer import SearchQuery, ask
from webapp import search_forms, search_html, search_page, search_url
from webapp.bank import bank
from webapp.bank_words import bank_vocabulary
from webapp.facets import FACETS
from webapp.figures import HERE
from webapp.kept_terms import in_todays_terms
from webapp.signed_in import my_audience

bp = Blueprint("search", __name__)
search_html.offer(bp)
search_forms.offer(bp)


def today() -> int:
    """Yyyymmdd where the bank stands; what becomes visible on a date does so at midnight there."""
    return int(datetime.now(HERE).strftime("%Y%m%d"))


def asked() -> SearchQuery:
    """The question of this request, for the person who asks. Raises BadQuery."""
    query = search_url.read(request.args, FACETS).visible_to(my_audience(), today())
    return in_todays_terms(query, bank().database)


@bp.get("/sok")
def search() -> ResponseReturnValue:
    query = asked()
    if search_url.needs_tidying(request.args.items(multi=True)):
        return redirect(search_page.link(query), 303)
    return render_template("search.html", page=answered(query))


def answered(query: SearchQuery) -> search_page.SearchPage:
    """The page of a person's question, its spelling mended where nothing else would be found."""
    return search_page.build_asked(ask(bank().engine, bank_vocabulary(bank().database), query), bank())
