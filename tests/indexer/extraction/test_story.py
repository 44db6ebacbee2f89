"""What follows the death of a child, step by step."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from indexer import UnreadableFile
from indexer.extraction.frames import About, RawPage
from indexer.extraction.limits import Limits
from indexer.extraction.story import Story


def story(pages: int = 0) -> Story:
    """A story that has heard of this many pages, of ten."""
    made = Story(Limits(), lambda *_: None)
    made.hear_about(asdict(About(page_count=10)))
    for number in range(1, pages + 1):
        made.hear_page(RawPage(number, "pdfium", text="text").to_json())
    return made


def test_first_the_second_reading_is_left_out_then_the_first_reader() -> None:
    made = story(pages=3)
    made.child_died("damaged", "")
    assert (made.next_page, made.fast, made.careful) == (4, True, False)
    made.child_died("damaged", "")
    assert (made.next_page, made.fast, made.careful) == (4, False, True)


def test_what_was_read_is_kept_when_nobody_can_go_on() -> None:
    made = story(pages=3)
    for _ in range(3):
        made.child_died("too_slow", "")
    assert made.ended
    assert made.cut == ["time"]
    assert len(made.pages) == 3


def test_a_file_that_gave_nothing_to_any_reader_says_why() -> None:
    made = story()
    made.child_died("too_large", "")
    with pytest.raises(UnreadableFile) as caught:
        made.child_died("too_large", "")
    assert (caught.value.reason, caught.value.transient) == ("too_large", True)


def test_a_child_that_did_its_share_is_followed_by_the_next() -> None:
    made = story(pages=3)
    made.hear_go_on(4)
    made.hear_end(None)
    assert made.child_did_its_share
    assert (made.next_page, made.ended, made.deaths) == (4, False, [])


def test_pages_that_are_read_once_more_count_once() -> None:
    made = Story(Limits(text=8), lambda *_: None)
    for _ in range(2):
        made.hear_page(RawPage(1, "pdfium", text="text").to_json())
        made.hear_page(RawPage(2, "pdfium", text="text").to_json())
        made.forget_child()
        assert not made.pages
    assert made.cut == []


def test_a_child_that_sends_the_reader_backwards_ends_the_story() -> None:
    made = story(pages=3)
    made.hear_go_on(1)
    assert made.ended


def test_a_page_read_better_takes_the_place_of_the_first_reading() -> None:
    made = story(pages=2)
    made.hear_page(RawPage(2, "pdfminer", text="bättre").to_json())
    assert made.pages[2].text == "bättre"
    assert len(made.pages) == 2


def test_pages_beyond_the_limit_are_not_taken_from_a_lying_child() -> None:
    made = story()
    made.hear_page(RawPage(100_000, "pdfium", text="x").to_json())
    assert made.pages == {}
