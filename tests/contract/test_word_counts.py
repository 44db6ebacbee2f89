"""In how many entries a word stands, for this person, today: the truth behind proposals and completion."""

from __future__ import annotations

from itertools import product

from indexer import SearchEngine
from tests.contract.bank import EVERYONE, ask, document, project, write

OPEN, INTERNAL, DRAFT = ("public", "staff", "editors"), ("staff", "editors"), ("editors",)
WORDS = ("boendestöd", "boendestödet", "vräkning", "hemlig", "finnsinte")


def bank(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "Boendestödet och boendestöd.", "Boendestöd igen.", audience=OPEN),
        document(2, "Boendestöd", title="Vräkning", audience=INTERNAL),
        document(3, "Hemlig vräkning", audience=DRAFT),
        document(4, "Boendestöd", audience=OPEN, visible_from=20261123),
        project(100, "Boendestöd", audience=OPEN),
    )


def test_each_entry_counts_once_wherever_the_word_stands_and_only_as_it_is_written(engine: SearchEngine) -> None:
    bank(engine)

    assert engine.word_counts(WORDS, ask(audience=["editors"])) == {
        "boendestöd": 3,
        "boendestödet": 1,
        "vräkning": 2,
        "hemlig": 1,
        "finnsinte": 0,
    }


def test_only_what_a_person_may_see_today_counts(engine: SearchEngine) -> None:
    bank(engine)

    assert engine.word_counts(WORDS, ask()) == dict(zip(WORDS, (2, 1, 0, 0, 0), strict=True))
    assert engine.word_counts(["boendestöd"], ask(today=20261123)) == {"boendestöd": 3}
    assert engine.word_counts(["vräkning", "hemlig"], ask(audience=["staff"])) == {"vräkning": 1, "hemlig": 0}
    assert engine.word_counts(WORDS, ask(audience=[])) == dict.fromkeys(WORDS, 0)


def test_what_else_is_asked_makes_no_difference(engine: SearchEngine) -> None:
    bank(engine)
    asked = ask("vräkning", page=3, from_year=2020).toggled("method", "x")

    assert engine.word_counts(["boendestöd"], asked) == {"boendestöd": 2}


def test_any_string_is_answered(engine: SearchEngine) -> None:
    bank(engine)
    strange = ["", " ", "*", "a:b", '"', "å" * 10_000, "boendestöd och", "boendestöd"]

    assert engine.word_counts([], ask()) == {}
    assert engine.word_counts(strange, ask()) == dict.fromkeys(strange[:-1], 0) | {"boendestöd": 2}


def test_many_words_at_once_are_counted_one_by_one(engine: SearchEngine) -> None:
    numbers = range(1, 40)
    letters = ["".join(pair) for pair in product("abcdefg", repeat=3)][:300]
    write(engine, *(document(n, " ".join(letters[:n]), audience=EVERYONE) for n in numbers))

    counts = engine.word_counts(letters, ask())
    assert [counts[word] for word in letters[:39]] == list(range(39, 0, -1))
    assert sum(counts.values()) == sum(numbers)
