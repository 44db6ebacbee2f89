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


class TestCountByTerm:
    def test_projects_are_counted_by_subject_area_largest_first(self, bank: Session) -> None:
        assert overview.count_by_term(bank, "subject_area", PUBLIC) == {"aldre": 1, "barn-och-unga": 1}
        assert list(overview.count_by_term(bank, "subject_area", STAFF).items()) == [("aldre", 2), ("barn-och-unga", 1)]

    def test_project_of_two_merged_organisations_counts_once_under_the_new_one(self, bank: Session) -> None:
        assert overview.count_by_term(bank, "organisation", PUBLIC) == {"norra-innerstaden": 1}
