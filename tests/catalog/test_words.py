"""The bank's words, roughly counted, and those of the editors."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import editors_words, word_changes, words
from catalog.errors import AlreadyThere, BadValue, NotThere
from catalog.words import CountedWord


def test_counts_add_up_and_parts_stand_once(session: Session) -> None:
    compound = CountedWord("boendestöd", "boendestöd", 2, ("boend", "stöd"))
    words.count(session, [compound, CountedWord("stöd", "stöd", 3)])
    words.count(session, [compound, CountedWord("stödet", "stöd", 0)])
    found = words.listed(session)
    assert sorted(found.words) == [("boendestöd", "boendestöd", 4), ("stöd", "stöd", 3), ("stödet", "stöd", 0)]
    assert sorted(found.parts) == [("boend", "boendestöd"), ("stöd", "boendestöd")]


def test_a_newer_analysis_gives_a_word_its_newer_key(session: Session) -> None:
    words.count(session, [CountedWord("barnet", "barnet", 1)])
    words.count(session, [CountedWord("barnet", "barn", 1)])
    assert words.listed(session).words == [("barnet", "barn", 2)]


def test_a_generation_is_counted_beside_the_one_in_use_and_takes_its_place(session: Session) -> None:
    words.count(session, [CountedWord("gammal", "gammal", 9, ("del",))])
    words.count(session, [CountedWord("ny", "ny", 1)], "next")
    assert [word for word, _, _ in words.listed(session).words] == ["gammal"]
    words.begin_anew(session, "next")
    assert words.listed(session) == words.Listed([("ny", "ny", 1)], [])


def test_whoever_keeps_words_in_memory_can_tell_that_they_have_changed(session: Session) -> None:
    assert word_changes.times(session, word_changes.BANK) == 0
    words.count(session, [])
    assert word_changes.times(session, word_changes.BANK) == 0
    words.count(session, [CountedWord("ny", "ny", 1)])
    words.count(session, [CountedWord("ny", "ny", 1)], "next")
    assert word_changes.times(session, word_changes.BANK) == 1
    editors_words.add(session, "word", "språkrör", by="Eva")
    assert word_changes.times(session, word_changes.EDITORS) == 1


def test_any_word_is_kept_as_it_is(session: Session) -> None:
    strange = ["x" * 60, "ß", "žluťoučký", "日本語", "ыъ", 'a"b', "a\\b", "a:b", "{a}", "%s"]
    words.count(session, [CountedWord(word, word, 1) for word in strange])
    assert sorted(word for word, _, _ in words.listed(session).words) == sorted(strange)


def test_editors_words_stand_in_order_with_who_and_when(session: Session) -> None:
    editors_words.add(session, "synonym", "försörjningsstöd", same_as="ekonomiskt  bistånd", both_ways=True, by="Eva")
    editors_words.add(session, "protected", "FIRE", why="projektets namn", by="Åsa")
    found = editors_words.everyone(session)
    assert [(one.kind, one.word, one.same_as, one.added_by) for one in found] == [
        ("protected", "FIRE", "", "Åsa"),
        ("synonym", "försörjningsstöd", "ekonomiskt bistånd", "Eva"),
    ]
    editors_words.remove(session, found[0].id)
    assert [one.word for one in editors_words.everyone(session)] == ["försörjningsstöd"]
    with pytest.raises(NotThere):
        editors_words.remove(session, found[0].id)


def test_the_same_word_stands_once_whatever_its_case(session: Session) -> None:
    editors_words.add(session, "word", "Språkrör", by="Eva")
    with pytest.raises(AlreadyThere):
        editors_words.add(session, "word", "språkrör", by="Åsa")
    editors_words.add(session, "protected", "språkrör", by="Åsa")


@pytest.mark.parametrize(
    ("kind", "word", "same_as"),
    [
        ("word", "", ""),
        ("word", " ", ""),
        ("okänd", "ord", ""),
        ("word", "ord", "annat"),
        ("synonym", "ord", ""),
        ("synonym", "ord", "ORD"),
        ("word", "x" * 121, ""),
        ("word", "a\0b", ""),
    ],
)
def test_what_cannot_be_a_word_is_refused(session: Session, kind: str, word: str, same_as: str) -> None:
    with pytest.raises(BadValue):
        editors_words.add(session, kind, word, same_as=same_as, by="Eva")
