"""How the watched folders stand, in words; on the pages of /administration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from catalog import watched
from catalog.watch_models import WatchedFolder
from webapp.bank import bank
from webapp.figures import number
from webapp.moments import day_and_time
from webapp.texts import gettext as _
from webapp.texts import ngettext

OK, QUIET, WARN = "ok", "", "warn"


@dataclass(frozen=True, slots=True)
class Folder:
    """tone: OK, QUIET or WARN. troubles: sentences about what cannot be taken in."""

    path: str
    tone: str
    told: str
    waiting: str
    troubles: tuple[str, ...]


def folders() -> list[Folder]:
    """Those that the record knows; none where nobody watches a folder."""
    moment = datetime.now(UTC)
    with bank().database.reading() as session:
        found = watched.folders(session)
    return [_folder(one, moment) for one in found]


def _folder(one: WatchedFolder, moment: datetime) -> Folder:
    since, looked = day_and_time(one.since, moment), day_and_time(one.looked_at, moment)
    if watched.is_silent(one, moment):
        told = _("Ingen tittar i mappen just nu; senast %(when)s. Kontrollera att bevakningen är igång.", when=looked)
        return Folder(one.path, WARN, told, "", ())
    if one.state == watched.AWAY:
        told = _("Mappen går inte att nå sedan %(when)s. Bevakningen väntar tills den kommer tillbaka.", when=since)
        return Folder(one.path, WARN, told, "", ())
    if one.state == watched.STOPPED:
        return Folder(one.path, QUIET, _("Bevakningen är avstängd sedan %(when)s.", when=since), "", ())
    waiting = ngettext("En fil väntar.", "%(n)s filer väntar.", one.waiting, n=number(one.waiting))
    return Folder(
        one.path,
        WARN if one.troubles else OK,
        _("Filer som läggs i mappen tas in av sig själva."),
        waiting if one.waiting else "",
        tuple(_trouble(trouble) for trouble in one.troubles),
    )


def _trouble(trouble: Mapping[str, str]) -> str:
    name, detail = trouble.get("name", ""), trouble.get("detail", "")
    sentences = {
        "description": _("%(name)s kan inte användas, så mappens filer väntar: %(detail)s", name=name, detail=detail),
        "folder": _("Mappen %(name)s går inte att läsa: %(detail)s", name=name, detail=detail),
        "stuck": _("%(name)s är mottagen men kan inte flyttas: %(detail)s", name=name, detail=detail),
    }
    unread = _("%(name)s kan inte läsas eller sparas: %(detail)s", name=name, detail=detail)
    return sentences.get(trouble.get("why", ""), unread)
