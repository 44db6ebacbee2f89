from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import overview, terms
from catalog.overview import Figures
from tests import factories

PUBLIC, STAFF = frozenset({"public"}), frozenset({"public", "staff"})
EDITORS = frozenset({"public", "staff", "restricted", "editors"})


@pytest.fixture
def bank(session: Session) -> Session:
    """One open project with an open and an internal document, an internal project, and drafts."""
    terms.seed(session)
    areas = {"subject_area": ["äldre", "barn och unga"], "organisation": ["Norrmalm", "Östermalm"]}
    shown = factories.project(session, "Öppet", terms=areas)
    factories.document(session, "a.pdf", project_id=shown.id, pages=["1", "2", "3"])
    factories.document(session, "b.pdf", project_id=shown.id, classification="internal", pages=["1", "2"])
    internal = {"subject_area": ["äldre"], "organisation": ["Farsta"]}
    factories.project(session, "Internt", classification="internal", terms=internal)
    factories.project(session, "Utkast", published=False, terms=internal)
    factories.document(session, "c.pdf", published=False)
    factories.document(session, "d.pdf")
    factories.queued(session, "e.pdf")
    return session


class TestFigures:
    @pytest.mark.parametrize(
        ("audience", "expected"),
        [(PUBLIC, Figures(1, 2, 5, 1)), (STAFF, Figures(2, 3, 7, 2)), (EDITORS, Figures(2, 3, 7, 2))],
    )
    def test_what_is_published_for_the_person_is_counted(
        self, bank: Session, audience: frozenset[str], expected: Figures
    ) -> None:
        assert overview.figures(bank, audience) == expected

    def test_empty_bank_counts_nothing(self, session: Session) -> None:
        assert overview.figures(session, PUBLIC) == Figures(0, 0, 0, 0)

    def test_project_of_two_merged_organisations_and_one_of_their_successor_make_one_organisation(
        self, bank: Session
    ) -> None:
        factories.project(bank, "Nyare", terms={"organisation": ["Norra innerstaden"]})

        assert overview.figures(bank, PUBLIC).organisations == 1
