"""Signing in and out. One message for a wrong name and a wrong password, so that no name is given away."""

from __future__ import annotations

import math
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from catalog import users
from webapp import throttle
from webapp.bank import bank
from webapp.signed_in import Person, signed_in
from webapp.texts import gettext as _
from webapp.throttle import LONGEST_NAME

LONGEST_PASSWORD = 1_000  # hashing is slow on purpose; nobody may feed it megabytes

bp = Blueprint("accounts", __name__)


@bp.get("/logga-in")
def sign_in() -> ResponseReturnValue:
    target = safe_target(request.args.get("nasta", ""))
    return redirect(target, HTTPStatus.SEE_OTHER) if signed_in() else _form(target=target)


@bp.post("/logga-in")
def signing_in() -> ResponseReturnValue:
    target = safe_target(request.form.get("nasta", ""))
    name, password = request.form.get("namn", "").strip(), request.form.get("losenord", "")
    address = request.remote_addr or ""
    if wait := throttle.admit(name, address):
        told = _("Det blev många försök. Vänta %(seconds)s sekunder och försök igen.", seconds=math.ceil(wait))
        return _form(name, told, target), HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(math.ceil(wait))}
    person = _person(name, password)
    if person is None:
        told = _("Namnet eller lösenordet stämmer inte. Kontrollera båda och försök igen.")
        return _form(name, told, target), HTTPStatus.UNPROCESSABLE_ENTITY
    throttle.succeeded(name, address)
    session.clear()  # what an earlier visitor of this browser left, the form's secret included, ends here
    session.permanent = True
    login_user(person)
    return redirect(target, HTTPStatus.SEE_OTHER)


@bp.get("/logga-ut")
def leave() -> ResponseReturnValue:
    if signed_in() is None:
        return redirect("/", HTTPStatus.SEE_OTHER)
    return render_template("accounts/sign_out.html")


@bp.post("/logga-ut")
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash(_("Du är utloggad."), "ok")
    return redirect("/", HTTPStatus.SEE_OTHER)


def safe_target(wanted: str) -> str:
    """An address within the bank; "/" for anything that could lead elsewhere or back to the form."""
    if not wanted.startswith("/") or wanted.startswith(("//", "/logga-")) or "\\" in wanted:
        return "/"
    if any(ord(sign) <= ord(" ") for sign in wanted):  # browsers drop tabs and newlines before they read an address
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    return wanted if not parts.scheme and not parts.netloc else "/"


def _person(name: str, password: str) -> Person | None:
    if len(name) > LONGEST_NAME or len(password) > LONGEST_PASSWORD:
        return None
    with bank().database.reading() as record:  # hashing takes its time, and must keep no writer waiting
        user = users.check_password(record, name, password)
        return Person(user) if user is not None else None


def _form(name: str = "", told: str = "", target: str = "/") -> str:
    return render_template("accounts/sign_in.html", name=name[:LONGEST_NAME], told=told, target=target)
