"""Who asks: the person behind the session, their role, and what they may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Flask, abort, current_app, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user

from catalog import audience, users
from catalog.errors import NotThere
from catalog.person_models import User
from webapp.bank import bank

P = ParamSpec("P")


class Person(UserMixin):  # type: ignore[misc]  # flask_login has no types
    """Someone signed in. The session holds id and mark: a changed password or role ends every older session."""

    def __init__(self, user: User) -> None:
        self.id, self.name, self.role = user.id, user.name, user.role
        self.mark = user.session_mark

    def get_id(self) -> str:
        return f"{self.id}:{self.mark}"


def load(session_id: str) -> Person | None:
    """The person of a session, or None where the account is gone, blocked or changed since."""
    number, _, mark = session_id.partition(":")
    if "record_is_away" in g or not (number.isascii() and number.isdecimal()):
        return None
    with bank().database.reading() as session:
        try:
            user = users.get(session, int(number))
        except NotThere:
            return None
        return Person(user) if user.active and user.session_mark == mark else None


def ask_nobody() -> None:
    """For the rest of this request the person is a stranger: the record cannot be asked who it is."""
    g.record_is_away = True


def know_people(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # it hangs on the address, which changes on phones
    manager.user_loader(load)
    manager.unauthorized_handler(ask_to_sign_in)
    app.jinja_env.globals.update(may_administer=may_administer, may_edit=may_edit, signed_in=signed_in)


def ask_to_sign_in() -> ResponseReturnValue:
    """Sends to /logga-in, which leads back to where the person was going."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(current_app.url_for("accounts.sign_in", nasta=wanted), 303)


def has_session() -> bool:
    """Whether somebody has signed in here, told by the cookie alone: the account may be gone meanwhile."""
    return "_user_id" in session


def signed_in() -> Person | None:
    return current_user._get_current_object() if current_user.is_authenticated else None  # noqa: SLF001


def my_role() -> str | None:
    person = signed_in()
    return person.role if person else None


def my_audience() -> frozenset[str]:
    """Tokens for the filter inside the engine and the record (catalog/audience.py)."""
    return audience.of_role(my_role())


def may_edit() -> bool:
    role = my_role()
    return role is not None and audience.may_edit(role)


def may_administer() -> bool:
    return audience.may_administer(my_role())


def editors_only(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Asks strangers to sign in and turns away those whose role may not edit."""
    return _only(may_edit, view)


def administrators_only(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """The same for those who are no administrators."""
    return _only(may_administer, view)


def _only(may: Callable[[], bool], view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if signed_in() is None:
            return ask_to_sign_in()
        if not may():
            abort(403)
        return view(*args, **kwargs)

    return guarded
