"""Marks and passages, found in stored tokens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Passage, Reading, analyse, mark_words, marks, passages, question
from indexer.analysis.own_words import OwnWords, Synonym, own_words, use_own_words
from indexer.analysis.passages import LONGEST_PASSAGE
from indexer.fields import documents

PAGE = (
    "Metod\n\nNär arbetsterapeuten kartlade vardagen i samma vecka som boendestödet började blev målen mindre och "
    "tydligare. Fyra av tio hade avslutat sitt\nboendestöd i förtid, se s. 14 i bilagan.\n\nResultat\n\n"
    "Boendestöd räcker inte."
)


@pytest.fixture
def own_words_of_a_test() -> Iterator[None]:
    before = own_words()
    terms = ("socialbidrag", "ekonomiskt bistånd")
    use_own_words(OwnWords(synonyms=tuple(Synonym("försörjningsstöd", term, 0.5) for term in terms)))
    yield
    use_own_words(before)


def marked(text: str, asked: str, reading: Reading = Reading.ALL) -> list[tuple[str, int]]:
    return [(text[m.start : m.end], m.word) for m in marks(question(asked, reading), text, analyse(text))]


def best(text: str, asked: str, most: int = 1) -> list[Passage]:
    return passages(question(asked, Reading.ANY), text, analyse(text), most)


def test_inflected_forms_are_marked() -> None:
    assert marked(PAGE, "boendestöd arbetsterapeut") == [
        ("arbetsterapeuten", 1), ("boendestödet", 0), ("boendestöd", 0), ("Boendestöd", 0),
    ]  # fmt: skip


def test_exact_reading_marks_the_words_as_written() -> None:
    assert marked(PAGE, "boendestöd", Reading.EXACT) == [("boendestöd", 0), ("Boendestöd", 0)]


def test_phrase_is_marked_only_where_it_stands() -> None:
    text = "stöd i hemmet, stöd och hemmet, stöd i hem"

    assert marked(text, '"stöd i hemmet"') == [("stöd i hemmet", 0)]


def test_repeated_words_are_all_marked() -> None:
    assert marked("stöd stöd stödet, stöd", "stöd") == [("stöd", 0), ("stöd", 0), ("stödet", 0), ("stöd", 0)]


def test_starts_and_groups_are_marked() -> None:
    assert marked("återfall och åter, mål eller medel", "åter* mål OR medel") == [
        ("återfall", 0), ("åter", 0), ("mål", 1), ("medel", 1),
    ]  # fmt: skip


def test_what_does_not_ask_for_words_of_the_page_marks_nothing() -> None:
    assert marked("stöd vård", "-stöd titel:vård metod:stöd år:2020") == []
    assert marked("stöd", "") == []


def test_longer_of_two_overlapping_marks_stays() -> None:
    assert marked("ett gott stöd i hemmet", 'gott "gott stöd" stöd') == [("gott stöd", 1)]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Hemtjänstprojektet", "hemtjänst", ["Hemtjänst"]),
        ("Hemtjänstprojektet", "projekt", ["projektet"]),
        ("Hemtjänstprojektet", "tjänster", ["tjänst"]),
        ("familjehemsplaceringar", "familjehem", ["familjehems"]),
        ("familjehemsplaceringar", "placering", ["placeringar"]),
        ("familjehemsplaceringar", "hemmet familj", ["familje", "hems"]),
        ("miss\u00adbruks\u00advården", "vård", ["vården"]),
        ("hemtjänst hem tjänst", "tjänst", ["tjänst", "tjänst"]),
    ],
)
def test_only_the_letters_of_a_part_are_marked(text: str, asked: str, expected: list[str]) -> None:
    assert [word for word, _ in marked(text, asked)] == expected


def test_marks_tell_the_form_that_was_typed_from_others_and_from_parts() -> None:
    text = "hemtjänst, hemtjänsten och hemtjänstprojekt, tjänst i hem"
    found = marks(question("hemtjänst"), text, analyse(text))

    assert [(text[m.start : m.end], m.kind) for m in found] == [
        ("hemtjänst", "exact"), ("hemtjänsten", "form"), ("hemtjänst", "part"), ("tjänst", "part"), ("hem", "part"),
    ]  # fmt: skip


def test_parts_of_a_compound_are_marked_where_they_stand_near_each_other_only() -> None:
    far = "och " * (documents().near + 1)

    assert [word for word, _ in marked(f"placering i ett familjehem {far} placering", "familjehemsplacering")] == [
        "placering", "familjehem",
    ]  # fmt: skip
    assert marked(f"placering {far} familjehem", "familjehemsplacering") == []


def test_part_beside_the_word_itself_is_not_marked_for_the_word_s_own_part() -> None:
    assert [word for word, _ in marked("hemtjänst i hemmet, hemmets tjänst", "hemtjänst")] == [
        "hemtjänst", "hemmet", "hemmets", "tjänst",
    ]  # fmt: skip
    assert [word for word, _ in marked("hemtjänst i hemmet", "hemtjänst")] == ["hemtjänst"]


def test_synonyms_are_marked_as_such(own_words_of_a_test: None) -> None:
    text = "Socialbidrag och ekonomiskt bistånd." + " Annat." * 20 + " Bistånd."
    found = marks(question("försörjningsstöd"), text, analyse(text))

    assert [(text[m.start : m.end], m.kind) for m in found] == [
        ("Socialbidrag", "synonym"), ("ekonomiskt", "synonym"), ("bistånd", "synonym"),
    ]  # fmt: skip


def test_passage_is_whole_sentences_with_marks_at_its_own_places() -> None:
    (found,) = best(PAGE, "boendestöd arbetsterapeut")

    assert found.text.startswith("När arbetsterapeuten")
    assert found.text.endswith(("tydligare.", "i bilagan."))
    assert [found.text[m.start : m.end] for m in found.marks][:2] == ["arbetsterapeuten", "boendestödet"]


def test_window_with_most_different_words_comes_first() -> None:
    text = "Stöd stöd stöd stöd. " + "Annat står här. " * 30 + "Stöd och vård. " + "Annat. " * 40

    assert "Stöd och vård." in best(text, "stöd vård")[0].text


def test_a_sentence_says_more_than_a_heading_with_the_same_word() -> None:
    text = "Stödet i Farsta\n\nTeamet har gett stöd till fyrtio familjer som annars hade fått vänta på sin insats."

    assert best(text, "stöd")[0].text.startswith("Teamet har gett stöd")


def test_further_passages_do_not_overlap() -> None:
    text = "Stöd först. " + "Annat står här. " * 30 + "Stöd sedan. " + "Annat står här. " * 30 + "Stöd sist."
    first, second = best(text, "stöd", 2)

    assert first.end <= second.start or second.end <= first.start
    assert len(best(text, "stöd", 9)) == 3


def test_sentence_without_end_is_cut_between_words() -> None:
    (found,) = best("alfa beta " * 100 + "stöd " + "gamma delta " * 100, "stöd")

    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    assert set(found.text.split()) <= {"…", "alfa", "beta", "stöd", "gamma", "delta"}


def test_passage_is_one_line_and_keeps_to_its_paragraph() -> None:
    (found,) = best(PAGE, "förtid")

    assert "\n" not in found.text
    assert found.text.endswith("i bilagan.")


def test_page_without_a_mark_has_no_passage() -> None:
    assert best(PAGE, "finnsinte") == []


@given(
    st.lists(st.sampled_from(["Stöd", "vården", "och.", "a!", "\n\n", "ord,", "x" * 90, "Ä"]), max_size=120).map(
        " ".join
    ),
    st.integers(1, 4),
)
def test_every_passage_says_what_the_page_says(text: str, most: int) -> None:
    found = best(text, "stöd vård", most)

    assert len(found) <= most
    for passage in found:
        assert len(passage.text) <= LONGEST_PASSAGE + 4
        assert passage.marks
        for mark in passage.marks:
            assert passage.text[mark.start : mark.end] in {"Stöd", "vården"}
        shown = passage.text.removeprefix("… ").removesuffix(" …")
        assert shown == text[passage.start : passage.end].replace("\n", " ")


def pictured(asked: str, words: list[str]) -> list[list[str]]:
    """The marked letters of each mark, word by word."""
    return [[words[n][first:last] for n, first, last in one.words] for one in mark_words(question(asked), words)[1]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Boendestödet,", "hjälpte", "(arbetsterapeuten)."], [["Boendestödet"], ["arbetsterapeuten"]]),
        (["boende-", "stödet"], [["boende-", "stödet"]]),
        (["arbets-", "och", "boendestöd"], [["boendestöd"]]),
        (["LSS-boendestöd"], [["boendestöd"]]),
        (["Boendestödsprojekt"], [["Boendestöds"]]),
        (["kvällsboende-", "stöd"], [["boende-", "stöd"]]),
        (["boendestöds-", "projekt"], [["boendestöds"]]),
        ([], []),
        (["", "–", "boendestöd"], [["boendestöd"]]),
    ],
)
def test_words_of_a_picture_are_marked(words: list[str], expected: list[list[str]]) -> None:
    assert pictured("boendestöd arbetsterapeut", words) == expected


def test_phrase_is_marked_over_several_words_of_a_picture() -> None:
    assert pictured('"stöd i hemmet"', ["Stöd", "i", "hemmet.", "stöd"]) == [["Stöd", "i", "hemmet"]]


def test_passage_that_begins_or_ends_within_a_sentence_says_so_at_the_edge_of_a_page() -> None:
    text = (
        "barn som vistas i landet utan tillstånd kan få vård enligt de regler som gäller i den kommun där barnet\n\nFot"
    )

    (found,) = passages(question("barn"), text, analyse(text))

    assert found.text.startswith("… barn som")
    assert found.text.endswith("där barnet …")
    assert [found.text[mark.start : mark.end] for mark in found.marks] == ["barn", "barnet"]


def test_short_line_without_a_full_stop_is_a_whole_passage() -> None:
    text = "Stöd till barn\n\nAnnat."

    assert [one.text for one in passages(question("barn"), text, analyse(text))] == ["Stöd till barn"]
