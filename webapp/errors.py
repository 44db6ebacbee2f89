"""One table: exception -> status and text. Errors say what is wrong and what to do, never a code alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from catalog.errors import BadValue, CatalogError, EmptyFile, FileTooLarge, NotThere
from catalog.origin import request_id
from catalog.unavailable import PASSING
from indexer import IndexBusy, SearchError, TooDeep
from webapp.export.turns import TooManyExports
from webapp.search_url import BadQuery
from webapp.signed_in import ask_nobody
from webapp.texts import LazyText
from webapp.texts import lazy_gettext as _l

RETRY_AFTER = 60  # seconds; most stops of engine and record are over by then
WORDS_OF_ADDRESS = 8
_TOLD_IN_HEADERS = ("Allow", "Content-Range")  # with 405 and 416


@dataclass(frozen=True, slots=True)
class Trouble:
    """`uploads`: what is dropped meanwhile is taken in."""

    status: int
    title: LazyText
    text: LazyText
    uploads: bool = False


NOT_FOUND = Trouble(
    404,
    _l("Sidan finns inte"),
    _l(
        "Adressen stämmer inte med något i banken. Dokumentet kan ha flyttats, tagits bort eller vara begränsat till "
        "vissa läsare."
    ),
)
AWAY = Trouble(
    503,
    _l("Sökningen är tillfälligt otillgänglig"),
    _l("Sökmotorn svarar inte just nu. Din fråga är kvar i rutan och inget i banken har gått förlorat."),
    uploads=True,
)
RECORD_AWAY = Trouble(
    503,
    _l("Banken är tillfälligt otillgänglig"),
    _l(
        "Databasen svarar inte just nu. Det du har sparat är kvar, men det du gjorde nyss är inte gjort. Vänta en "
        "minut och gör om det."
    ),
)
UNEXPECTED = Trouble(
    500,
    _l("Något gick fel hos oss"),
    _l("Felet är antecknat. Gå tillbaka och försök igen; det du har sparat är kvar."),
)
UNREADABLE = Trouble(
    400, _l("Frågan går inte att läsa"), _l("Adressen innehåller något som banken inte förstår. Sök på nytt.")
)

TROUBLES: dict[type[Exception], Trouble] = {
    BadQuery: UNREADABLE,
    TooDeep: Trouble(
        400,
        _l("Så långt ned i listan går det inte att bläddra"),
        _l("Lägg till ett ord eller ett filter, så kommer det du söker högre upp."),
    ),
    IndexBusy: AWAY,
    SearchError: AWAY,
    NotThere: NOT_FOUND,
    FileTooLarge: Trouble(413, _l("Filen är för stor"), _l("Dela filen i mindre delar och släpp dem var för sig.")),
    EmptyFile: Trouble(400, _l("Filen är tom"), _l("Spara filen på nytt och släpp den igen.")),
    TooManyExports: Trouble(
        503,
        _l("Flera hämtar träfflistor just nu"),
        _l("Vänta en minut och hämta listan igen. Sökningen fungerar som vanligt."),
    ),
    BadValue: UNREADABLE,
    CatalogError: UNEXPECTED,
    **dict.fromkeys(PASSING, RECORD_AWAY),
    CSRFError: Trouble(
        400,
        _l("Formuläret gäller inte längre"),
        _l(
            "Du har loggat in eller ut sedan sidan öppnades. Gå tillbaka, kopiera det du har skrivit, läs in sidan på "
            "nytt och klistra in det."
        ),
    ),
}
STATUSES: dict[int, Trouble] = {
    400: UNREADABLE,
    403: Trouble(
        403,
        _l("Du har inte tillgång till sidan"),
        _l("Den är till för dem som redigerar banken. Logga in med ett annat konto eller fråga en administratör."),
    ),
    404: NOT_FOUND,
    405: Trouble(
        405,
        _l("Så går det inte att göra här"),
        _l("Sidan tar inte emot det som skickades. Gå tillbaka."),
    ),
    413: Trouble(413, _l("Det som skickades är för stort"), _l("Skicka färre eller mindre filer åt gången.")),
    503: AWAY,
}


def answer_errors(app: Flask) -> None:
    for kind, trouble in TROUBLES.items():
        app.register_error_handler(kind, _answering(trouble))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def words_of_address(path: str) -> str:
    """Words to search for, out of an address that leads nowhere: "/dokument/samlarteam-slutrapport"."""
    segments = [part for part in path.split("/") if part]
    words = re.findall(r"[^\W\d_]{2,}", " ".join(segments[1:] if len(segments) > 1 else segments))
    return " ".join(words[:WORDS_OF_ADDRESS])


def _answering(trouble: Trouble) -> Callable[[Exception], Response]:
    def answer(error: Exception) -> Response:
        if trouble.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            current_app.logger.error("%s: %s", type(error).__name__, str(error).partition("\n")[0])
        return _show(trouble, error.for_people if isinstance(error, BadQuery) else None)

    return answer


def _answer_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 0) < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    code = error.code or UNEXPECTED.status
    other = UNREADABLE if code < HTTPStatus.INTERNAL_SERVER_ERROR else UNEXPECTED
    response = _show(STATUSES.get(code) or replace(other, status=code))
    response.headers.extend((name, value) for name, value in error.get_headers() if name in _TOLD_IN_HEADERS)
    return response


def _answer_unexpected(error: Exception) -> Response:
    current_app.logger.error("Unexpected error", exc_info=error)
    if current_app.testing:
        raise error
    return _show(UNEXPECTED)


def _show(trouble: Trouble, text: str | None = None) -> Response:
    if trouble is RECORD_AWAY:
        ask_nobody()
    try:
        response = _page(trouble, text or str(trouble.text))
    except PASSING:  # each page asks the record who reads it
        ask_nobody()
        response = _page(trouble, text or str(trouble.text))
    if trouble.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _page(trouble: Trouble, told: str) -> Response:
    if request.path.startswith("/api/"):
        error = {"status": trouble.status, "title": str(trouble.title), "text": told, "number": request_id()}
        body = jsonify(error=error)
    else:
        words = words_of_address(request.path) if trouble is NOT_FOUND else request.args.get("q", "")[:500]
        body = make_response(render_template("error.html", trouble=trouble, text=told, words=words))
    return make_response(body, trouble.status)
