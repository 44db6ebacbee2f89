from __future__ import annotations

import pytest

from indexer import WordBox, analyse, marks, question
from webapp.page_marks import Box, boxes, paragraphs
from webapp.pictures import PlacedWords


def _placed(*lines: str) -> PlacedWords:
    """The words of a page, each ten points wide for a character, line under line."""
    words = []
    for row, line in enumerate(lines):
        x = 0.0
        for word in line.split():
            words.append(WordBox(word, x, 20.0 * row, 10.0 * len(word), 12.0))
            x += 10.0 * (len(word) + 1)
    return PlacedWords(595, 842, tuple(words))


def _boxes(asked: str, text: str, *lines: str) -> list[Box]:
    read = question(asked)
    return boxes(read, _placed(*lines), text, marks(read, text, analyse(text)))


def _numbers(asked: str, text: str, *lines: str) -> list[int]:
    return [box.hit for box in _boxes(asked, text, *lines)]


def test_a_mark_covers_its_word_with_a_little_air() -> None:
    (box,) = _boxes("vräkning", "Färre vräkningar.", "Färre vräkningar.")
    assert (box.x, box.y, box.width, box.height) == (58.5, -1.5, 103.0, 15.0)


def test_a_mark_on_a_part_covers_its_letters_alone_and_has_its_number() -> None:
    text = "Ett vräkningshot avvärjdes. En vräkning blev av."
    part, whole = _boxes("vräkning", text, "Ett vräkningshot avvärjdes.", "En vräkning blev av.")
    assert (part.x, part.width, part.hit, part.kind) == (38.5, 93.0, 1, "part")
    assert (whole.hit, whole.kind) == (2, "exact")


def test_a_running_header_does_not_shift_the_numbers() -> None:
    text = "En vräkning stoppades. Nästa vräkning blev av."
    header = "Rapport om vräkning 2019"
    lines = (header, "En vräkning stoppades.", "Nästa vräkning blev av.")
    assert _numbers("vräkning", text, *lines) == [0, 1, 2]


def test_columns_in_another_order_keep_their_numbers() -> None:
    text = "Första vräkningen här. Andra vräkningen där."
    assert _numbers("vräkning", text, "Andra vräkningen där.", "Första vräkningen här.") == [2, 1]


def test_a_word_divided_at_the_end_of_a_line_is_one_hit_in_two_boxes() -> None:
    text = "Alla vräkningar stoppades, en vräkning blev av."
    assert _numbers("vräkning", text, "Alla vräk-", "ningar stoppades, en vräkning blev av.") == [1, 1, 2]


def test_a_phrase_is_one_hit_also_when_it_stands_twice_in_a_row() -> None:
    text = "tidig insats tidig insats"
    assert _numbers('"tidig insats"', text, text) == [1, 1, 2, 2]


def test_words_of_the_picture_alone_are_marked_without_a_number() -> None:
    assert _numbers("vräkning", "Texten saknar ordet.", "En vräkning.") == [0]


@pytest.mark.parametrize("text", ["", " \n\n ", "\n\n\n"])
def test_an_empty_page_has_no_paragraphs(text: str) -> None:
    assert paragraphs(text, [], 1) == []


def test_paragraphs_are_cut_at_their_marks_and_lose_no_letter() -> None:
    text = "Rubrik\n\nFärre vräkningar, en vräkning.\n \nVräkning igen."
    found = paragraphs(text, marks(question("vräkning"), text, analyse(text)), 7)
    assert ["".join(piece.text for piece in one) for one in found] == [
        "Rubrik",
        "Färre vräkningar, en vräkning.",
        "Vräkning igen.",
    ]
    kinds = [piece.kind for one in found for piece in one if piece.hit]
    assert kinds == ["form", "exact", "exact"]
    hits = [(piece.text, piece.hit) for one in found for piece in one if piece.hit]
    assert hits == [("vräkningar", 7), ("vräkning", 8), ("Vräkning", 9)]
