"""Text → tokens."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Tokens, analyse, collation_key
from indexer.analysis.folding import LONGEST_TOKEN
from indexer.analysis.stop_words import stop_words
from indexer.analysis.tokens import span


def stretches(text: str, tokens: Tokens) -> list[str]:
    """What the spans point at."""
    return [text[slice(*span(tokens.spans, index))] for index in range(len(tokens.exact.split()))]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Boendestödet hjälpte.", "boendestödet hjälpte"),
        ("Får, far och FÅR", "får far och får"),
        ("café Müller à la façon", "cafe muller a la facon"),
        ("LSS-boende enligt 9 § 2020:47", "lss boende enligt 9 2020 47"),
        ("social\u00adtjänst i\u200bhop", "socialtjänst ihop"),
        ("a\u030angest och A\u0308lgar och E\u0301tude", "ångest och älgar och etude"),
        ("snake_case", "snake case"),
        ("İstanbul", "istanbul"),
        ("", ""),
        (" … –", ""),
        ("\u00ad\u200b", ""),
        ("\u0301 x", "x"),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, exact: str) -> None:
    assert analyse(text).exact == exact


@pytest.mark.parametrize(
    "words", [("boendestöd", "boendestödet", "boendestödets"), ("veckor", "veckorna", "veckornas"), ("vård", "vården")]
)
def test_forms_of_a_word_share_their_keys(words: tuple[str, ...]) -> None:
    assert len(set(analyse(" ".join(words)).parts.split())) == 1


def test_compound_has_the_keys_of_its_parts_after_its_own() -> None:
    whole, *parts = analyse("hemtjänstprojekt").parts.split("/")

    assert whole.startswith("hemtjänstproje")
    assert [parts[0], *parts[2:]] == ["hemtjänst", "hem", "tjänst"]


def test_rings_and_dots_are_never_folded_in_the_keys() -> None:
    assert analyse("får far för for").parts.split()[0] != analyse("far").parts
    assert len(set(analyse("får far för for").parts.split())) == 4


def test_spans_point_at_the_words_as_written() -> None:
    text = "Stöd\u00adet, på  Cafe\u0301!"

    assert stretches(text, analyse(text)) == ["Stöd\u00adet", "på", "Cafe\u0301"]


def test_spans_of_very_long_texts_and_words_are_right() -> None:
    text = "ord " * 20_000 + "x" * 300 + " slut"
    tokens = analyse(text)

    assert stretches(text, tokens)[-2:] == ["x" * 300, "slut"]
    assert tokens.exact.split()[-2] == "x" * LONGEST_TOKEN


def test_spans_take_three_bytes_a_word_on_an_ordinary_page() -> None:
    assert len(analyse("ett två tre").spans) == 1 + 3 * 3


@given(st.text())
def test_any_text_gives_aligned_tokens(text: str) -> None:
    tokens = analyse(text)
    exact, parts = tokens.exact.split(" "), tokens.parts.split(" ")

    assert len(exact) == len(parts)
    assert all(exact) == all(parts) == bool(tokens.exact)
    for word, written in zip(tokens.exact.split(), stretches(text, tokens), strict=True):
        assert analyse(written).exact == word


@given(st.text())
def test_analysis_of_what_was_analysed_changes_nothing(text: str) -> None:
    exact = analyse(text).exact

    assert analyse(exact).exact == exact


def test_stop_words_are_the_list_in_mappings() -> None:
    assert {"och", "att", "över"} < stop_words()
    assert not any(word.startswith("#") for word in stop_words())
    assert len(stop_words()) == 114


def test_titles_sort_as_in_swedish() -> None:
    titles = ["ö", "ä", "å", "z", "W", "v", "Vb", "é", "e", "10", "2", "f – a", "f b"]

    assert sorted(titles, key=collation_key) == [
        "10",
        "2",
        "é",
        "e",
        "f – a",
        "f b",
        "v",
        "Vb",
        "W",
        "z",
        "å",
        "ä",
        "ö",
    ]


def test_letters_of_other_alphabets_come_last() -> None:
    assert sorted(["жук", "ö", "a"], key=collation_key) == ["a", "ö", "жук"]


@given(st.lists(st.text(alphabet="abåäöz 19ж", max_size=60).map(collation_key), min_size=2, max_size=2))
def test_packed_keys_compare_as_the_keys(keys: list[str]) -> None:
    from indexer.tantivy_engine.titles import packed

    first, second = keys
    assert (packed(first) < packed(second), packed(first) == packed(second)) == (first < second, first == second)
    assert all(0 <= number < 2**63 for number in packed(first))


def test_analysis_needs_no_engine_and_no_pdf_library() -> None:
    """What a web process loads is told by a fresh interpreter."""
    import subprocess

    code = (
        "from indexer import analyse, ask, marks, open_engine, passages, question; import sys; "
        "print([m for m in ('tantivy', 'pypdfium2', 'pdfminer', 'lxml') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
