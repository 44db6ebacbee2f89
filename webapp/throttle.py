"""Gently slows down those who guess passwords; a person who mistypes a few times notices nothing."""

from __future__ import annotations

import hashlib
import hmac
import time

from flask import current_app

from catalog import sign_in_failures
from webapp.bank import bank

FREE_TRIES, FREE_TRIES_OF_ADDRESS = 5, 30  # a whole office may share one address
LONGEST_NAME = 200


def admit(name: str, address: str) -> float:
    """Seconds until the next try; 0 where it may be made now.

    An admitted try counts as a failure from here on, so that many at once are no more than one after the other.
    """
    keys, now = _keys(name, address), time.time()
    with bank().database.transaction() as session:
        pause = max(sign_in_failures.wait(session, key, free, now) for key, free in keys)
        if not pause:
            for key, _ in keys:
                sign_in_failures.note(session, key, now)
    return pause


def succeeded(name: str, address: str) -> None:
    """The name is free again at once. The address only loses this one try: whoever has an account may guess others'."""
    (by_both, _), (by_address, _) = _keys(name, address)
    with bank().database.transaction() as session:
        sign_in_failures.forget(session, by_both)
        sign_in_failures.take_back(session, by_address)


def _keys(name: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """Each with its free tries: this name from this address, and this address whatever the name."""
    return (
        (_hashed(f"{name[:LONGEST_NAME].casefold()} {address}"), FREE_TRIES),
        (_hashed(address), FREE_TRIES_OF_ADDRESS),
    )


def _hashed(text: str) -> str:
    """With the bank's own key: the record's reader cannot find out by trying names and addresses."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
