"""Views that people gave a name: each sees their own, and those that were put on the start page are everybody's.

A view is an address and holds no figures: whoever opens it, or sees it on the start page, gets what their own rights
give.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog import fitting
from catalog.columns import folded, now, one_line
from catalog.errors import AlreadyThere, BadValue, NotThere, TooMany
from catalog.view_models import SavedView

MOST_OF_PERSON = 50
MOST_ON_START = 3  # each is counted anew for every visitor
LONGEST_ADDRESS = 4000


def keep(session: Session, user_id: int, name: str, address: str) -> SavedView:
    """Gives an address a name; raises AlreadyThere, TooMany, or BadValue where one of the two is empty or too long."""
    if not address.startswith("/") or len(address) > LONGEST_ADDRESS or "\0" in address:
        raise BadValue(f"An address to keep is a path of this bank, of at most {LONGEST_ADDRESS} characters.")
    mine = select(func.count()).select_from(SavedView).where(SavedView.user_id == user_id)
    if (session.scalar(mine) or 0) >= MOST_OF_PERSON:
        raise TooMany(f"A person keeps at most {MOST_OF_PERSON} views; remove one.")
    view = SavedView(user_id=user_id, address=address, **_names(name))
    _flush(session, view, name)
    return view


def of_person(session: Session, user_id: int) -> list[SavedView]:
    """By name."""
    return list(session.scalars(select(SavedView).where(SavedView.user_id == user_id).order_by(SavedView.name_key)))


def rename(session: Session, user_id: int, view_id: int, name: str) -> SavedView:
    """Raises NotThere where it is no view of this person's, AlreadyThere, BadValue."""
    view = _mine(session, user_id, view_id)
    for field, value in _names(name).items():
        setattr(view, field, value)
    _flush(session, view, name)
    return view


def remove(session: Session, user_id: int, view_id: int) -> SavedView:
    """Takes it away, from the start page too; raises NotThere where it is no view of this person's."""
    view = _mine(session, user_id, view_id)
    session.delete(view)
    return view


def put_on_start(session: Session, user_id: int, view_id: int) -> SavedView:
    """Shows one's own view to everybody; raises NotThere, or TooMany where the start page is full.

    Whether this person may is the caller's question (`audience.may_put_on_start`).
    """
    view = _mine(session, user_id, view_id)
    if view.on_start_since is None:
        if len(on_start(session)) >= MOST_ON_START:
            raise TooMany(f"The start page shows at most {MOST_ON_START} views; take one off.")
        view.on_start_since = now()
    return view


def take_off_start(session: Session, view_id: int, user_id: int | None = None) -> SavedView:
    """Raises NotThere. user_id: whose it must be; None for those who may take off anybody's, who may have left."""
    view = session.get(SavedView, view_id)
    if view is None or view.on_start_since is None or user_id not in {None, view.user_id}:
        raise NotThere(f"There is no view {view_id} on the start page.")
    view.on_start_since = None
    return view


def on_start(session: Session) -> list[SavedView]:
    """In the order in which they were put there."""
    asked = select(SavedView).where(SavedView.on_start_since.is_not(None))
    return list(session.scalars(asked.order_by(SavedView.on_start_since, SavedView.id)))


def _mine(session: Session, user_id: int, view_id: int) -> SavedView:
    view = session.get(SavedView, view_id)
    if view is None or view.user_id != user_id:
        raise NotThere(f"There is no view {view_id} of this person.")
    return view


def _names(name: str) -> dict[str, str]:
    """Raises BadValue for no name, or one that is too long."""
    written = one_line(name)
    if not written:
        raise BadValue("A view needs a name.")
    names = {"name": written, "name_key": folded(written)}
    fitting.check(SavedView, names)
    return names


def _flush(session: Session, view: SavedView, name: str) -> None:
    try:
        with session.begin_nested():
            session.add(view)
            session.flush()
    except IntegrityError as error:
        raise AlreadyThere(f"This person has a view {name!r} already; choose another name.") from error
