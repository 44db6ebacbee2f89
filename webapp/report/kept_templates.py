"""The bank's own Word templates: files in the folder `mallar` of the data folder, chosen by their names."""

from __future__ import annotations

from pathlib import Path

from settings import Settings
from webapp.search_url import BadQuery
from webapp.texts import gettext as _

ENDING = ".docx"
LARGEST = 20_000_000  # bytes; a template with a large picture on its cover is a tenth of it


def names(settings: Settings) -> list[str]:
    """The templates by their names without ending, in order; none where there is no folder."""
    return sorted(path.stem for path in settings.templates_folder.glob(f"*{ENDING}") if _is_template(path))


def path_of(settings: Settings, name: str) -> Path | None:
    """The file of a template in the list, None for the standard one; raises BadQuery for any other name."""
    if not name:
        return None
    if name not in names(settings):
        raise BadQuery(_("Mallen ”%(name)s” finns inte. Välj en mall i listan.", name=name))
    path = settings.templates_folder / f"{name}{ENDING}"
    if path.stat().st_size > LARGEST:
        raise BadQuery(_("Mallen ”%(name)s” är för stor. Gör dess bilder mindre och spara den igen.", name=name))
    return path


def _is_template(path: Path) -> bool:
    """Word keeps a file of its own beside one that is open; its name begins with ~$."""
    return path.is_file() and not path.name.startswith(("~", "."))
