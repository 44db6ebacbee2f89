"""A project made for one file has the file's name until the file is read."""

from __future__ import annotations

from catalog import projects
from catalog.database import Database
from catalog.models import Project
from tests import factories

NUMBER = "19121212-1212"


def _named_after(database: Database, title: str, **fields: bool) -> Project:
    with database.transaction() as session:
        project = projects.create(session, title="slut v7", working_title=True)
        if fields.get("published"):
            projects.publish(session, project.id, "open", "Eva")
        if fields.get("renamed"):
            projects.update(session, project.id, title="Eget namn")
        document = factories.document(session, project_id=project.id, title=title, published=False)
        projects.name_after(session, document.id)
        return projects.get(session, project.id)


def test_the_documents_title_takes_the_place_of_the_files_name(database: Database) -> None:
    project = _named_after(database, "Bo kvar. Slutrapport")
    assert (project.title, project.working_title) == ("Bo kvar. Slutrapport", False)


def test_a_name_that_a_person_gave_stays(database: Database) -> None:
    assert _named_after(database, "Bo kvar. Slutrapport", renamed=True).title == "Eget namn"


def test_an_identity_number_in_the_title_does_not_become_open(database: Database) -> None:
    assert _named_after(database, f"Om {NUMBER}", published=True).title == "slut v7"
