"""Which pages are read twice, and which reading stands."""

from __future__ import annotations

from indexer.extraction.frames import Line, RawPage
from indexer.extraction.pdf_choice import better, jumps, needs_second_reading

SENTENCE = "Socialtjänsten har prövat en ny metod i fyra stadsdelar"


def page(*texts: str, tops: list[float] | None = None, lefts: list[float] | None = None, draws: bool = True) -> RawPage:
    tops = tops or [20.0 * index for index in range(len(texts))]
    lefts = lefts or [72.0] * len(texts)
    made = (
        Line(text, left, top, left + 200, 11, bold=False) for text, top, left in zip(texts, tops, lefts, strict=True)
    )
    return RawPage(1, "pdfium", tuple(made), width=595, height=842, draws_text=draws)


def test_an_ordinary_page_is_read_once() -> None:
    assert not needs_second_reading(page(*[SENTENCE] * 30))


def test_a_page_that_draws_text_and_gives_none_is_read_again() -> None:
    assert needs_second_reading(page("12"))
    assert not needs_second_reading(page("12", draws=False))


def test_private_characters_letters_one_by_one_and_codes_are_rubbish() -> None:
    assert needs_second_reading(page(SENTENCE, "\ue001\ue002\ue003\ue004"))
    assert needs_second_reading(page("S o c i a l t j ä n s t e n h a r p r ö v a t e n m e t o d"))
    assert needs_second_reading(page(SENTENCE, "(cid:1)(cid:2)(cid:3)"))


def test_lines_that_jump_up_the_page_leave_its_order_in_doubt() -> None:
    tops = [40.0, 20.0, 80.0, 60.0, 120.0, 100.0, 160.0, 140.0]
    assert needs_second_reading(page(*[SENTENCE] * 8, tops=tops))


def test_the_top_of_the_next_column_is_no_jump() -> None:
    tops = [100.0, 200.0, 300.0, 100.0, 200.0, 300.0, 100.0, 200.0, 300.0]
    lefts = [40.0] * 3 + [240.0] * 3 + [440.0] * 3
    assert jumps(page(*[SENTENCE] * 9, tops=tops, lefts=lefts).lines) == 0


def test_one_header_drawn_last_is_no_doubt() -> None:
    tops = [*(20.0 * n for n in range(2, 9)), 10.0]
    assert not needs_second_reading(page(*[SENTENCE] * 8, tops=tops))


def test_a_map_with_thousands_of_labels_is_not_read_again() -> None:
    tops = [float(n * 37 % 800) for n in range(4000)]
    assert not needs_second_reading(page(*["Kvarteret"] * 4000, tops=tops))


def test_the_reading_with_whole_words_stands() -> None:
    rubbish, right = page("\ue001\ue002\ue003\ue004\ue005\ue006"), page(SENTENCE)
    assert better(rubbish, right) is right


def test_a_second_reading_that_loses_words_never_stands() -> None:
    doubted = page(*[SENTENCE] * 8, tops=[40.0, 20.0, 80.0, 60.0, 120.0, 100.0, 160.0, 140.0])
    assert better(doubted, page(*[SENTENCE] * 7)) is doubted


def test_the_reading_in_order_stands_where_both_have_all_words() -> None:
    doubted = page(*[SENTENCE] * 8, tops=[40.0, 20.0, 80.0, 60.0, 120.0, 100.0, 160.0, 140.0])
    ordered = page(*[SENTENCE] * 8)
    assert better(doubted, ordered) is ordered
