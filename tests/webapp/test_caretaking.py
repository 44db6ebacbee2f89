"""/administration: what needs somebody, counted as the lists behind it, and every place with a way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog import documents, editors_words, jobs, judgements, watched
from catalog.columns import now
from catalog.models import Document
from catalog.watch_models import WatchedFolder
from indexer import readers
from tests import factories
from tests.outdated import outdate
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import PDF, SmallBank
from workers.sweep import sweep

HERE = "/administration"


def failed(bank: SmallBank, name: str, reason: str) -> None:
    kept = bank.workers.originals.keep(BytesIO(name.encode()), 100)
    with bank.workers.database.transaction() as session:
        arrival = documents.Arrival(kept, name, PDF, documents.Wish("anna"))
        (made,) = documents.register(session, [arrival])
        documents.fail(session, made.document_id, reason)
        jobs.forget(session, "read", "document", [made.document_id])


def needs(sign_in: SignIn) -> dict[str, tuple[str, str]]:
    """Why, and the way on, by name."""
    found = page(sign_in(), HERE)
    names, whys = texts(found, ".queue__name"), texts(found, ".queue__state")
    assert texts(select(found, "main section")[0], ".count") == [str(len(names))]
    return dict(zip(names, zip(whys, links(found, ".queue__act a"), strict=True), strict=True))


def test_a_bank_where_all_is_well_says_so(sign_in: SignIn) -> None:
    assert needs(sign_in) == {}
    assert "Inget väntar på dig." in page(sign_in("administrator", "bo"), HERE).text_content()


def test_files_that_could_not_be_read_lead_to_their_list(bank: SmallBank, sign_in: SignIn) -> None:
    failed(bank, "a.pdf", "damaged")
    failed(bank, "b.pdf", "damaged")
    why, address = needs(sign_in)["2 filer gick inte att läsa"]
    assert (why, address) == ("Skadad fil: 2.", f"{HERE}/tackning/skadade")
    assert len(texts(page(sign_in("redaktor", "bo"), address), ".list h2")) == 2


def test_several_reasons_are_told_and_lead_to_all_of_them(bank: SmallBank, sign_in: SignIn) -> None:
    for reason in ("encrypted", "damaged", "too_large", "too_slow", "no_text"):
        failed(bank, f"{reason}.pdf", reason)
    why, address = needs(sign_in)["5 filer gick inte att läsa"]
    assert why.startswith("Lösenordsskyddad: 1. Skadad fil: 1.")
    assert why.endswith("Av andra skäl: 2.")
    assert address == f"{HERE}/tackning#olasta"


def test_scans_that_wait_for_somebody_are_told_once(bank: SmallBank, sign_in: SignIn) -> None:
    failed(bank, "bara bilder.pdf", "needs_ocr")
    with bank.workers.database.transaction() as session:
        off = {"word_count": 2, "reads_scans": False}
        factories.document(session, "Blandad.pdf", pages=("Farsta", ""), scans={2: "picture"}, reading=off)
    why, address = (found := needs(sign_in))["Inskannade sidor väntar på att läsas"]
    assert not [name for name in found if "gick inte" in name]
    assert why.startswith("Ett dokument är bara bilder. En sida i ett annat dokument.")
    assert address == f"{HERE}/index#inskannade"
    shown = page(sign_in("redaktor", "bo"), HERE)
    states = dict(zip(texts(shown, ".places a"), texts(shown, ".places .count"), strict=True))
    assert states["Inskannade sidor"] in {"väntar på ett klick", "programmet saknas"}


def test_an_index_of_older_rules_leads_to_the_rebuild(bank: SmallBank, sign_in: SignIn) -> None:
    bank.document("Rapport", ["Boendestöd"])
    bank.index()
    outdate(bank.workers)
    sweep(bank.workers)
    _why, address = needs(sign_in)["Indexet är byggt med äldre fält eller ordregler"]
    assert address == f"{HERE}/index/bygg-om"


def _silent(session: Session) -> None:
    watched.note_stand(session, "/srv/in", watched.Stand(watched.WATCHED))
    session.execute(update(WatchedFolder).values(looked_at=now() - timedelta(hours=1)))


def _troubled(session: Session) -> None:
    trouble = {"name": "a.txt", "why": "unreadable", "detail": "Permission denied"}
    watched.note_stand(session, "/srv/in", watched.Stand(watched.WATCHED, 1, (trouble,)))


@pytest.mark.parametrize(
    ("stand", "told"), [(_silent, "Ingen tittar i mappen just nu"), (_troubled, "a.txt kan inte läsas eller sparas")]
)
def test_a_watched_folder_that_needs_somebody_is_told(
    bank: SmallBank, sign_in: SignIn, stand: Callable[[Session], None], told: str
) -> None:
    with bank.workers.database.transaction() as session:
        stand(session)
    why, address = needs(sign_in)["Den bevakade mappen /srv/in behöver ses över"]
    assert why.startswith(told)
    assert address == f"{HERE}/index#bevakad"


def test_a_watched_folder_in_order_needs_nobody_but_is_a_place(bank: SmallBank, sign_in: SignIn) -> None:
    with bank.workers.database.transaction() as session:
        watched.note_stand(session, "/srv/in", watched.Stand(watched.WATCHED))
    found = page(sign_in(), HERE)
    assert not select(found, ".queue")
    assert "Bevakad mapp" in texts(found, ".places a")


@pytest.mark.parametrize(
    ("fields", "name", "address"),
    [
        (
            {"reason": "identity", "published_at": None},
            "Ett dokument väntar på att personnummer bedöms",
            "tackning/personnummer",
        ),
        ({"reader": "pdf:1.0"}, "Ett dokument kan läsas bättre", "tackning/aldre-lasare"),
        ({"reason": "damaged"}, "Ett dokument gick inte att läsa om", "tackning/omlasning-misslyckad"),
    ],
)
def test_a_document_that_a_better_reading_waits_for_is_told(
    bank: SmallBank, sign_in: SignIn, fields: dict[str, Any], name: str, address: str
) -> None:
    one = bank.document("Rapport", ["a"])
    with bank.workers.database.transaction() as session:
        changed = {"reader": readers()[PDF], **fields}
        session.execute(update(Document).where(Document.id == one).values(**changed))
    assert needs(sign_in)[name][1] == f"{HERE}/{address}"


def test_each_place_has_its_state(bank: SmallBank, sign_in: SignIn) -> None:
    project = bank.project("Bo kvar", funding=[(2020, 1000, 0)])
    one = bank.document("Rapport", ["a", "b"], project_id=project)
    with bank.workers.database.transaction() as session:
        editors_words.add(session, "synonym", "boende", same_as="hem", by="anna")
        editors_words.add(session, "word", "egenord", by="anna")
        judgements.judge(session, "boende", {one: 2}, by="anna")
    bank.index()
    sweep(bank.workers)
    found = page(sign_in(), HERE)
    told = dict(zip(texts(found, ".places a"), texts(found, ".places .count"), strict=True))
    assert told["Ord"] == "en synonym"
    assert told["Provfrågor"] == "en fråga"
    assert told["Täckning"] == "100 % av sidorna"
    assert told["Årsrapport"] == "medel till och med 2020"
    assert told["Ladda upp"] == "inget väntar"


def test_every_way_leads_somewhere_and_the_places_lead_back(bank: SmallBank, sign_in: SignIn) -> None:
    with bank.workers.database.transaction() as session:
        watched.note_stand(session, "/srv/in", watched.Stand(watched.AWAY))
    failed(bank, "a.pdf", "damaged")
    failed(bank, "bilder.pdf", "needs_ocr")
    client = sign_in()
    found = page(client, HERE)
    for address in links(found, "main a"):
        there = page(client, address)
        if "#" in address:
            assert select(there, f"#{address.partition('#')[2]}"), f"{address} leads to no such part"
        if address.startswith(HERE):
            assert links(there, ".crumbs a")[0] == HERE


def test_the_menu_leads_there_and_marks_it(sign_in: SignIn) -> None:
    client = sign_in()
    for address in (HERE, f"{HERE}/ord", f"{HERE}/tackning"):
        assert {one.get("href") for one in select(page(client, address), "nav [aria-current=page]")} >= {HERE}


def test_readers_and_strangers_are_kept_out(sign_in: SignIn, app: Flask) -> None:
    assert sign_in("lasare", "bo").get(HERE).status_code == HTTPStatus.FORBIDDEN
    assert app.test_client().get(HERE).status_code == HTTPStatus.SEE_OTHER
