"""Did you mean: from the bank's own words that this person may see, compounds and missing dots understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Vocabulary, forms
from indexer.spelling import propose

COUNTS = {
    "boendestöd": 40,
    "boende": 60,
    "stöd": 90,
    "familj": 30,
    "hem": 25,
    "placering": 30,
    "hemtjänst": 50,
    "hälsa": 12,
    "halka": 2,
    "missbruk": 33,
    "vård": 70,
    "utredning": 80,
    "utredningen": 60,
    "lån": 3,
    "län": 9,
    "hemligheten": 1,
}
BANK = Vocabulary(COUNTS)


def everybody(words: Sequence[str]) -> Mapping[str, int]:
    return {word: COUNTS.get(word, 0) for word in words}


def test_dots_that_were_left_off_are_put_back_and_the_commonest_word_is_meant() -> None:
    assert propose("halsa", BANK, everybody) == "hälsa"
    assert propose("lan", BANK, everybody) == "län"
    assert propose("boendestod", BANK, everybody) == "boendestöd"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("utrednng", "utredning"),
        ("utrdening", "utredning"),
        ("uttredning", "utredning"),
        ("utredningne", "utredningen"),
        ("utreding", "utredning"),
        ("misbruk", "missbruk"),
        ("hmetjänst", "hemtjänst"),
    ],
)
def test_a_letter_too_few_too_many_other_or_swapped_is_mended(typed: str, meant: str) -> None:
    assert propose(typed, BANK, everybody) == meant


def test_a_word_of_which_the_bank_has_other_forms_only_becomes_one_of_those() -> None:
    bank = Vocabulary({"vräkningar": 4, "vräkningarna": 2, "boende": 9})
    counts = {"vräkningar": 4, "vräkningarna": 2}
    assert propose("vräknig", bank, lambda words: {word: counts.get(word, 0) for word in words}) == "vräkningar"


def test_an_unseen_compound_of_known_parts_is_no_mistake() -> None:
    assert forms("familjehem").tops
    assert propose("familjehem", BANK, everybody) is None


def test_one_part_of_an_unseen_compound_is_mended() -> None:
    assert propose("missbruksvrd", BANK, everybody) == "missbruksvård"
    assert propose("misbruksvård", BANK, everybody) == "missbruksvård"


def test_a_word_that_this_person_may_not_see_is_never_proposed() -> None:
    def without_secret(words: Sequence[str]) -> Mapping[str, int]:
        return {word: 0 if word in {"hemligheten", "hälsa", "vård"} else COUNTS.get(word, 0) for word in words}

    assert propose("hemlighetn", BANK, everybody) == "hemligheten"
    assert propose("hemlighetn", BANK, without_secret) is None
    assert propose("halsa", BANK, without_secret) != "hälsa"
    assert propose("missbruksvrd", BANK, without_secret) is None


@pytest.mark.parametrize("typed", ["", "x", "sip", "2020", "b0ende", "å" * 10_000, "a" * 60, "\ud800", "*", "<b>"])
def test_what_is_no_word_or_too_short_gets_no_proposal(typed: str) -> None:
    assert propose(typed, BANK, everybody) is None


LETTERS = st.text(alphabet="abdehiklmnorstuvåäö", min_size=1, max_size=14)


@given(st.dictionaries(LETTERS, st.integers(1, 500), max_size=40), LETTERS, st.data())
def test_only_visible_words_are_proposed_or_compounds_of_visible_parts(
    counts: dict[str, int], typed: str, data: st.DataObject
) -> None:
    seen = set(data.draw(st.lists(st.sampled_from(sorted(counts)), unique=True))) if counts else set()
    meant = propose(typed, Vocabulary(counts), lambda words: {word: int(word in seen) for word in words})
    if meant is not None and meant not in seen:
        keys = {forms(word).keys[0] for word in seen}
        assert forms(meant).tops
        assert keys.issuperset(forms(meant).tops)


@given(st.text(max_size=80))
def test_any_string_is_answered_with_few_questions_to_the_engine(typed: str) -> None:
    asked: list[int] = []

    def counted(words: Sequence[str]) -> Mapping[str, int]:
        asked.append(len(words))
        return everybody(words)

    propose(typed, BANK, counted)
    assert len(asked) <= 4
    assert max(asked, default=0) <= 120
