"""/administration/ord: the words that editors teach the bank, those that it knows by itself, and a word to try."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from catalog import editors_words
from catalog.columns import LARGEST_ID
from catalog.editors_words import MOST, PROTECTED, SYNONYM, WORD
from catalog.errors import AlreadyThere, BadValue, TooMany
from catalog.word_models import LONGEST_WORD
from indexer import analyse
from webapp.administration import index_stands
from webapp.bank import bank
from webapp.bank_words import look_at_editors_words
from webapp.fixed_words import fixed_lists
from webapp.signed_in import editors_only, signed_in
from webapp.texts import gettext as _
from webapp.word_trial import try_word
from workers import queue
from workers.rebuilding import promise_rebuild

MOST_AT_ONCE = 20  # words in one field
LONGEST_WHY = 300

bp = Blueprint("word_lists", __name__)


class Addition(NamedTuple):
    kind: str
    word: str
    same_as: str = ""
    both_ways: bool = False
    why: str = ""


class BadWord(Exception):
    """What an editor wrote cannot be taken in; the text says what is wrong and what to do."""


@bp.get("/administration/ord")
@editors_only
def words() -> ResponseReturnValue:
    return _page()


@bp.get("/administration/ord/nu")
@editors_only
def words_now() -> ResponseReturnValue:
    """How far the rebuild has come, for the script that keeps the page fresh; 304 where nothing has changed."""
    response = make_response(render_template("administration/words_now.html", index=index_stands()))
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request)


@bp.post("/administration/ord/synonymer")
@editors_only
def add_synonym() -> ResponseReturnValue:
    return _add(_synonyms, _("Synonymen är inlagd och gäller genast."), rebuilds=False)


@bp.post("/administration/ord/egna")
@editors_only
def add_word() -> ResponseReturnValue:
    return _add(lambda: _words_of(WORD), _("Ordet är inlagt."), rebuilds=True)


@bp.post("/administration/ord/skyddade")
@editors_only
def add_protected() -> ResponseReturnValue:
    return _add(lambda: _words_of(PROTECTED), _("Ordet är skyddat."), rebuilds=True)


@bp.post(f"/administration/ord/<int(max={LARGEST_ID}):number>/ta-bort")
@editors_only
def remove(number: int) -> ResponseReturnValue:
    """Raises NotThere."""
    with bank().database.transaction() as session:
        removed = editors_words.remove(session, number)
    return _after(_("Ordet %(word)s är borttaget.", word=removed.word), rebuilds=removed.kind != SYNONYM)


def _synonyms() -> list[Addition]:
    """Raises BadWord."""
    word, both_ways = _searchable(request.form.get("ord", "")), "bada" in request.form
    several = _several(request.form.get("aven", ""))
    return [Addition(SYNONYM, word, same_as=_searchable(same_as), both_ways=both_ways) for same_as in several]


def _words_of(kind: str) -> list[Addition]:
    """Raises BadWord."""
    why = " ".join(request.form.get("varfor", "").split())[:LONGEST_WHY]
    return [Addition(kind, _one_word(word), why=why) for word in _several(request.form.get("ord", ""))]


def _add(read: Callable[[], list[Addition]], told: str, *, rebuilds: bool) -> ResponseReturnValue:
    """All of what was written, or nothing and the reason."""
    person = signed_in()
    try:
        wanted = read()
        with bank().database.transaction() as session:
            for one in wanted:
                editors_words.add(session, **one._asdict(), by=person.name if person else "")
    except BadWord as error:
        return _page(str(error)), HTTPStatus.BAD_REQUEST
    except AlreadyThere:
        return _page(_("Det står redan i listan. Ta bort det gamla först om du vill ändra.")), HTTPStatus.BAD_REQUEST
    except TooMany:
        told = _("Listan är full: högst %(most)s ord. Ta bort några som inte behövs.", most=MOST)
        return _page(told), HTTPStatus.BAD_REQUEST
    except BadValue:
        return _page(_("Ordet kan inte läggas in. Skriv två olika ord, och inga styrtecken.")), HTTPStatus.BAD_REQUEST
    return _after(told, rebuilds=rebuilds)


def _after(told: str, *, rebuilds: bool) -> ResponseReturnValue:
    """Words that change the index are used once it is rebuilt; a rebuild that was going on begins anew with them."""
    look_at_editors_words(bank().database, now=True)
    if rebuilds:
        promise_rebuild(bank(), anew=True)
        queue.nudge("index")
        told = _("%(done)s Indexet byggs om; det används när ombyggnaden är klar.", done=told)
    flash(told, "ok")
    return redirect(url_for("word_lists.words"), HTTPStatus.SEE_OTHER)


def _page(error: str = "") -> str:
    with bank().database.reading() as session:
        rows = editors_words.everyone(session)
    tried = " ".join(request.args.get("prova", "").split())[:LONGEST_WORD]
    return render_template(
        "administration/words.html",
        error=error,
        written=request.form,
        path=request.path,
        synonyms=[row for row in rows if row.kind == SYNONYM],
        own=[row for row in rows if row.kind == WORD],
        protected=[row for row in rows if row.kind == PROTECTED],
        fixed=fixed_lists(),
        index=index_stands(),
        tried=tried,
        trial=try_word(tried) if tried else None,
    )


def _several(written: str) -> list[str]:
    """What stands between commas, each once. Raises BadWord."""
    found = list(dict.fromkeys(part for part in map(str.strip, written.split(",")) if part))
    if not found:
        raise BadWord(_("Skriv ett ord."))
    if len(found) > MOST_AT_ONCE:
        raise BadWord(_("Skriv högst %(most)s ord åt gången.", most=MOST_AT_ONCE))
    return found


def _one_word(written: str) -> str:
    """Raises BadWord where it is not one word as the bank reads words."""
    word = _fitting(written)
    exact = analyse(word).exact
    if " " in exact or not any(letter.isalpha() for letter in exact):
        raise BadWord(
            _("”%(word)s” är inte ett ord. Skriv ett ord i taget, utan mellanslag och bindestreck.", word=word)
        )
    return word


def _searchable(written: str) -> str:
    word = _fitting(written)
    if "," in word or not analyse(word).exact:
        raise BadWord(_("”%(word)s” kan ingen söka på. Skriv ett eller flera ord med bokstäver.", word=word))
    return word


def _fitting(written: str) -> str:
    word = " ".join(written.split())
    if not word:
        raise BadWord(_("Skriv ett ord."))
    if len(word) > LONGEST_WORD or not word.isprintable():
        raise BadWord(_("Ordet är för långt. Skriv högst %(most)s tecken.", most=LONGEST_WORD))
    return word
