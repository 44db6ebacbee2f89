"""Where a text's parts stand on pages that know nothing of them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer import align

WORDS = [f"ord{n}" for n in range(60)]


def told(*words: str) -> str:
    return " ".join(words)


def test_each_section_stands_on_the_page_of_its_words() -> None:
    texts = [told(*WORDS[:10]), told(*WORDS[10:25]), told(*WORDS[25:60])]
    pages = [
        told("sidhuvud", *WORDS[:20], "1"),
        told("sidhuvud", *WORDS[20:45], "2"),
        told("sidhuvud", *WORDS[45:], "3"),
    ]
    found = align(texts, pages)
    assert [parts[0] for parts in found] == [(0, 1), (0, 1), (0, 2)]
    assert [page for _, page in found[1]] == [1, 2]
    assert [page for _, page in found[2]] == [2, 3]
    start = found[1][1][0]
    assert texts[1][start:].startswith("ord20")


def test_words_that_stand_often_lead_nowhere_wrong() -> None:
    texts = ["Rubrik " + told(*["om barn"] * 30), "Slutsats: de fick hjälp i tid"]
    pages = [told(*["om barn"] * 15), told(*["om barn"] * 15), "Slutsats: de fick hjälp i tid"]
    assert align(texts, pages)[1] == [(0, 3)]


def test_a_section_without_words_stands_with_the_one_before() -> None:
    assert align(["ett två tre fyra", "", "fem sex sju åtta"], ["ett två tre fyra", "fem sex sju åtta"])[1] == [(0, 1)]


def test_other_letters_and_a_footnote_moved_away_change_nothing() -> None:
    texts = [told(*WORDS[:20], "not", "här", "nedan"), told(*WORDS[20:40])]
    pages = [told(*WORDS[:20]).upper(), told(*WORDS[20:40], "not", "här", "nedan")]
    assert [parts[0][1] for parts in align(texts, pages)] == [1, 2]


def test_no_words_in_common_is_the_first_page() -> None:
    assert align(["ett"], ["två"]) == [[(0, 1)]]
    assert align(["ett"], []) == [[(0, 1)]]
    assert align([], ["två"]) == []


@given(st.lists(st.integers(1, 400), min_size=1, max_size=6), st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_unique_words_are_always_found_on_their_page(cuts: list[int], breaks: list[int]) -> None:
    words = [f"unikt{n}" for n in range(400)]
    texts = [told(*part) for part in _cut(words, cuts)]
    pages = [told(*part) for part in _cut(words, breaks)]
    for text, parts in zip(texts, align(texts, pages), strict=True):
        for at, (start, page) in enumerate(parts):
            end = parts[at + 1][0] if at + 1 < len(parts) else len(text)
            assert set(text[start:end].split()) <= set(pages[page - 1].split())


def _cut(words: list[str], places: list[int]) -> list[list[str]]:
    edges = [0, *sorted(set(places) - {len(words)}), len(words)]
    return [words[left:right] for left, right in pairwise(edges)]
