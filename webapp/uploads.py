"""How much a request may bring: little, except to the views that take files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

from webapp.bank import bank
from webapp.signed_in import may_edit

LARGEST_FORM = 2_000_000  # bytes; a project's form with every field full is a tenth of it
FILES_A_REQUEST = 20  # of the largest size together; the script sends one file a request
V = TypeVar("V", bound=Callable[..., object])


def takes_files(view: V) -> V:
    """Marks a view whose requests, from those who edit, may be as large as files are."""
    view.takes_files = True  # type: ignore[attr-defined]  # read by the limit below
    return view


def limit_requests(app: Flask) -> None:
    """Must be called before CSRF protection, which reads the form and so counts its bytes."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.config["MAX_FORM_PARTS"] = 5_000

    @app.before_request
    def make_room() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if getattr(view, "takes_files", False) and may_edit():
            request.max_content_length = bank().settings.upload_limit * FILES_A_REQUEST
