"""From a form's files to rows: the road that all dropped files go, and the project that the form asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from werkzeug.datastructures import FileStorage

from catalog import documents, dropping, identity, projects
from indexer import hanging, sniff
from webapp.bank import Bank
from webapp.upload_wish import NEW, OWN, PRESENT, UploadWish

BEFORE_IMPORTS = 3  # priority of what a person waits for


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the files and the members of zip files."""

    files: tuple[dropping.Dropped, ...]

    @property
    def refused(self) -> tuple[str, ...]:
        return tuple(one.refused for one in self.files if one.refused)

    @property
    def only_too_large(self) -> bool:
        return set(self.refused) == {"too_large"} and len(self.refused) == len(self.files)


def take_in(bank: Bank, files: Iterable[FileStorage], wish: UploadWish, by: str) -> Taken:
    """Keeps each file and promises to read it.

    Raises NotThere where the chosen project is gone, IdentityNumbersUnconfirmed where the new one's name holds such a
    number and would become open.
    """
    desk = dropping.Desk(bank.database, bank.originals, bank.settings.upload_limit, sniff, hanging)
    said = dropping.Wish(by, None, wish.publish, wish.classification, priority=BEFORE_IMPORTS)
    said = replace(said, project_id=_project(bank, wish, said))
    taken: list[dropping.Dropped] = []
    for file in files:
        known: dict[str, int] = {}
        for dropped in dropping.drop(desk, file.stream, file.filename or "", said):
            if wish.project == OWN:
                _give_project(bank, dropped, said, known.get(dropped.path.rpartition("/")[0]))
            if dropped.document_id is not None:
                known[dropped.path] = dropped.document_id
            taken.append(dropped)
    return Taken(tuple(taken))


def _project(bank: Bank, wish: UploadWish, said: dropping.Wish) -> int | None:
    if wish.project == PRESENT:
        with bank.database.reading() as session:
            return projects.get(session, wish.project_id or 0).id
    if wish.project != NEW:
        return None
    with bank.database.transaction() as session:
        # Sent one by one, the files of one form meet in the project of that name.
        project = projects.find_by_title(session, wish.title)
        if project is None:
            project = projects.create(session, title=wish.title)
            if said.publish:
                projects.publish(session, project.id, said.classification, said.dropped_by)
        return project.id


def _give_project(bank: Bank, dropped: dropping.Dropped, said: dropping.Wish, hangs_on: int | None) -> None:
    """A project of its own for a new document; an attachment goes with its mail.

    Members of a zip have the project of their folder already.
    """
    if dropped.document_id is None or dropped.duplicate:
        return
    with bank.database.transaction() as session:
        if documents.get(session, dropped.document_id).project_id is not None:
            return
        if hangs_on is not None:
            documents.update(session, dropped.document_id, project_id=documents.get(session, hangs_on).project_id)
            return
        title = title_of_file(dropped.path)
        project = projects.create(session, title=title, working_title=True)
        if said.publish and not identity.find_identity_numbers(title):
            projects.publish(session, project.id, said.classification, said.dropped_by)
        documents.update(session, dropped.document_id, project_id=project.id)


def title_of_file(path: str) -> str:
    """A title until a person gives a better one: Bo_kvar_delrapport.docx as Bo kvar delrapport."""
    stem = PurePath(dropping.shown_name(path)).stem
    return " ".join(stem.replace("_", " ").split()) or stem
