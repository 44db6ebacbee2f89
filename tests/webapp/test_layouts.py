"""A Word file as pictures: the text at once, the picture when it is made, on the page where the hit stands."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from catalog import documents
from tests.indexer.extraction import fyrbaken
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from webapp import layouts
from webapp.pictures import FORM

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXTS = [
    f"{fyrbaken.TITLE}\n\n{fyrbaken.FIRST}\n\n{fyrbaken.HEADING}\n\n{fyrbaken.LAST}",
    "Sista avsnittet har inga ord.",
]


@pytest.fixture
def report(bank: SmallBank) -> int:
    """A Word file of two pages whose text knows other pages: all of it is the first section."""
    made = bank.document("Fyrbåken", TEXTS, content=fyrbaken.word(), media_type=WORD, file_name="fyrbåken.docx")
    bank.index()
    return made


def made_state(client: FlaskClient, report: int, *, until: frozenset[str] = frozenset({"ready", "failed"})) -> str:
    """Asks as the page's script does until the making is over."""
    for _ in range(1200):
        state: dict[str, Any] = json.loads(client.get(f"/dokument/{report}/bild").get_data(as_text=True))
        if state["state"] in until:
            return str(state["state"])
        time.sleep(0.1)
    raise AssertionError(state)


def test_the_text_is_there_at_once_and_the_picture_when_it_is_made(
    client: FlaskClient, report: int, require_program: Callable[[str], str]
) -> None:
    require_program("soffice")
    first = client.get(f"/dokument/{report}?q=torsdagar").get_data(as_text=True)
    assert "Bilden av sidan görs i ordning." in first
    assert "sheet__image" not in first
    assert made_state(client, report) == "ready"
    then = client.get(f"/dokument/{report}?q=torsdagar").get_data(as_text=True)
    # The hit stands in the first section and on the second page of the picture.
    assert f"/dokument/{report}/sida/2.png?bredd=1120" in then
    assert then.count("<rect ") - then.count("reach") > 1
    assert 'x="' in then.split("sheet__marks")[1].split("</svg>")[0]
    assert client.get(f"/dokument/{report}/sida/2.png?bredd=560").data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")
    assert client.get(f"/dokument/{report}/sida/3.png").status_code == 404


def test_a_section_over_two_pages_shows_either(
    client: FlaskClient, report: int, require_program: Callable[[str], str]
) -> None:
    require_program("soffice")
    made_state(client, report)
    page = client.get(f"/dokument/{report}?q=hemtjänst").get_data(as_text=True)
    assert f"/dokument/{report}/sida/1.png?bredd=1120" in page
    assert "Visas på sida" in page
    other = client.get(f"/dokument/{report}?q=hemtjänst&sida=1&bild=2").get_data(as_text=True)
    assert f"/dokument/{report}/sida/2.png?bredd=1120" in other
    assert f"/dokument/{report}/sida/1.png?bredd=1120" in client.get(
        f"/dokument/{report}?q=hemtjänst&sida=1&bild=9"
    ).get_data(as_text=True)


def test_what_cannot_be_made_is_told_and_the_text_stays(
    bank: SmallBank, client: FlaskClient, require_program: Callable[[str], str]
) -> None:
    require_program("soffice")
    broken = bank.document("Trasig", ["Ord om boende."], content=b"PK\x03\x04 trasigt", media_type=WORD)
    assert made_state(client, broken) == "failed"
    page = client.get(f"/dokument/{broken}?q=boende").get_data(as_text=True)
    assert "Bilden av sidan görs" not in page
    assert "<mark" in page


def test_where_libreoffice_is_missing_the_text_stands_alone(
    client: FlaskClient, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layouts, "converts", lambda _: False)
    page = client.get(f"/dokument/{report}?q=torsdagar").get_data(as_text=True)
    assert "Bilden av sidan" not in page
    assert client.get(f"/dokument/{report}/bild").get_json() == {"state": "none"}


def test_nobody_learns_about_a_document_that_is_not_for_them(bank: SmallBank, client: FlaskClient) -> None:
    hidden = bank.document("Hemlig", ["Ord."], classification="restricted", media_type=WORD)
    assert client.get(f"/dokument/{hidden}/bild").status_code == 404


def test_pictures_go_with_their_document(
    bank: SmallBank, client: FlaskClient, sign_in: SignIn, report: int, require_program: Callable[[str], str]
) -> None:
    require_program("soffice")
    made_state(client, report)
    with bank.workers.database.reading() as session:
        sha256 = documents.get(session, report).sha256
    place = bank.settings.pictures_folder / sha256[:2] / sha256
    assert list(place.glob("*-layout.pdf"))
    editor = sign_in("redaktor")
    address = f"/dokument/{report}/ta-bort"
    editor.post(address, data={"varfor": "Fel fil.", "csrf_token": csrf_token(editor, address)})
    assert not place.exists()


def test_the_oldest_pdfs_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layouts, "MOST_BYTES", 25)
    made = []
    for age, name in ((300, "aa"), (200, "bb"), (100, "cc")):
        pdf = tmp_path / name / (name * 32) / f"{FORM}-layout.pdf"
        pdf.parent.mkdir(parents=True)
        pdf.write_bytes(b"0123456789")
        os.utime(pdf, (1_000_000 - age, 1_000_000 - age))
        made.append(pdf)
    layouts._make_room(tmp_path, made[-1])
    assert [pdf.exists() for pdf in made] == [False, True, True]
