from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from flask import Flask

from catalog.drops import QueueRow
from catalog.queue_places import DONE, HELP, PLACES, UNDER_WAY
from indexer import REASONS
from webapp.queue_page import NAMED_REASONS, Line, QueuePage, Reader, build
from webapp.queue_part import QueuePart

NOW = datetime(2026, 2, 3, 13, 2, tzinfo=UTC)
ROW = QueueRow(
    drop_id=1,
    file_name="rapport.pdf",
    size=2_400_000,
    media_type="application/pdf",
    dropped_by="anna",
    dropped_at=NOW,
    document_id=7,
    duplicate=False,
    refused="",
    state="read",
    reason="",
    page_count=58,
    pages_read=58,
    seconds_left=None,
    attempts=1,
    published=True,
    indexed=True,
    project_id=None,
    title="Rapport",
    place=DONE,
)


@pytest.fixture(autouse=True)
def _in_swedish(app: Flask) -> object:
    with app.test_request_context("/"):
        yield


def _page(*rows: QueueRow, me: str = "anna", more: Mapping[str, int] = MappingProxyType({})) -> QueuePage:
    """more: how many files of a place stand on no row."""
    counts = {place: sum(row.place == place for row in rows) + more.get(place, 0) for place in PLACES}
    return build(rows, counts, QueuePart(), Reader(me, 200, NOW))


def _line(**changed: object) -> Line:
    return _page(replace(ROW, **changed)).lines[0]  # type: ignore[arg-type]  # any field may change


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words_and_something_to_do(reason: str) -> None:
    line = _line(state="failed", reason=reason, place=HELP)
    assert reason in NAMED_REASONS
    assert line.state.endswith(".")
    assert line.what.endswith(".")
    assert line.retry or line.scan


def test_a_reason_of_a_newer_reader_is_still_told() -> None:
    assert _line(state="failed", reason="haunted").state == "Kunde inte läsas."


def test_a_refused_file_cannot_be_tried_again() -> None:
    line = _line(document_id=None, refused="too_large", state="")
    assert not line.retry
    assert "Gränsen är 200 MB per fil." in line.what


@pytest.mark.parametrize(
    ("changed", "place", "state", "what"),
    [
        ({"state": "queued", "seconds_left": 14.0}, UNDER_WAY, "I kö.", "Ungefär 15 sekunder till start."),
        ({"state": "reading", "pages_read": 31}, UNDER_WAY, "Läses.", "Sida 31 av 58."),
        ({"state": "reading", "seconds_left": 9.0}, UNDER_WAY, "Läses.", "Sida 58 av 58, ungefär 10 sekunder kvar."),
        ({"state": "reading", "page_count": 0}, UNDER_WAY, "Läses.", "Nyss påbörjad."),
        ({"indexed": False}, UNDER_WAY, "Läst.", "Blir sökbar om några sekunder."),
        ({"published": False}, DONE, "Sökbar för redaktörer.", "Granska uppgifterna och publicera."),
        ({}, DONE, "Publicerad.", ""),
        ({"hidden_by_project": True}, DONE, "Publicerad.", "Bara de som ser projektet ser dokumentet."),
        ({"duplicate": True, "state": "failed"}, DONE, "Dubblett.", ""),
    ],
)
def test_each_state_has_its_words(changed: dict[str, object], place: str, state: str, what: str) -> None:
    line = _line(**changed, place=place)
    assert (line.state, line.what) == (state, what)


def test_what_waits_for_a_person_before_it_is_open_needs_help() -> None:
    assert _line(published=False, place=HELP).check
    assert not _line(published=False).check


def test_the_quiet_line_tells_kind_size_pages_and_who() -> None:
    hard = "\N{NO-BREAK SPACE}"
    assert _line().meta == ("PDF, 2,4" + hard + "MB", "58 sidor", "du släppte den i dag 14.02")
    others = _page(replace(ROW, dropped_at=NOW - timedelta(days=1)), me="bo").lines[0]
    assert others.meta[-1] == "anna släppte den i går 14.02"
    assert _line(dropped_at=NOW - timedelta(days=40)).meta[-1] == "du släppte den 25 december 2025 14.02"


def test_the_summary_counts_and_tells_the_time_left() -> None:
    waiting = replace(ROW, state="queued", indexed=False, seconds_left=38.0, place=UNDER_WAY)
    reading = replace(ROW, state="reading", seconds_left=12.0, place=UNDER_WAY)
    failed = replace(ROW, state="failed", reason="damaged", place=HELP)
    page = _page(waiting, reading, failed, ROW)
    assert page.heading == "4 filer, 1 klar"
    assert page.news == "Läser 1, väntar 1. 1 behöver din hjälp. Ungefär 40 sekunder kvar."
    assert _page(ROW).news == "Allt är läst."


def test_one_file_needs_help_in_english(app: Flask) -> None:
    failed = replace(ROW, state="failed", reason="damaged", place=HELP)
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        assert [_page(failed).news, _page(failed, failed).news] == ["1 needs your help.", "2 need your help."]


def test_files_without_a_row_are_counted_too() -> None:
    reading = replace(ROW, state="reading", seconds_left=12.0, place=UNDER_WAY)
    page = _page(reading, ROW, more={UNDER_WAY: 3_999, HELP: 120, DONE: 879})
    hard = "\N{NO-BREAK SPACE}"
    assert page.heading == f"5{hard}000 filer, 880 klara"
    assert page.news == f"Läser 1, väntar 3{hard}999. 120 behöver din hjälp. Ungefär 15 sekunder kvar."
    assert [page.left_out(place) for place in PLACES] == [120, 3_999, 879]
