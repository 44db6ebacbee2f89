"""What the reading line says of the words that were found beside those that were typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer import OwnWords, Passage, Reading, Synonym, analyse, own_words, passages, question, use_own_words
from webapp.read_words import Seen, seen_in, synonyms


@pytest.fixture
def editors_words() -> Iterator[None]:
    before = own_words()
    pairs = (("försörjningsstöd", "ekonomiskt bistånd"), ("ekonomiskt bistånd", "socialbidrag"))
    use_own_words(OwnWords(synonyms=tuple(Synonym(word, same_as, 0.5) for word, same_as in pairs)))
    yield
    use_own_words(before)


def _passages(asked: str, *texts: str) -> list[Passage]:
    read = question(asked, Reading.ANY)
    return [one for text in texts for one in passages(read, text, analyse(text), 3)]


def _seen(asked: str, *texts: str) -> Seen:
    return seen_in(question(asked), _passages(asked, *texts)).get(0, Seen())


def test_forms_and_longer_words_are_told_apart() -> None:
    seen = _seen("hemtjänst", "Hemtjänsten prövade ett hemtjänstprojekt.", "Kvällshemtjänst är hemtjänst.")
    assert set(seen.forms) == {"hemtjänsten", "hemtjänst"}
    assert set(seen.longer) == {"hemtjänstprojekt", "kvällshemtjänst"}
    assert not seen.apart


def test_parts_of_a_compound_are_shown_with_what_stands_between_them() -> None:
    seen = _seen("familjehemsplacering", "Efter placering i familjehem följs barnet upp.")
    assert set(seen.apart) == {"placering i familjehem"}
    assert not seen.forms
    assert not seen.longer


def test_parts_with_more_than_words_between_them_are_shown_without() -> None:
    text = "Under placering, i ett familjehem, ökar tryggheten."
    assert set(_seen("familjehemsplacering", text).apart) == {"placering … familjehem"}


def test_parts_of_the_word_itself_stand_for_no_parts_apart() -> None:
    seen = _seen("arbetsterapeut", "Arbetsterapeuten besökte arbetsplatsen.")
    assert set(seen.forms) == {"arbetsterapeuten"}
    assert not seen.longer
    assert not seen.apart


@pytest.mark.usefixtures("editors_words")
def test_synonyms_stand_at_the_last_word_of_their_term() -> None:
    def told(asked: str) -> dict[int, list[str]]:
        return {number: [way.shown for way in ways] for number, ways in synonyms(question(asked)).items()}

    assert told("barn försörjningsstöd") == {1: ["ekonomiskt bistånd"]}
    assert told("ekonomiskt bistånd barn") == {1: ["socialbidrag"]}
    assert told("bistånd barn") == {}


@pytest.mark.usefixtures("editors_words")
def test_a_mark_on_a_synonym_is_no_form_of_the_word() -> None:
    assert _seen("försörjningsstöd", "Hon fick ekonomiskt bistånd.") == Seen()
