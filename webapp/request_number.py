"""A number for each request: in every line of the log that it causes, in the answer, and in what it promises."""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, g, request

from catalog.origin import LONGEST_REQUEST_ID, request_id, working_for

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(rf"[A-Za-z0-9-]{{8,{LONGEST_REQUEST_ID}}}")


def number_requests(app: Flask) -> None:
    """Must be called before anything else that looks at a request, so that all of its lines carry the number."""

    @app.before_request
    def begin() -> None:
        g.numbered = working_for(chosen(request.headers.get(HEADER, "")))
        g.numbered.__enter__()

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers[HEADER] = request_id()
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if numbered := g.pop("numbered", None):
            numbered.__exit__(None, None, None)

    app.jinja_env.globals["request_number"] = request_id


def chosen(given: str) -> str:
    """What a proxy in front has given, where it could be a number; a new one otherwise."""
    return given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
