"""The editors' words act at once, in this process, and on everything that is derived from them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer import OwnWords, Synonym, analysis_version, forms, known_words, own_words, use_own_words


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    use_own_words(OwnWords())


def using(*words: str, protected: tuple[str, ...] = (), synonyms: tuple[Synonym, ...] = ()) -> None:
    use_own_words(OwnWords(frozenset(words), frozenset(protected), synonyms))


def key(word: str) -> str:
    return forms(word).keys[0]


def test_an_added_word_begins_and_ends_compounds() -> None:
    assert forms("mumsutredning").tops == forms("kommunmums").tops == ()

    using("mums")

    assert forms("mumsutredning").tops == (key("mums"), key("utredning"))
    assert forms("kommunmums").tops == (key("kommun"), key("mums"))


def test_an_added_word_counts_as_known_where_it_was_unknown_a_moment_ago() -> None:
    assert known_words("Kommunens Kvibb, kommunens kvibb") == (4, 2)

    using("kvibb")

    assert known_words("Kommunens Kvibb, kommunens kvibb") == (4, 4)


@pytest.mark.parametrize("inflected", ["kommunkvibben", "kommunkvibbarna", "kommunkvibbens", "kommunkvibbar"])
def test_an_added_word_ends_compounds_in_all_its_forms(inflected: str) -> None:
    using("kvibb")

    assert forms(inflected).tops == (key("kommun"), key("kvibb"))
    assert key(inflected) == key("kommunkvibb")


def test_an_added_word_links_with_an_s() -> None:
    using("kvibb")

    assert forms("kvibbsprojekt").tops == (key("kvibb"), key("projekt"))


@pytest.mark.parametrize("word", ["hemtjänst", "hemtjänsten", "hemtjänstens"])
def test_a_protected_word_is_never_taken_apart_in_any_form(word: str) -> None:
    using(protected=("hemtjänst",))

    assert forms(word) == ((key("hemtjänst"),), (), (key("hemtjänst"),))


@pytest.mark.parametrize("word", ["hemtjänstprojekt", "hemtjänstprojektet"])
def test_a_protected_word_stays_whole_as_a_part(word: str) -> None:
    using(protected=("hemtjänst",))

    assert forms(word).leaves == (key("hemtjänst"), key("projekt"))
    assert key("tjänst") not in forms(word).keys


def test_a_protected_word_that_no_dictionary_knows_stays_whole_last_in_a_compound() -> None:
    assert forms("kommunboendestödet").leaves == (key("kommun"), key("boende"), key("stöd"))

    using(protected=("Boendestöd",))

    assert forms("kommunboendestödet").leaves == (key("kommun"), key("boendestöd"))


def test_taking_words_away_gives_the_old_forms_back() -> None:
    before = forms("hemtjänst")
    using(protected=("hemtjänst",))

    use_own_words(OwnWords())

    assert forms("hemtjänst") == before


@pytest.mark.parametrize("odd", ["", "två ord", "lss-boende", "12", "ÄÄÄÄÄÄÄÄ", "x" * 300, "a"])
def test_any_string_may_be_added(odd: str) -> None:
    using(odd, protected=(odd,))

    assert forms("hemtjänst").tops


def test_words_and_protected_words_change_the_version_of_the_analysis() -> None:
    without = analysis_version()
    using("kvibb")
    added = analysis_version()
    using(protected=("kvibb",))

    assert len({without, added, analysis_version()}) == 3
    use_own_words(OwnWords())
    assert analysis_version() == without


def test_synonyms_do_not_change_the_version_of_the_analysis() -> None:
    without = analysis_version()
    using(synonyms=(Synonym("självmord", "suicid"),))

    assert own_words().synonyms == (Synonym("självmord", "suicid", 0.5),)
    assert analysis_version() == without
