"""/sok/export.xlsx, .csv and .json: every hit of a search, with the parameters of /sok (docs/export.md)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import SEEK_END
from typing import cast

from flask import Blueprint, Response, current_app, request
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import wrap_file

from catalog.origin import request_id
from catalog.slugs import slug
from indexer import SearchQuery, ask
from webapp import outside
from webapp.bank import bank
from webapp.bank_words import bank_vocabulary
from webapp.export import files
from webapp.export.about import Told, about, head
from webapp.export.columns import columns
from webapp.export.hits import Row, gathered, rows
from webapp.export.labels import Labels
from webapp.export.reader import Reader
from webapp.export.sheets import CSV_TYPE, XLSX_TYPE
from webapp.export.turns import Turns
from webapp.figures import HERE
from webapp.languages import language, spoken_throughout
from webapp.search import asked
from webapp.search_words import decided
from webapp.signed_in import may_edit, my_audience
from webapp.texts import gettext as _
from webapp.told_terms import words_of
from webapp.vocabulary import vocabulary

log = logging.getLogger(__name__)
bp = Blueprint("export", __name__)
LONGEST_NAME = 60  # characters of a file's name
TYPES = {
    "csv": CSV_TYPE,
    "json": "application/json",
    "xlsx": XLSX_TYPE,
}


@bp.record_once
def keep_turns(state: BlueprintSetupState) -> None:
    state.app.extensions["export_turns"] = Turns()


@bp.get("/sok/export.<any(csv, xlsx, json):form>")
def hits(form: str) -> ResponseReturnValue:
    return in_turn(lambda: FORMS[form](found(asked())))


def in_turn(answer: Callable[[], Response]) -> Response:
    """Makes an answer that keeps its turn until it is sent. Raises TooManyExports."""
    end_turn = _turns().take()
    try:
        response = answer()
    except BaseException:
        end_turn()
        raise
    response.call_on_close(end_turn)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def made_in_turn(answer: Callable[[], Response]) -> Response:
    """The same for an answer that is whole when it is made: its turn ends before it is sent."""
    end_turn = _turns().take()
    try:
        return answer()
    finally:
        end_turn()


def _turns() -> Turns:
    return cast("Turns", current_app.extensions["export_turns"])


def found(query: SearchQuery) -> Told:
    """All hits of a person's question, read and mended as the search page does. Raises what the engine raises."""
    answered = ask(bank().engine, bank_vocabulary(bank().database), query)
    query = replace(decided(answered.query, answered.result), page=1)
    walk = bank().engine.walk(query)
    return Told(query, gathered(walk.hits), outside.root(), bank().settings.name, datetime.now(UTC))


def batches(told: Told) -> Iterator[list[Row]]:
    """The record's rows for the hits, as long as somebody reads them; needs the request only when it is called."""
    reader = Reader(request.environ)
    found = rows(told.hits, bank().database, my_audience())
    return (batch for batch in found if reader.is_there())


def streamed(pieces: Iterator[str], media_type: str) -> Response:
    """Sent while it is made, in the language of the request. What breaks off stands in the log with its number."""
    return Response(_told_of(spoken_throughout(pieces, language()), request_id()), content_type=media_type)


def _told_of(pieces: Iterator[str], number: str) -> Iterator[bytes]:
    try:
        for piece in pieces:
            yield piece.encode()
    except Exception as error:
        log.error("The export of request %s broke off: %s", number, type(error).__name__)  # noqa: TRY400 - the server logs the rest
        raise


def _csv(told: Told) -> Response:
    labels = Labels(vocabulary(bank().database), told.root)
    broken = _("Filen är inte hel: banken slutade svara. Hämta den på nytt.")
    chosen = columns(for_editors=may_edit())
    pieces = files.csv_pieces(about(told, words_of(told.query, bank().database)), chosen, batches(told), labels, broken)
    return _named(streamed(pieces, TYPES["csv"]), told, "csv")


def _json(told: Told) -> Response:
    labels = Labels(vocabulary(bank().database), told.root)
    pieces = files.json_pieces(head(told), columns(for_editors=may_edit()), batches(told), labels)
    return _named(streamed(pieces, TYPES["json"]), told, "json")


def _xlsx(told: Told) -> Response:
    """Made as a whole on the disk first: a workbook without its end cannot be opened."""
    labels = Labels(vocabulary(bank().database), told.root)
    chosen = columns(for_editors=may_edit())
    file = files.sheets(about(told, words_of(told.query, bank().database)), _("Träffar"), chosen, batches(told), labels)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    # Passed through directly, it would be handed to the server past what is called at its close.
    response = Response(wrap_file(request.environ, file), content_type=TYPES["xlsx"])
    response.content_length = size
    response.call_on_close(file.close)
    return _named(response, told, "xlsx")


FORMS: dict[str, Callable[[Told], Response]] = {"csv": _csv, "json": _json, "xlsx": _xlsx}


def _named(response: Response, told: Told, form: str) -> Response:
    """As kunskapsbanken-hemtjanst-2026-11-23.csv."""
    day = told.moment.astimezone(HERE).date().isoformat()
    parts = (slug(told.bank), slug(told.query.text)[:LONGEST_NAME].strip("-"), day)
    response.headers.set("Content-Disposition", "attachment", filename=f"{'-'.join(filter(None, parts))}.{form}")
    return response
