"""/halsa and /redo: for those who start, watch and balance the processes. No cookie, no details."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify
from flask.blueprints import BlueprintSetupState

from webapp.bank import Bank
from webapp.readiness import FRESH_SECONDS, Readiness

bp = Blueprint("health", __name__)


@bp.record_once
def _know_parts(state: BlueprintSetupState) -> None:
    bank: Bank = state.app.extensions["bank"]
    state.app.extensions["readiness"] = Readiness(bank)


@bp.get("/halsa")
def alive() -> Response:
    """This process answers, whatever the servers behind it do."""
    return jsonify(alive=True)


@bp.get("/redo")
def ready() -> tuple[Response, int]:
    readiness: Readiness = current_app.extensions["readiness"]
    missing = readiness.missing()
    return jsonify(ready=not missing, missing=missing), (HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK)


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = str(round(FRESH_SECONDS))
    return response
