"""A folder's project: what lies in a folder of a zip file, or of one that is imported, belongs together."""

from __future__ import annotations

from catalog import projects
from catalog.database import Database
from catalog.documents import Wish
from catalog.dropping.desk import shown_name


def project_of_folder(database: Database, folder: str, wish: Wish) -> int:
    """The project with the folder's name as its title, made where there is none and published where the wish says."""
    title = shown_name(folder)
    with database.transaction() as session:
        project = projects.find_by_title(session, title)
        if project is None:
            project = projects.create(session, title=title)
            if wish.publish:
                projects.publish(session, project.id, wish.classification, wish.dropped_by)
        return project.id
