"""Pages under each hit."""

from __future__ import annotations

from indexer import Reading, SearchEngine
from tests.contract.bank import ask, document, write


def masks(
    engine: SearchEngine, text: str, documents: list[int], reading: Reading = Reading.AUTO
) -> dict[int, dict[int, int]]:
    """Words of the question by document and page number."""
    hits = engine.page_hits(ask(text, reading=reading), documents)
    return {number: {page.number: page.words for page in pages} for number, pages in hits.items()}


def test_page_tells_which_words_stand_on_it(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd", "vård och stödet", "annat", "vården"), document(2, "vård"))

    assert masks(engine, "stöd vård", [1, 2]) == {1: {1: 1, 2: 3, 4: 2}, 2: {1: 2}}


def test_only_the_named_documents_are_asked(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd"), document(2, "stöd"))

    assert masks(engine, "stöd", [2, 99]) == {2: {1: 1}}
    assert masks(engine, "stöd", []) == {}


def test_words_need_not_stand_on_the_same_page(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd", "vård"))

    assert masks(engine, "stöd vård", [1], reading=Reading.ALL) == {1: {1: 1, 2: 2}}


def test_best_page_comes_first(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd " + "annat " * 40, "stöd vård", "vård " + "annat " * 60))

    assert [page.number for page in engine.page_hits(ask("stöd vård"), [1])[1]] == [2, 1, 3]


def test_phrases_groups_starts_and_exact_words_are_told_on_pages(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd och vård", "vård och stöd", "vårdat", "barn", "stödet"))

    assert masks(engine, '"vård och stöd"', [1]) == {1: {2: 1}}
    assert masks(engine, "barn OR stödet", [1]) == {1: {1: 1, 2: 1, 4: 1, 5: 1}}
    assert masks(engine, "vårda*", [1]) == {1: {3: 1}}
    assert masks(engine, "stödet", [1], reading=Reading.EXACT) == {1: {5: 1}}


def test_what_does_not_stand_on_pages_is_never_told(engine: SearchEngine) -> None:
    write(engine, document(1, "stöd vård", title="stöd", facets={"method": ["mi"]}))

    assert masks(engine, "titel:stöd metod:mi -borta vård", [1]) == {1: {1: 8}}
    assert masks(engine, "titel:stöd -vård", [1]) == {}
    assert masks(engine, "", [1]) == {}


def test_questions_of_many_words_keep_every_word(engine: SearchEngine) -> None:
    words = [f"ord{n}" for n in range(60)]
    write(engine, document(1, " ".join(words), words[59], " ".join(words[::2])))

    every_second = sum(1 << n for n in range(0, 60, 2))
    assert masks(engine, " ".join(words), [1]) == {1: {1: 2**60 - 1, 2: 1 << 59, 3: every_second}}


def test_no_more_pages_than_the_limit_are_given(engine: SearchEngine) -> None:
    write(engine, document(1, *["stöd"] * 30))

    hits = engine.page_hits(ask("stöd"), [1], limit=7)
    assert [(page.number, page.words) for page in hits[1]] == [(n, 1) for n in range(1, 8)]
