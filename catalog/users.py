"""People who sign in: their passwords, roles and sessions."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog import fitting
from catalog.audience import AUDIENCE_OF_ROLE
from catalog.columns import folded, new_id, one_line
from catalog.errors import BadValue, NameTaken, NotThere, WeakPassword
from catalog.person_models import User

SHORTEST_PASSWORD = 12

_hasher = PasswordHasher()  # RFC 9106, low memory: about 50 ms and 64 MB for each check


def add(session: Session, name: str, password: str, role: str) -> User:
    """Adds a person; raises NameTaken, WeakPassword, or BadValue for a role that nobody knows."""
    name = one_line(name)
    if not name:
        raise BadValue("A user needs a name.")
    fitting.check(User, {"name": name, "name_key": folded(name)})
    user = User(
        id=new_id(), name=name, name_key=folded(name), role=_checked(role), password_hash=_hash(password), active=True
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError as error:
        raise NameTaken(f"There is a user {name!r} already; choose another name.") from error
    return user


def check_password(session: Session, name: str, password: str) -> User | None:
    """The person with this name and password, unless blocked. As much work where there is no such name.

    In a writing session a hash of older strength is made anew.
    """
    user = by_name(session, name)
    if not _matches(user.password_hash if user else _nobodys_hash(), password) or user is None or not user.active:
        return None
    if _hasher.check_needs_rehash(user.password_hash):
        user.password_hash = _hasher.hash(password)
    return user


def get(session: Session, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise NotThere(f"There is no user {user_id}.")
    return user


def by_name(session: Session, name: str) -> User | None:
    """The person with this name, whatever the case of its letters."""
    return session.scalar(select(User).where(User.name_key == folded(name)))


def named(session: Session, name: str) -> User:
    """As `by_name`; raises NotThere where nobody has the name."""
    user = by_name(session, name)
    if user is None:
        raise NotThere(f"There is no user {name!r}.")
    return user


def everybody(session: Session) -> list[User]:
    """All people, by name."""
    return list(session.scalars(select(User).order_by(User.name_key)))


def set_role(session: Session, user_id: int, role: str) -> User:
    """Gives the person another role and ends their sessions."""
    user = get(session, user_id)
    user.role = _checked(role)
    return _end_sessions(user)


def set_password(session: Session, user_id: int, password: str) -> User:
    """Gives the person another password and ends their sessions; raises WeakPassword."""
    user = get(session, user_id)
    user.password_hash = _hash(password)
    return _end_sessions(user)


def block(session: Session, user_id: int) -> User:
    """Keeps the person out, from this moment."""
    user = get(session, user_id)
    user.active = False
    return _end_sessions(user)


def unblock(session: Session, user_id: int) -> User:
    user = get(session, user_id)
    user.active = True
    return user


def _checked(role: str) -> str:
    if role not in AUDIENCE_OF_ROLE:
        raise BadValue(f"{role!r} is no role; use {', '.join(AUDIENCE_OF_ROLE)}.")
    return role


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword(f"A password needs at least {SHORTEST_PASSWORD} characters; this one has {len(password)}.")
    return _hasher.hash(password)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _end_sessions(user: User) -> User:
    user.session_mark = secrets.token_hex(8)
    return user
