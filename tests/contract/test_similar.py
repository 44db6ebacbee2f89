"""Entries that are about the same: what they share and nothing that a person may not see."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

import pytest

from indexer import Likeness, SearchEngine, Vocabulary, likeness, telling_words
from tests.contract.bank import TODAY, ask, document, project, write
from tests.contract.conftest import ENGINES, NewIndexes

WORDS = {"boendestöd": 1.0, "återfall": 0.8, "hembesök": 0.5}


@pytest.fixture(autouse=True)
def bank(engine: SearchEngine) -> None:
    _fill(engine)


def _fill(engine: SearchEngine) -> None:
    write(
        engine,
        document(1, "boendestödet och återfallen", "hembesöken blev fler"),
        document(2, "boendestöd i vardagen"),
        document(3, "ekonomi och skulder", facets={"subject_area": ["socialpsykiatri"]}),
        document(4, "boendestöd återfall hembesök", audience=["editors"]),
        document(5, "boendestöd återfall hembesök", visible_from=TODAY + 1),
        document(6, "annat"),
        project(7, title="boendestöd och återfall"),
    )


def _ids(engine: SearchEngine, **wanted: Any) -> list[int]:
    return [one.entry_id for one in engine.similar(_wanted(**wanted), ask())]


def _wanted(kind: str = "document", leave_out: tuple[int, ...] = (), **facets: list[str]) -> Likeness:
    return likeness(WORDS, facets, kind, leave_out)


def test_what_shares_most_words_comes_first_and_what_shares_none_never(engine: SearchEngine) -> None:
    assert _ids(engine) == [1, 2]


def test_shared_facets_count_too(engine: SearchEngine) -> None:
    assert set(_ids(engine, subject_area=["socialpsykiatri", "okänd"])) == {1, 2, 3}


def test_what_is_shared_is_told_weightiest_first(engine: SearchEngine) -> None:
    first, second, third = engine.similar(_wanted(subject_area=["socialpsykiatri"]), ask())
    told = {one.entry_id: one for one in (first, second, third)}
    assert told[1].words[0] == "återfall"
    assert set(told[2].words) < set(told[1].words)
    assert told[1].facets == ()
    assert told[3].facets == (("subject_area", "socialpsykiatri"),)
    assert first.score >= second.score >= third.score > 0


def test_only_the_kind_that_is_wanted_and_nothing_left_out(engine: SearchEngine) -> None:
    assert _ids(engine, kind="project") == [7]
    assert _ids(engine, leave_out=(1, 6)) == [2]


def test_nobody_learns_of_what_they_may_not_see(engine: SearchEngine) -> None:
    def seen(audience: list[str]) -> set[int]:
        return {one.entry_id for one in engine.similar(_wanted(), ask(audience=audience), 10)}

    assert seen(["public"]) == {1, 2}
    assert seen(["editors"]) == {1, 2, 4}
    assert seen([]) == set()


def test_so_many_as_asked_for_and_none_for_nothing(engine: SearchEngine) -> None:
    assert len(engine.similar(_wanted(), ask(), 1)) == 1
    assert engine.similar(likeness({}, {}, "document"), ask()) == ()


def test_engines_find_the_same(indexes: NewIndexes) -> None:
    with ExitStack() as stack:
        engines = [stack.enter_context(indexes.opened(name)) for name in ENGINES]
        told = []
        for engine in engines:
            _fill(engine)
            found = engine.similar(_wanted(subject_area=["socialpsykiatri"]), ask())
            told.append([(one.entry_id, sorted(one.words), one.facets) for one in found])
    assert all(one == told[0] for one in told)


def test_rare_words_that_stand_often_tell_most_of_a_text() -> None:
    vocabulary = Vocabulary({"och": 90, "projekt": 80, "boendestöd": 5, "boendestödet": 5, "skuld": 3, "månraket": 1})
    counts = {"och": 50, "projekt": 9, "boendestödet": 4, "boendestöd": 2, "skuld": 1, "2019": 9, "vi": 7}
    weights = telling_words(counts, vocabulary)
    assert next(iter(weights)) == "boendestödet"
    assert "och" not in weights
    assert "2019" not in weights
    assert "boendestöd" not in weights
    assert weights["boendestödet"] == 1.0 > weights["projekt"]


@pytest.mark.parametrize("known", [{}, {"boendestöd": 0}, {"boendestöd": 0, "projekt": 7}])
def test_words_that_came_as_an_entry_was_written_anew_tell_of_a_text_too(known: dict[str, int]) -> None:
    assert "boendestöd" in telling_words({"boendestöd": 4, "projekt": 2}, Vocabulary(known))
