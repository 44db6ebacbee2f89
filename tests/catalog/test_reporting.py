from __future__ import annotations

from catalog import projects, reporting
from catalog.database import Database
from tests import factories

PUBLIC, EDITORS = frozenset({"public"}), frozenset({"editors"})


def test_years_with_funds_are_those_of_projects_that_the_person_may_see(database: Database) -> None:
    with database.transaction() as session:
        for title, seen, years in (("A", "open", (2018, 2020)), ("B", "restricted", (2019, 2018)), ("C", "open", ())):
            made = factories.project(session, title, classification=seen)
            projects.set_funding(session, made, [(year, 100, 0) for year in years])
    with database.reading() as session:
        assert reporting.years_with_funds(session, PUBLIC) == [2020, 2018]
        assert reporting.years_with_funds(session, EDITORS) == [2020, 2019, 2018]


def test_documents_are_counted_and_pages_opened_as_the_person_may_see_them(database: Database) -> None:
    with database.transaction() as session:
        shown, draft = factories.project(session, "A"), factories.project(session, "B")
        for name, project, published in (("a", shown, True), ("b", shown, False), ("c", draft, True)):
            factories.document(session, f"{name}.pdf", project_id=project.id, published=published)
        projects.unpublish(session, draft.id)
        ids = [shown.id, draft.id]
    with database.reading() as session:
        assert reporting.seen_of(session, ids, PUBLIC) == {shown.id}
        assert reporting.seen_of(session, ids, EDITORS) == set(ids)
        assert reporting.documents_of(session, ids, PUBLIC) == {shown.id: 1}
        assert reporting.documents_of(session, ids, EDITORS) == {shown.id: 2, draft.id: 1}
