"""/administration/provning: questions whose hits people have judged, and the page where they judge them."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from catalog import judgements, listing
from catalog.columns import LARGEST_ID
from catalog.judgements import LONGEST_QUESTION
from indexer import SearchQuery
from webapp import search_url
from webapp.bank import bank
from webapp.bank_words import bank_vocabulary
from webapp.document_links import Links
from webapp.editors_hits import editors_hits
from webapp.my_name import my_name
from webapp.search_hits import document_meta, title_of
from webapp.signed_in import editors_only
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.vocabulary import vocabulary

GRADES = {"bra": judgements.GOOD, "sadar": judgements.SO_SO, "dalig": judgements.BAD}
WORDS = {grade: word for word, grade in GRADES.items()}
MOST_FIELDS = 500

bp = Blueprint("trial", __name__)


@dataclass(frozen=True, slots=True)
class JudgedHit:
    """word: the grade as the form says it, empty where the hit is not judged."""

    document_id: int
    title: str
    link: str
    meta: tuple[str, ...]
    project: str
    word: str


@bp.get("/administration/provning")
@editors_only
def questions() -> str:
    with bank().database.reading() as session:
        found = judgements.questions(session)
    return render_template("administration/trial.html", questions=found, longest=LONGEST_QUESTION)


@bp.get("/administration/provning/fraga")
@editors_only
def question() -> ResponseReturnValue:
    asked = _question(request.args.get("q", ""))
    if not asked:
        return redirect(url_for("trial.questions"), HTTPStatus.SEE_OTHER)
    hits, others = _hits(asked)
    return render_template("administration/trial_question.html", question=asked, hits=hits, others=others)


@bp.post("/administration/provning/fraga")
@editors_only
def keep() -> ResponseReturnValue:
    asked = _question(request.form.get("q", ""))
    grades = {
        int(number): GRADES.get(word)
        for number, word in list(request.form.items())[:MOST_FIELDS]
        if number.isascii() and number.isdecimal() and len(number) <= len(str(LARGEST_ID))
    }
    if asked:
        with bank().database.transaction() as session:
            changed = judgements.judge(session, asked, grades, by=my_name())
        flash(ngettext("%(num)s bedömning är sparad.", "%(num)s bedömningar är sparade.", changed), "ok")
    return redirect(url_for("trial.questions"), HTTPStatus.SEE_OTHER)


@bp.get("/administration/provning/ta-bort")
@editors_only
def leaving() -> str:
    return render_template("administration/trial_forget.html", question=_question(request.args.get("q", "")))


@bp.post("/administration/provning/ta-bort")
@editors_only
def forget() -> ResponseReturnValue:
    with bank().database.transaction() as session:
        gone = judgements.forget(session, _question(request.form.get("q", "")))
    flash(ngettext("%(num)s bedömning är borttagen.", "%(num)s bedömningar är borttagna.", gone), "ok")
    return redirect(url_for("trial.questions"), HTTPStatus.SEE_OTHER)


def _hits(asked: str) -> tuple[list[JudgedHit], list[JudgedHit]]:
    """The first hits now, and what was judged but is no longer among them."""
    first = editors_hits(bank().engine, bank_vocabulary(bank().database), bank().database, asked)
    with bank().database.reading() as session:
        grades = judgements.grades_of(session, asked)
        others = [one for one in grades if one not in first]
        found = listing.listed_documents(session, [*first, *others])
        projects = listing.listed_projects(session, {one.project_id for one in found.values() if one.project_id})
    words, links = vocabulary(bank().database), Links(SearchQuery(text=asked))
    shown = {
        number: JudgedHit(
            number,
            title_of(one),
            links.document(number),
            document_meta(one, words),
            projects[one.project_id].title if one.project_id in projects else "",
            WORDS.get(grades.get(number, -1), ""),
        )
        for number, one in found.items()
    }
    return [shown[one] for one in first if one in shown], [shown[one] for one in others if one in shown]


def _question(written: str) -> str:
    """As the search box reads it, in the length that is kept. Raises BadQuery."""
    text = search_url.read(MultiDict({"q": written}), ()).text
    if len(text) > LONGEST_QUESTION:
        raise search_url.BadQuery(_("Frågan är för lång. Skriv högst %(most)s tecken.", most=LONGEST_QUESTION))
    return text
