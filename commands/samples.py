"""The sample collection: imported through the same queue that people use, published with the classes it names."""

from __future__ import annotations

from pathlib import Path

import click

from catalog.dropping import Wish
from commands.import_plan import plan
from commands.importing import import_all, opened_desk
from settings import Settings

DOCUMENTS = Path(__file__).resolve().parent.parent / "samples" / "documents"
IMPORTED_BY = "exempelsamling"


def begin_samples(settings: Settings) -> None:
    """Notes that the collection is wanted, so that an import that was stopped goes on at the next start."""
    _note(settings).touch()


def import_samples(settings: Settings) -> None:
    """Imports what is missing of the collection, where it was begun and has not been finished."""
    if not _note(settings).exists() or not DOCUMENTS.is_dir():
        return
    wish = Wish(IMPORTED_BY, publish=True, classification="open", skip_known=True)
    with opened_desk(settings) as desk:
        imported = list(import_all(desk, plan(desk.database, [DOCUMENTS], wish)))
    _note(settings).unlink()
    click.echo(f"{len(imported)} sample files are in the queue.", err=True)


def _note(settings: Settings) -> Path:
    return settings.data_folder / "samples.unfinished"
