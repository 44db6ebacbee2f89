"""A bank in which each table has rows."""

from __future__ import annotations

from catalog import (
    documents,
    editors_words,
    generations,
    identity,
    judgements,
    projects,
    saved_views,
    sign_in_failures,
    terms,
    watched,
    words,
)
from catalog.database import Database
from tests import factories


def fill(database: Database) -> None:
    with database.transaction() as session:
        terms.seed(session)
        project = factories.project(session, "Bo kvar", terms={"organisation": ["Skärholmen"]}, partners=["Ersta"])
        projects.set_funding(session, project, [(2019, 480_000, 0)])
        person = factories.user(session)
        saved_views.keep(session, person.id, "Utfall per år", "/utforska?rader=ar")
        factories.queued(session, "Väntar.pdf")
        found = factories.document(session, "Läst.pdf", project_id=project.id, analysed=True)
        identity.decide(session, found.id, 1, "f" * 64, "may_stand", by="Eva", why="påhittat")
        judgements.judge(session, "boendestöd", {found.id: 2}, by="Eva")
        factories.document(session, "Skannad.pdf", scans={1: "picture"})
        removed = factories.document(session, "Borttagen.pdf")
        documents.remove(session, removed.id, by="Eva", why="fel fil")
        generations.switched(session, "first", {"format": "of today"})
        words.count(session, [words.CountedWord("boendestöd", "boendestöd", 1, ("boend", "stöd"))])
        editors_words.add(session, "word", "språkrör", by="Eva")
        sign_in_failures.note(session, "someone", 1_000_000.0)
        watched.note_stand(session, "/srv/in", watched.Stand(watched.WATCHED))
        watched.note_file(session, "/srv/in", found.id, "klart/Läst.pdf", 5, 1)
