"""People, readers and the index change the same few rows at once: nobody is turned away and nothing is left owed."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents, jobs, projects
from catalog.database import Database
from catalog.errors import AlreadyThere
from catalog.jobs import Claimed
from catalog.models import Document, Project
from tests import factories

TURNS = 15
LEASE = 60.0


@dataclass
class House:
    """Two projects with four documents each, and a random choice among them."""

    database: Database
    projects: list[int] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(5))
    refused: list[BaseException] = field(default_factory=list)

    def fill(self) -> None:
        with self.database.transaction() as session:
            for title in ("Bo kvar", "Vräkningsfri zon"):
                project = factories.project(session, title, published=False)
                self.projects.append(project.id)
                made = (factories.document(session, f"{title} {n}.pdf", project_id=project.id) for n in range(4))
                self.documents += [one.id for one in made]

    @property
    def project(self) -> int:
        return self.chance.choice(self.projects)

    @property
    def document(self) -> int:
        return self.chance.choice(self.documents)

    def live(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Each act in a thread of its own, again and again: ten at most, as many as a process has connections."""
        together = threading.Barrier(len(acts))
        threads = [threading.Thread(target=self._repeat, args=(act, together)) for act in acts.values()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _repeat(self, act: Callable[[], object], together: threading.Barrier) -> None:
        together.wait()
        for _ in range(TURNS):
            try:
                act()
            except Exception as error:  # noqa: BLE001 - told by the test
                self.refused.append(error)


def test_nobody_is_turned_away(database: Database) -> None:
    house = House(database)
    house.fill()

    def change(act: Callable[[Session], object]) -> Callable[[], None]:
        def changed() -> None:
            with database.transaction() as session:
                act(session)

        return changed

    house.live(
        {
            "describe": change(lambda s: projects.update(s, house.project, aim=f"Fler {house.chance.random()}")),
            "publish": change(lambda s: projects.publish(s, house.project, "open", "Eva")),
            "rename": change(lambda s: documents.update(s, house.document, title=f"Nr {house.chance.random()}")),
            "show": change(lambda s: documents.publish(s, house.document, "open", "Eva")),
            "hide": change(lambda s: (projects.unpublish(s, house.project), documents.retry(s, house.document))),
            "move": change(lambda s: documents.update(s, house.document, project_id=house.project)),
            "read": change(lambda s: _read(s, house.document)),
            "read too": change(lambda s: _read(s, house.document)),
            "promise": change(_promise_all),
            "index": lambda: _index(database),
            "index too": lambda: _index(database),
        }
    )
    assert house.refused == []
    _index(database)
    with database.reading() as session:
        assert jobs.waiting(session).get("index", 0) == 0
        for table in (Document, Project):
            rows = session.execute(select(table.version, table.indexed_version)).all()
            assert [indexed for _, indexed in rows] == [version for version, _ in rows]


def _read(session: Session, document_id: int) -> None:
    factories.read(session, documents.get(session, document_id), [f"Sida {time.monotonic()}"])


def _promise_all(session: Session) -> None:
    for one, version in sorted(documents.versions(session).items()):
        jobs.add(session, "index", "document", one, version, 8)


def _index(database: Database) -> None:
    """As the indexing worker does: claims in one transaction, notes what it wrote in the next."""
    owner = f"{threading.get_ident()}:1:1"
    with database.transaction(alone=False) as session:
        claimed = jobs.claim(session, "index", owner, 64, LEASE, time.time())
        versions = {"document": documents.versions(session), "project": projects.versions(session)}
    with database.transaction() as session:
        _note(session, claimed, versions)


def _note(session: Session, claimed: list[Claimed], versions: Mapping[str, Mapping[int, int]]) -> None:
    written = {
        subject: {one.subject_id: found[one.subject_id] for one in claimed if one.subject == subject}
        for subject, found in versions.items()
    }
    documents.mark_indexed(session, written["document"])
    projects.mark_indexed(session, written["project"])
    for one in claimed:
        jobs.done(session, one)


def test_a_form_that_is_sent_again_and_again_makes_one_project(database: Database) -> None:
    house = House(database)

    def create() -> None:
        with database.transaction() as session:
            projects.create(session, title="Bo kvar", project_id=17)

    house.live({str(number): create for number in range(4)})
    assert {type(one) for one in house.refused} == {AlreadyThere}
    assert len(house.refused) == 4 * TURNS - 1
    with database.reading() as session:
        assert [one.slug for one in session.scalars(select(Project))] == ["bo-kvar"]
