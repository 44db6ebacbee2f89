"""Typed text → tree."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import LONGEST_QUESTION, Reading, analyse, marks, question
from indexer.question_tree import AnyOf, Clause, FacetIs, Phrase, Prefix, Unit, Within, Word, YearIn
from indexer.word_ways import word_of
from indexer.words import MOST_WORDS, facet_key, parse


def units(text: str) -> list[Unit | AnyOf]:
    return [clause.unit for clause in parse(text)]


def word(shown: str, exact: str = "") -> Word:
    exact = exact or shown
    return word_of(exact, shown)


def test_plain_words_are_words() -> None:
    assert units("Stöd, till  barn!") == [word("Stöd", "stöd"), word("till"), word("barn")]


def test_quotes_of_every_kind_make_phrases() -> None:
    for typed in ('"stöd i hemmet"', "”stöd i hemmet”", "“stöd i hemmet”", "»stöd i hemmet»"):
        assert units(typed) == [Phrase('"stöd i hemmet"', ("stöd", "i", "hemmet"))]


def test_quote_without_end_is_plain_text() -> None:
    assert units('"stöd i hemmet') == [word("stöd"), word("i"), word("hemmet")]


def test_hyphen_before_a_word_takes_it_away() -> None:
    assert parse("-vård") == (Clause(word("vård"), negated=True),)
    assert [clause.negated for clause in parse("barn- och ungdom - lss-boende")] == [False] * 5


@pytest.mark.parametrize("joint", ["OR", "ELLER"])
def test_words_with_or_between_are_a_group(joint: str) -> None:
    assert units(f"a {joint} b {joint} c d") == [AnyOf("a OR b OR c", (word("a"), word("b"), word("c"))), word("d")]


@pytest.mark.parametrize("typed", ["a OR", "OR a", "OR", "a OR OR b", "a OR -b"])
def test_or_with_nothing_beside_it_is_a_word(typed: str) -> None:
    assert "or" in [unit.exact for unit in units(typed) if isinstance(unit, Word)]


def test_small_or_is_a_word() -> None:
    assert units("a or b") == [word("a"), word("or"), word("b")]


def test_star_makes_a_start_of_two_letters_or_more() -> None:
    assert units("åter* ny-börj* a*") == [Prefix("åter*", "åter"), word("ny"), Prefix("börj*", "börj"), word("a")]


def test_field_of_a_text_and_of_a_facet_is_known_by_its_swedish_name() -> None:
    assert units('Titel:stöd rubrik:"gott stöd"') == [
        Within("Titel:stöd", "title", word("stöd")),
        Within('rubrik:"gott stöd"', "title", Phrase('"gott stöd"', ("gott", "stöd"))),
    ]
    assert units('Sakområde:"Våld i nära relation" typ:slutrapport') == [
        FacetIs(
            'Sakområde:"Våld i nära relation"',
            "subject_area",
            ("vald-i-nara-relation", "vald_i_nara_relation"),
            "våld i nära relation",
        ),
        FacetIs("typ:slutrapport", "document_type", ("slutrapport",), "slutrapport"),
    ]
    assert units("år:2019 år:2015-2018") == [YearIn("år:2019", 2019, 2019), YearIn("år:2015-2018", 2015, 2018)]
    assert units("år:2018-2015") == [YearIn("år:2018-2015", 2015, 2018)]


def test_unknown_field_is_plain_text() -> None:
    assert units("hej:stöd http://x") == [word("hej"), word("stöd"), word("http"), word("x")]
    assert units('hej:"gott stöd"') == [word("hej"), Phrase('"gott stöd"', ("gott", "stöd"))]


def test_keys_are_made_as_the_record_makes_them() -> None:
    assert facet_key("Enskede-Årsta-Vantör") == "enskede-arsta-vantor"
    assert facet_key("Öppenvård (ny)") == "oppenvard-ny"


def test_repeats_are_left_out() -> None:
    assert parse("stöd Stöd STÖD stödet") == parse("stöd stödet")


def test_questions_are_bounded() -> None:
    assert units("x" * (LONGEST_QUESTION + 50)) == units("x" * LONGEST_QUESTION)
    assert len(parse(" ".join(f"{n:x}" for n in range(2000)))) == MOST_WORDS


@given(st.text(alphabet=st.sampled_from('aå1 "-*:()OR\n\\titelyår”«'), max_size=60))
def test_no_text_fails_and_every_part_has_words(text: str) -> None:
    asked = question(text)

    assert len(asked.words) == len(asked.clauses)
    assert all(shown.shown for shown in asked.words)
    for needle in asked.needles:
        assert all(needle.tokens)


@given(st.lists(st.text(alphabet="abcåäö0123456789", min_size=1, max_size=9), max_size=MOST_WORDS // 4))
def test_every_plain_word_is_asked_for(words: list[str]) -> None:
    asked = [unit.exact for unit in units(" ".join(words)[:LONGEST_QUESTION]) if isinstance(unit, Word)]

    assert asked == list(dict.fromkeys(" ".join(words)[:LONGEST_QUESTION].split()))


@given(st.text(alphabet=st.sampled_from("abå .-\u00ad"), max_size=80), st.sampled_from(Reading))
def test_marks_lie_within_the_text_and_apart(text: str, reading: Reading) -> None:
    found = marks(question("a b ab -å", reading), text, analyse(text))

    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
