"""Choosing a project by its name: a list of all of them would be longer than anybody reads, and heavy to send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from catalog import completing, projects
from catalog.columns import folded
from catalog.database import Database
from catalog.errors import NotThere
from webapp.signed_in import my_audience
from webapp.texts import gettext as _

PROPOSED = 10


class Choice(NamedTuple):
    """The project's id, or what to mend."""

    project_id: int | None = None
    trouble: str = ""


def title_of(database: Database, project_id: int | None) -> str:
    """Empty where there is no such project."""
    if not project_id:
        return ""
    with database.reading() as session:
        try:
            return projects.get(session, project_id).title
        except NotThere:
            return ""


def chosen(database: Database, typed: str, shown: int | None) -> Choice:
    """typed: the name as it was sent. shown: the project whose name stood in the field, for names that several have."""
    if shown and folded(typed) == folded(title_of(database, shown)):
        return Choice(shown)
    with database.reading() as session:
        found = projects.ids_titled(session, typed)
    if len(found) == 1:
        return Choice(found[0])
    if found:
        told = _("Flera projekt heter så. Öppna rätt projekt i sökningen och välj Lägg till dokument där.")
        return Choice(trouble=told)
    if proposed := proposals(database, typed):
        names = ", ".join(f"”{name}”" for name in proposed[:3])
        return Choice(trouble=_("Inget projekt heter så. Menar du %(names)s?", names=names))
    return Choice(trouble=_("Inget projekt heter så. Skriv en del av namnet och välj i listan."))


def proposals(database: Database, typed: str) -> Sequence[str]:
    """Names with words that begin as those that were typed."""
    starts = completing.starts(typed)
    if not starts:
        return []
    with database.reading() as session:
        return [one.title for one in completing.projects_titled(session, starts, my_audience(), PROPOSED)]
