from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalog import generations, scans
from catalog.generation_models import IndexGeneration
from catalog.generations import Owed
from indexer import fingerprint
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from webapp.index_page import IndexPage, Standing, build
from webapp.scans_page import ScansPage
from workers.rebuilding import pause, promise_rebuild
from workers.sweep import sweep

HERE = "/administration/index"
NOW = datetime(2026, 2, 3, 13, 2, tzinfo=UTC)
NO_SCANS = ScansPage("", "5.3.0", "", scans.Standing(0, 0, 0, 0, 0))


def _generation(**said: object) -> IndexGeneration:
    given = {
        "name": "20260203-1",
        "state": "live",
        "built_for": fingerprint(),
        "started_at": NOW - timedelta(seconds=10),
        "checked_at": NOW,
        "entries_promised": 12,
        "pages_promised": 1000,
        "entries": 1234,
        "pages": 6372,
        "size": 2_400_000,
        "differences": 0,
    }
    return IndexGeneration(**{**given, **said})


def _built(app: Flask, building: IndexGeneration | None = None, owed: Owed | None = None) -> IndexPage:
    with app.test_request_context("/"):
        return build(Standing(_generation(), building, owed or Owed(0, 0), {"index": 2}), "tantivy", NOW, NO_SCANS)


class TestPage:
    def test_what_is_in_use_is_told_in_words(self, app: Flask) -> None:
        found = _built(app)
        hard = "\N{NO-BREAK SPACE}"
        assert found.in_use is not None
        assert found.in_use.content == f"1{hard}234 poster, 6{hard}372 sidor"
        assert found.in_use.size == f"2,4{hard}MB"
        assert (found.in_use.built, found.in_use.checked) == ("i dag 14.01", "i dag 14.02")
        assert (found.is_outdated, found.progress, found.indexing) == (False, None, 2)

    def test_progress_tells_pages_speed_and_time_left(self, app: Flask) -> None:
        progress = _built(app, _generation(state="building"), Owed(4, 500)).progress
        assert progress is not None
        assert (progress.done, progress.percent, progress.is_written) == (500, 50, False)
        assert progress.said.endswith("sidor, ungefär 10 sekunder kvar")
        assert progress.speed == "50 sidor i sekunden"

    def test_a_pause_takes_no_part_in_speed_and_time_left(self, app: Flask) -> None:
        paused = _built(app, _generation(state="building", paused_at=NOW), Owed(4, 500)).progress
        assert paused is not None
        assert (paused.is_paused, paused.speed, "kvar" in paused.said) == (True, "", False)
        begun = NOW - timedelta(hours=1, seconds=10)
        later = _built(app, _generation(state="building", started_at=begun, paused_seconds=3600.0), Owed(4, 500))
        assert later.progress is not None
        assert later.progress.said.endswith("ungefär 10 sekunder kvar")

    def test_a_rebuild_that_was_just_begun_has_no_time_left_to_tell(self, app: Flask) -> None:
        progress = _built(app, _generation(state="building"), Owed(12, 1000)).progress
        assert progress is not None
        assert (progress.percent, progress.speed, "kvar" in progress.said) == (0, "", False)

    def test_a_bank_without_pages_counts_entries(self, app: Flask) -> None:
        progress = _built(app, _generation(state="building", pages_promised=0), Owed(3, 0)).progress
        assert progress is not None
        assert progress.said.startswith("9 av 12 poster")


def test_page_of_a_bank_that_was_never_compared_says_so(sign_in: SignIn) -> None:
    assert "inte jämförts" in page(sign_in(), HERE).text_content()


def test_page_agrees_with_the_record_after_a_sweep(bank: SmallBank, sign_in: SignIn) -> None:
    bank.document("Rapport", ["Boendestöd", "Vräkning"])
    bank.index()
    sweep(bank.workers)
    found = page(sign_in(), HERE)
    assert "Poster och sidor är desamma" in found.text_content()
    assert bank.workers.generations.live() in texts(found, ".facts code")


def test_a_second_click_is_told_of_the_rebuild_that_is_going_on(bank: SmallBank, sign_in: SignIn) -> None:
    client = sign_in()
    token = csrf_token(client, f"{HERE}/bygg-om")
    for expected in ("är påbörjad", "pågår redan"):
        answer = client.post(f"{HERE}/bygg-om", data={"csrf_token": token}, follow_redirects=True)
        assert expected in answer.get_data(as_text=True)
    with bank.workers.database.reading() as session:
        assert len([one for one in generations.everyone(session) if one.state == "building"]) == 1


