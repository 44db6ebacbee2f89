"""Pages under each hit."""

from __future__ import annotations

from indexer import Reading, SearchEngine
from tests.contract.bank import ask, document, write


def pages(
    engine: SearchEngine, text: str, documents: list[int], reading: Reading = Reading.AUTO
) -> dict[int, list[int]]:
    """Numbers of the pages that hold words of the question, by document."""
    hits = engine.page_hits(ask(text, reading=reading), documents)
    return {number: sorted(page.number for page in found) for number, found in hits.items()}


def test_every_page_with_a_word_of_the_question_is_found(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd", "vård och stödet", "annat", "vården"), document(2, "vård"))

    assert pages(engine, "stöd vård", [1, 2]) == {1: [1, 2, 4], 2: [1]}


def test_only_the_named_documents_are_asked(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd"), document(2, "stöd"))

    assert pages(engine, "stöd", [2, 99]) == {2: [1]}
    assert pages(engine, "stöd", []) == {}


def test_words_need_not_stand_on_the_same_page(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd", "vård"))

    assert pages(engine, "stöd vård", [1], reading=Reading.ALL) == {1: [1, 2]}


def test_best_page_comes_first(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd " + "annat " * 40, "stöd vård", "vård " + "annat " * 60))

    assert [page.number for page in engine.page_hits(ask("stöd vård"), [1])[1]] == [2, 1, 3]


def test_phrases_groups_starts_and_exact_words_are_told_on_pages(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd och vård", "vård och stöd", "vårdat", "barn", "stödet"))

    assert pages(engine, '"vård och stöd"', [1]) == {1: [2]}
    assert pages(engine, "barn OR stödet", [1]) == {1: [1, 2, 4, 5]}
    assert pages(engine, "vårda*", [1]) == {1: [3]}
    assert pages(engine, "stödet", [1], reading=Reading.EXACT) == {1: [5]}


def test_what_does_not_stand_on_pages_is_never_told(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd vård", title="stöd", facets={"method": ["mi"]}))

    assert pages(engine, "titel:stöd metod:mi -borta vård", [1]) == {1: [1]}
    assert pages(engine, "titel:stöd -vård", [1]) == {}
    assert pages(engine, "", [1]) == {}


def test_questions_of_many_words_ask_for_every_word(engine: SearchEngine) -> None:
    words = [f"ord{n}" for n in range(60)]
    write(engine, document(1, *words, "annat"))

    assert pages(engine, " ".join(words), [1]) == {1: list(range(1, 61))}


def test_no_more_pages_than_the_limit_are_given(engine: SearchEngine) -> None:
    write(engine, document(1, *["stöd"] * 30))

    hits = engine.page_hits(ask("stöd"), [1], limit=7)
    assert [page.number for page in hits[1]] == list(range(1, 8))
