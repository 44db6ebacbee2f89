"""How several words bind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer import FEWEST_FOR_ALL_WORDS, Filter, Reading, SearchEngine
from tests.contract.bank import EVERYONE, ask, document, ids, write

BOTH, ONE = "ledarskap i hemtjänst", "ledarskapet"


def bank(engine: SearchEngine, both: int, audience: Sequence[str] = EVERYONE) -> None:
    """`both` documents hold both words, three more only one of them."""
    texts = [BOTH] * both + [ONE] * 3
    write(engine, *(document(n, text, audience=audience) for n, text in enumerate(texts, 1)))


def test_all_words_bind_where_ten_documents_hold_them(engine: SearchEngine) -> None:
    bank(engine, FEWEST_FOR_ALL_WORDS)
    result = engine.search(ask("ledarskap hemtjänst"))

    assert (result.reading, result.total) == (Reading.ALL, FEWEST_FOR_ALL_WORDS)
    assert (result.all_words, result.any_words) == (None, FEWEST_FOR_ALL_WORDS + 3)


def test_any_word_is_enough_where_fewer_than_ten_hold_all(engine: SearchEngine) -> None:
    bank(engine, FEWEST_FOR_ALL_WORDS - 1)
    result = engine.search(ask("ledarskap hemtjänst"))

    assert (result.reading, result.total) == (Reading.ANY, FEWEST_FOR_ALL_WORDS + 2)
    assert (result.all_words, result.any_words) == (FEWEST_FOR_ALL_WORDS - 1, None)
    assert set(ids(result)[: FEWEST_FOR_ALL_WORDS - 1]) == set(range(1, FEWEST_FOR_ALL_WORDS))


def test_filters_do_not_change_the_reading(engine: SearchEngine) -> None:
    write(
        engine,
        *(document(n, BOTH, facets={"method": ["a" if n < 3 else "b"]}) for n in range(1, 13)),
        document(20, ONE, facets={"method": ["a"]}),
    )
    result = engine.search(ask("ledarskap hemtjänst", filters=(Filter("method", ("a",)),)))

    assert (result.reading, result.total, result.any_words) == (Reading.ALL, 2, 3)


def test_documents_that_a_person_may_not_see_do_not_change_the_reading(engine: SearchEngine) -> None:
    bank(engine, 20, audience=["editors"])
    write(engine, document(50, BOTH), document(51, ONE))

    assert ids(engine.search(ask("ledarskap hemtjänst"))) == [50, 51]
    assert engine.search(ask("ledarskap hemtjänst")).reading is Reading.ANY
    assert engine.search(ask("ledarskap hemtjänst", audience=["editors"])).reading is Reading.ALL


def test_reading_that_is_asked_for_is_kept(engine: SearchEngine) -> None:
    bank(engine, 2)

    assert engine.search(ask("ledarskap hemtjänst", reading=Reading.ALL)).total == 2
    assert engine.search(ask("ledarskap hemtjänst", reading=Reading.ANY)).total == 5


def test_exact_reading_asks_for_every_word_as_written(engine: SearchEngine) -> None:
    bank(engine, 2)
    result = engine.search(ask("ledarskap hemtjänst", reading=Reading.EXACT))

    assert (result.reading, result.total, result.all_words, result.any_words) == (Reading.EXACT, 2, 2, 5)
    assert engine.search(ask("ledarskapet", reading=Reading.EXACT)).total == 3
    assert engine.search(ask("ledarskapet")).exact_words == 3
    assert engine.search(ask("ledarskapet")).total == 5


@pytest.mark.parametrize("binding", ['"ledarskap i"', "-ensam", "ledarskap OR chef", "titel:alfa"])
def test_what_is_not_a_plain_word_binds_in_every_reading(engine: SearchEngine, binding: str) -> None:
    write(
        engine,
        document(1, "ledarskap i vardag", title="alfa"),
        document(2, "ensam i vardag i hemmet", title="beta"),
        document(3, "ledarskap i hemmet", title="alfa"),
    )
    result = engine.search(ask(f"vardag hemmet {binding}", reading=Reading.ANY))

    assert sorted(ids(result)) == [1, 3]


def test_stop_words_bind_only_where_nothing_else_is_asked(engine: SearchEngine) -> None:
    write(engine, document(1, "vad är det"), document(2, "en insats"))

    result = engine.search(ask("vad är en insats"))
    assert (ids(result), result.ignored) == ([2], ("vad", "är", "en"))
    only = engine.search(ask("vad är det"))
    assert (ids(only), only.ignored) == ([1], ())


def test_one_word_has_no_other_reading_than_the_exact(engine: SearchEngine) -> None:
    bank(engine, 1)
    result = engine.search(ask("hemtjänsten"))

    assert (result.reading, result.all_words, result.any_words, result.exact_words) == (Reading.ALL, None, None, 0)


def test_words_of_the_question_are_told_as_they_were_read(engine: SearchEngine) -> None:
    result = engine.search(ask('Ledarskap, -"en sak" åter* a ELLER b titel:x'))

    assert [(w.shown, w.kind, w.negated) for w in result.words] == [
        ("Ledarskap", "word", False),
        ('"en sak"', "phrase", True),
        ("åter*", "prefix", False),
        ("a OR b", "group", False),
        ("titel:x", "field", False),
    ]
