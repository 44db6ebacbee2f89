"""Swedish first, English complete.

`?lang=en` (or `sv`) on any address answers in that language and remembers it in a cookie that holds nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from typing import TypeVar
from urllib.parse import quote, urlencode

from flask import Flask, Response, has_request_context, request
from flask_babel import Babel  # type: ignore[import-untyped]

T = TypeVar("T")
SWEDISH, ENGLISH = LANGUAGES = ("sv", "en")
COOKIE = "sprak"
_A_YEAR = 365 * 24 * 3600
_spoken: ContextVar[str] = ContextVar("spoken", default="")


def language() -> str:
    """The language of this request: as asked for, as remembered, or Swedish. Found once a request, asked for often."""
    return _spoken.get() or (_chosen() if has_request_context() else SWEDISH)


def _chosen() -> str:
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return SWEDISH


def spoken_throughout(pieces: Iterator[T], wanted: str) -> Iterator[T]:
    """The same pieces, made in this language; what is sent while it is made outlives its request's language."""
    while True:
        token = _spoken.set(wanted)
        try:
            piece = next(pieces)
        except StopIteration:
            return
        finally:
            _spoken.reset(token)
        yield piece


def in_language(wanted: str) -> str:
    """This page's address in another language."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{quote(request.path)}?{urlencode([*kept, ('lang', wanted)])}"


def speak(app: Flask) -> None:
    from webapp import texts  # it asks this module for the language

    Babel(app, default_locale=SWEDISH, locale_selector=language)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # added by Jinja's i18n extension
        texts.said, texts.said_of, newstyle=True
    )
    # Templates ask for a hundred texts a page: by plain functions, without Jinja's own wrapping of each call.
    app.jinja_env.globals.update(_=texts.written, ngettext=texts.written_of)
    app.jinja_env.globals.update(language=language, in_language=in_language)

    @app.before_request
    def choose() -> None:
        _spoken.set(_chosen())

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        _spoken.set("")

    @app.after_request
    def remember(response: Response) -> Response:
        if request.args.get("lang") in LANGUAGES and request.blueprint != "health":
            secure = bool(app.config["SESSION_COOKIE_SECURE"])
            response.set_cookie(COOKIE, language(), max_age=_A_YEAR, samesite="Lax", httponly=True, secure=secure)
        return response
