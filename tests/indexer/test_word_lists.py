"""The bank's own lists in mappings/swedish."""

from __future__ import annotations

from importlib.resources import files

import pytest

from indexer.analysis.folding import fold
from indexer.analysis.forms import forms
from indexer.analysis.word_lists import lines, listed, pairs

WITH_REASONS = ("words", "first_parts", "whole", "never_first", "never_last", "dictionary_forms")


@pytest.mark.parametrize("name", WITH_REASONS)
def test_every_word_has_its_reason_beside_it(name: str) -> None:
    text = files("mappings").joinpath(f"swedish/{name}.txt").read_text("utf-8")
    written = [line for line in text.splitlines() if line and not line.startswith("#")]

    assert written
    assert [line for line in written if len(line.partition("#")[2].strip()) < 3] == []


@pytest.mark.parametrize("name", [*WITH_REASONS, "stopwords"])
def test_every_word_stands_once_in_its_list_as_it_is_indexed(name: str) -> None:
    words = [line[0] for line in lines(name)]

    assert len(set(words)) == len(words)
    assert [word for line in lines(name) for word in line if fold(word) != word] == []


def test_a_dictionary_form_is_its_own() -> None:
    listed_forms = pairs("dictionary_forms")

    assert all(len(line) == 2 for line in lines("dictionary_forms"))
    assert [lemma for lemma in listed_forms.values() if listed_forms.get(lemma, lemma) != lemma] == []
    assert [form for form, lemma in listed_forms.items() if forms(form) != forms(lemma)] == []


@pytest.mark.parametrize("word", sorted(listed("whole")))
def test_words_that_are_listed_as_whole_stay_so(word: str) -> None:
    assert forms(word).tops == ()
