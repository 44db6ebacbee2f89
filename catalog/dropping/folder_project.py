"""A folder's project: what lies in a folder of a zip file, or of one that is imported, belongs together."""

from __future__ import annotations

from contextlib import suppress

from catalog import projects
from catalog.database import Database
from catalog.documents import Wish
from catalog.dropping.desk import shown_name
from catalog.errors import IdentityNumbersUnconfirmed


def project_of_folder(database: Database, folder: str, wish: Wish) -> int:
    """The project with the folder's name as its title, made where there is none and published where the wish says.

    One that would become open with an identity number in its name stays with those who edit, for them to decide.
    """
    title = shown_name(folder)
    with database.transaction() as session:
        project = projects.find_by_title(session, title)
        if project is None:
            project = projects.create(session, title=title)
            if wish.publish:
                with suppress(IdentityNumbersUnconfirmed):
                    projects.publish(session, project.id, wish.classification, wish.dropped_by)
        return project.id
