from __future__ import annotations

from catalog import projects
from catalog.database import Database
from catalog.listing import listed_documents, listed_projects
from tests import factories


def test_a_list_shows_documents_as_the_record_holds_them(database: Database) -> None:
    with database.transaction() as session:
        project = factories.project(session, title="Bo kvar")
        projects.set_terms(session, project, {"organisation": ["Skärholmen", "Bromma"], "method": ["intern-SIP"]})
        document = factories.document(session, project_id=project.id, title="Slutrapport")
        session.flush()
        session.expire(project)
        listed = listed_documents(session, [document.id, 1])
        assert listed.keys() == {document.id}
        assert (listed[document.id].title, listed[document.id].project_id) == ("Slutrapport", project.id)
        found = listed_projects(session, [project.id, 1])
        assert found.keys() == {project.id}
        assert found[project.id].organisations == ("bromma", "skarholmen") == project.organisations
