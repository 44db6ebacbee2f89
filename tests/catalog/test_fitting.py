from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from catalog import documents, projects, terms, users
from catalog.errors import BadValue
from tests import factories

REFUSED: dict[str, tuple[Callable[[Session], object], str]] = {
    "project's title": (lambda s: projects.create(s, title="x" * 401), "401 characters; shorten it to 400"),
    "project's field": (lambda s: projects.create(s, title="Bo kvar", contact="x" * 301), "shorten it to 300"),
    "a NUL": (lambda s: projects.create(s, title="Bo kvar", aim="Fler\0boende"), "NUL"),
    "year": (lambda s: projects.create(s, title="Bo kvar", start_year=2**31), "too large"),
    "money": (lambda s: projects.set_funding(s, factories.project(s), [(2019, 2**63, 0)]), "too large"),
    "document's title": (lambda s: documents.update(s, factories.document(s).id, title="x" * 401), "400"),
    "user's name": (lambda s: factories.user(s, "x" * 201), "shorten it to 200"),
    "user's name that grows": (lambda s: factories.user(s, "ß" * 101), "name_key"),
    "user's name that nobody sees": (lambda s: factories.user(s, "\u200b"), "needs a name"),
    "title that nobody sees": (lambda s: projects.create(s, title="\u200b \u2060"), "needs a title"),
    "term": (lambda s: terms.ensure(s, "method", "x" * 301), "shorten it to 300"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_refused_with_the_reason_on_both_databases(session: Session, case: str) -> None:
    act, reason = REFUSED[case]
    with pytest.raises(BadValue, match=reason):
        act(session)


def test_what_just_fits_is_taken(session: Session) -> None:
    made = projects.create(session, title="ß" * 400, contact="x" * 300, start_year=2**31 - 1)
    found = projects.find_by_title(session, "ß" * 400)
    assert found is made


def test_everybody_else_goes_on_after_a_refusal(session: Session) -> None:
    with pytest.raises(BadValue):
        users.add(session, "Eva\0", factories.PASSWORD, "redaktor")
    assert factories.user(session, "Eva").name == "Eva"
