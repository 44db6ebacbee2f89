"""How many documents in how many projects, in words; once for pages, files and the search."""

from __future__ import annotations

from webapp.figures import number
from webapp.texts import gettext as _
from webapp.texts import ngettext


def documents_counted(count: int) -> str:
    return ngettext("%(n)s dokument", "%(n)s dokument", count, n=number(count))


def documents_unit(count: int) -> str:
    """The word alone, where the number stands beside it by itself."""
    return ngettext("%(n)s dokument", "%(n)s dokument", count, n="").strip()


def projects_counted(count: int) -> str:
    return ngettext("%(n)s projekt", "%(n)s projekt", count, n=number(count))


def found(documents: int, projects: int, *, about: bool = False) -> str:
    """31 dokument i 14 projekt, documents alone where there is no project. about: not all projects are counted."""
    if not projects:
        return documents_counted(documents)
    among = projects_counted(projects)
    among = _("cirka %(projects)s", projects=among) if about else among
    return _("%(documents)s i %(projects)s", documents=documents_counted(documents), projects=among)