@pytest.fixture
def building(bank: SmallBank) -> str:
    """A rebuild that has begun."""
    bank.document("Rapport", ["Boendestöd"])
    bank.index()
    return promise_rebuild(bank.workers).name


def _post(client: FlaskClient, step: str, generation: str) -> str:
    token = csrf_token(client, "/om")
    sent = {"csrf_token": token, "generation": generation}
    answer = client.post(f"{HERE}/bygg-om/{step}", data=sent, follow_redirects=True)
    assert answer.status_code == HTTPStatus.OK
    return answer.get_data(as_text=True)


def test_an_administrator_pauses_a_rebuild_and_lets_it_go_on(bank: SmallBank, sign_in: SignIn, building: str) -> None:
    client = sign_in("administrator", "bo")
    assert f'formaction="{HERE}/bygg-om/pausa"' in client.get(HERE).get_data(as_text=True)
    assert "Ombyggnaden är pausad." in _post(client, "pausa", building)
    shown = page(client, HERE)
    assert texts(shown, "#ombyggnad") == ["Ombyggnaden är pausad"]
    assert "kvar." not in texts(shown, ".rebuild")[0]
    assert "Ombyggnaden av indexet är pausad" in texts(page(client, "/administration"), ".queue__name")
    bank.index()
    assert bank.workers.generations.live() != building
    assert "går vidare" in _post(client, "fortsatt", building)
    assert "hade redan ändrats" in _post(client, "fortsatt", building)
    bank.index()
    assert bank.workers.generations.live() == building


def test_an_administrator_gives_a_rebuild_up_after_being_asked(bank: SmallBank, sign_in: SignIn, building: str) -> None:
    client, live = sign_in("administrator", "bo"), bank.workers.generations.live()
    (ask,) = links(page(client, HERE), ".rebuild a.btn--quiet")
    assert texts(page(client, ask), "h1") == ["Avbryta ombyggnaden?"]
    assert building in client.get(ask).get_data(as_text=True)
    assert "hade redan ändrats" in _post(client, "avbryt", "20010101-000000")
    assert "är avbruten" in _post(client, "avbryt", building)
    assert bank.workers.generations.names() == [live]
    assert texts(page(client, ask), "h1") == ["Ingen ombyggnad pågår"]


@pytest.mark.parametrize("step", ["pausa", "fortsatt", "avbryt"])
def test_editors_see_a_paused_rebuild_and_cannot_steer_it(
    bank: SmallBank, sign_in: SignIn, building: str, step: str
) -> None:
    pause(bank.workers, building)
    editor = sign_in()
    shown = page(editor, HERE)
    assert "En administratör kan låta den gå vidare." in shown.text_content()
    assert not select(shown, "#ombyggnad-styr, [formaction]")
    sent = {"csrf_token": csrf_token(editor, f"{HERE}/bygg-om"), "generation": building}
    assert editor.post(f"{HERE}/bygg-om/{step}", data=sent).status_code == HTTPStatus.FORBIDDEN


def test_the_part_that_changes_of_a_paused_rebuild_is_sent_once(
    bank: SmallBank, sign_in: SignIn, building: str
) -> None:
    pause(bank.workers, building)
    client = sign_in("administrator", "bo")
    first = client.get(f"{HERE}/nu")
    assert client.get(f"{HERE}/nu", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_part_that_changes_is_sent_only_when_it_has(bank: SmallBank, sign_in: SignIn) -> None:
    client = sign_in()
    first = client.get(f"{HERE}/nu")
    same = client.get(f"{HERE}/nu", headers={"If-None-Match": first.headers["ETag"]})
    bank.document("Rapport", ["Boendestöd"])
    other = client.get(f"{HERE}/nu", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, same.status_code, other.status_code) == (200, 304, 200)


@pytest.mark.parametrize("path", ["", "/nu", "/bygg-om", "/bygg-om/avbryt"])
def test_readers_are_kept_out(sign_in: SignIn, app: Flask, path: str) -> None:
    assert sign_in("lasare", "bo").get(HERE + path).status_code == HTTPStatus.FORBIDDEN
    assert app.test_client().get(HERE + path).status_code == HTTPStatus.SEE_OTHER


def test_readers_do_not_see_the_way_there(sign_in: SignIn) -> None:
    assert "/administration" in links(page(sign_in(), "/om"), "nav a")
    assert "/administration" not in links(page(sign_in("lasare", "bo"), "/om"), "nav a")
