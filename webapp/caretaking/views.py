"""The page: all of it is asked for by the functions of the places themselves, so that no figure differs from theirs."""

from __future__ import annotations

from flask import Blueprint, render_template

from catalog import editors_words, judgements, reporting, saved_views
from webapp.administration import index_stands
from webapp.bank import bank
from webapp.caretaking import places
from webapp.caretaking.needs import needs
from webapp.coverage import page
from webapp.signed_in import editors_only, my_audience
from webapp.watched_folders import folders

bp = Blueprint("caretaking", __name__)


@bp.get("/administration")
@editors_only
def start() -> str:
    index, coverage, watched = index_stands(), page.build(bank()), folders()
    return render_template(
        "administration/start.html",
        needs=needs(index, coverage, watched),
        content=places.content(index, coverage, _figures()),
        operations=places.operations(index, watched),
    )


def _figures() -> places.Figures:
    with bank().database.reading() as session:
        return places.Figures(
            synonyms=sum(word.kind == editors_words.SYNONYM for word in editors_words.everyone(session)),
            questions=len(judgements.questions(session)),
            views_on_start=len(saved_views.on_start(session)),
            report_year=max(reporting.years_with_funds(session, my_audience()), default=None),
        )
