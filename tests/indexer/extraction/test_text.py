"""Cleaning and joining, the same for all formats."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extraction.text import clean, join_lines, joined, reflow


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["social-", "tjänst"], "socialtjänst"),
        (["barn-", "och ungdomsvård"], "barn- och ungdomsvård"),
        (["hälso-", "eller sjukvård"], "hälso- eller sjukvård"),
        (["mål-", "respektive metod"], "mål- respektive metod"),
        (["för-", "samt eftermiddag"], "för- samt eftermiddag"),
        (["EU-", "lagstiftning"], "EU-lagstiftning"),
        (["e-", "tjänst"], "e-tjänst"),
        (["Hägersten-", "Liljeholmen"], "Hägersten-Liljeholmen"),
        (["covid-", "19"], "covid-19"),
        (["social\u00ad", "tjänst"], "socialtjänst"),
        (["åren 2018 -", "2019"], "åren 2018 - 2019"),
        (["ett ord", "ett till"], "ett ord ett till"),
        (["tre-", "delad rad, och fort-", "sättning"], "tredelad rad, och fortsättning"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_it_divides_a_word(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A\u030akerman", "Åkerman"),
        ("a\x00b\ud800c", "abc"),
        ("text(cid:12)(cid:7) till", "text till"),
        ("\ue000hej\uf0b7", "hej"),
        ("e\ufb03ciens, \ufb01n", "efficiens, fin"),
        ("social\u00adtjänst", "socialtjänst"),
        ("två\u00a0 \tord", "två ord"),
        ("rad\r\nrad\rrad", "rad\nrad\nrad"),
    ],
)
def test_what_no_reader_types_is_cleaned_away(written: str, expected: str) -> None:
    assert clean(written) == expected


@given(st.text())
def test_clean_text_is_composed_encodable_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode("utf-8").decode() == cleaned
    assert "\0" not in cleaned


@given(st.text(alphabet="abåäö-\u00ad \n", max_size=60))
def test_joining_loses_no_letter(text: str) -> None:
    letters = [letter for letter in text if letter.isalpha()]
    assert [letter for letter in join_lines(text.split("\n")) if letter.isalpha()] == letters


def test_a_long_paragraph_is_joined_in_time_that_grows_with_its_length() -> None:
    text = ""
    for _ in range(20_000):
        text = joined(text[-200:], "ett ord till och ännu ett-")
    assert text.endswith("ännu ett-")


def test_plain_text_keeps_its_lines_and_paragraphs() -> None:
    assert (
        reflow("Rubrik\n\nHemtjän-\nsten växer.\n- en punkt\n\n\n\nSlut")
        == "Rubrik\n\nHemtjänsten växer.\n- en punkt\n\nSlut"
    )
