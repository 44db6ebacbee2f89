"""A term is known to those who may see something that carries it."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import terms
from catalog.audience import ANONYMOUS, of_role
from catalog.term_audience import carried
from tests import factories

WORD = ("keyword", "fallskydd")


@pytest.mark.parametrize(
    ("classification", "published", "knowing"),
    [
        ("open", True, {None, "lasare", "redaktionsrad", "redaktor"}),
        ("internal", True, {"lasare", "redaktionsrad", "redaktor"}),
        ("restricted", True, {"redaktionsrad", "redaktor"}),
        ("open", False, {"redaktor"}),
    ],
)
def test_a_projects_term_is_seen_by_those_who_see_the_project(
    session: Session, classification: str, published: bool, knowing: set[str | None]
) -> None:
    factories.project(session, classification=classification, published=published, terms={"keyword": ["Fallskydd"]})
    roles = (None, "lasare", "redaktionsrad", "redaktor")
    assert {role for role in roles if carried(session, [WORD], of_role(role))[WORD]} == knowing


def test_a_document_shows_the_terms_of_a_project_that_is_not_published_yet(session: Session) -> None:
    project = factories.project(session, classification="open", published=False, terms={"keyword": ["Fallskydd"]})
    assert carried(session, [WORD], ANONYMOUS) == {WORD: False}
    factories.document(session, project_id=project.id, classification="open")
    assert carried(session, [WORD], ANONYMOUS) == {WORD: True}


def test_one_that_is_seen_among_many_that_are_hidden_is_enough(session: Session) -> None:
    for place, classification in enumerate(("restricted", "open", "restricted")):
        factories.project(session, f"Nr {place}", classification=classification, terms={"keyword": ["Fallskydd"]})
    assert carried(session, [WORD], ANONYMOUS) == {WORD: True}


def test_terms_that_no_project_carries_are_left_out(session: Session) -> None:
    terms.ensure(session, "keyword", "Fallskydd")
    assert carried(session, [WORD, ("keyword", "annat")], ANONYMOUS) == {}
    assert carried(session, [], ANONYMOUS) == {}
