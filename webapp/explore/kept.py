"""Views that a person keeps under a name: checked, listed on /utforska, put on the start page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from catalog import saved_views
from catalog.audience import may_put_on_start
from catalog.columns import LARGEST_ID
from catalog.errors import AlreadyThere, BadValue, TooMany
from catalog.saved_views import LONGEST_ADDRESS, MOST_OF_PERSON, MOST_ON_START
from catalog.view_models import LONGEST_NAME, SavedView
from webapp import search_url
from webapp.bank import bank
from webapp.explore import choices
from webapp.facets import FACETS
from webapp.figures import number
from webapp.search_url import BadQuery
from webapp.signed_in import Person, ask_to_sign_in, may_edit, my_role, signed_in
from webapp.texts import gettext as _

MOST_PARAMETERS = 500
MARK = "#sparade"

bp = Blueprint("kept_views", __name__)
Act = Callable[..., SavedView]  # given a session


def checked(address: str) -> str:
    """The one written form of a view's or a search's address, of which only what is known is left.

    Raises BadQuery for anything else, so that nothing but a question to this bank is ever kept.
    """
    try:
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        raise _strange() from None
    if parts.scheme or parts.netloc:
        raise _strange()
    if parts.path == choices.PATH:
        return choices.link(choices.read(MultiDict(pairs)))
    if parts.path == "/sok":
        return search_url.link(search_url.read(MultiDict(pairs), FACETS), FACETS)
    raise _strange()


def _strange() -> BadQuery:
    return BadQuery(_("Bara vyer av Utforska och sökningar kan sparas. Gå tillbaka till sidan och spara den därifrån."))


def _too_long(length: int) -> str:
    return _(
        "Vyn är för stor för att sparas: adressen har %(length)s tecken och det får plats %(most)s. Ta bort några "
        "filter eller korta frågan och spara igen.",
        length=number(length),
        most=number(LONGEST_ADDRESS),
    )


@bp.post("/utforska/vyer")
def keep() -> ResponseReturnValue:
    person = signed_in()
    if person is None:
        return ask_to_sign_in()
    address, name = checked(request.form.get("vy", "")), request.form.get("namn", "")
    if len(address) > LONGEST_ADDRESS:
        flash(_too_long(len(address)), "warn")
        return _back_to(address)
    act = partial(saved_views.keep, user_id=person.id, name=name, address=address)
    return _done(address, act, _("Vyn är sparad: %(name)s."))


@bp.post(f"/utforska/vyer/<int(max={LARGEST_ID}):view_id>")
def change(view_id: int) -> ResponseReturnValue:
    """The button `gor` says what is to be done; `vy` is where the person was."""
    person = signed_in()
    if person is None:
        return ask_to_sign_in()
    act, told = _act(person, view_id, request.form.get("gor", ""))
    return _done(checked(request.form.get("vy", "")), act, told)


def _act(person: Person, view_id: int, wish: str) -> tuple[Act, str]:
    """Raises NotFound for a wish that nobody knows, Forbidden for what this person may not."""
    mine = {
        "namn": (
            partial(saved_views.rename, user_id=person.id, view_id=view_id, name=request.form.get("namn", "")),
            _("Vyn heter nu %(name)s."),
        ),
        "bort": (partial(saved_views.remove, user_id=person.id, view_id=view_id), _("Vyn är borttagen: %(name)s.")),
    }
    owner = None if may_edit() else person.id  # those who edit take off anybody's
    start = {
        "start": (partial(saved_views.put_on_start, user_id=person.id, view_id=view_id), _("På startsidan: %(name)s.")),
        "av-start": (
            partial(saved_views.take_off_start, view_id=view_id, user_id=owner),
            _("Inte längre på startsidan: %(name)s."),
        ),
    }
    if wish in start and not may_put_on_start(my_role()):
        abort(HTTPStatus.FORBIDDEN)
    return (mine | start).get(wish) or abort(HTTPStatus.NOT_FOUND)


def _done(address: str, act: Act, told: str) -> ResponseReturnValue:
    """Back to where the person was, with what was done or why not; raises NotThere."""
    try:
        with bank().database.transaction() as session:
            flash(told % {"name": act(session).name}, "ok")
    except AlreadyThere:
        flash(_("Du har redan en vy med det namnet. Välj ett annat."), "warn")
    except TooMany:
        flash(
            _(
                "Det får inte plats fler. En person kan ha %(mine)s vyer, och startsidan visar %(start)s. "
                "Ta bort en först.",
                mine=MOST_OF_PERSON,
                start=MOST_ON_START,
            ),
            "warn",
        )
    except BadValue:
        flash(_("Ge vyn ett namn på högst %(most)s tecken.", most=LONGEST_NAME), "warn")
    return _back_to(address)


def _back_to(address: str) -> ResponseReturnValue:
    return redirect(address + MARK if address.startswith(choices.PATH) else address, HTTPStatus.SEE_OTHER)
