from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import documents, judgements
from catalog.errors import BadValue
from tests import factories


@pytest.fixture
def two(session: Session) -> tuple[int, int]:
    return factories.document(session, "En.pdf").id, factories.document(session, "Två.pdf").id


def test_the_last_word_about_a_hit_counts(session: Session, two: tuple[int, int]) -> None:
    assert judgements.judge(session, "boendestöd", {two[0]: 2, two[1]: 0}, by="Eva") == 2
    assert judgements.judge(session, "boendestöd", {two[0]: 1, two[1]: 0}, by="Bo") == 1
    assert judgements.grades_of(session, "boendestöd") == {two[0]: 1, two[1]: 0}


def test_a_judgement_can_be_taken_back(session: Session, two: tuple[int, int]) -> None:
    judgements.judge(session, "boendestöd", {two[0]: 2, two[1]: 0}, by="Eva")
    judgements.judge(session, "boendestöd", {two[0]: None}, by="Eva")
    assert judgements.grades_of(session, "boendestöd") == {two[1]: 0}


def test_questions_are_listed_with_how_many_of_each_grade(session: Session, two: tuple[int, int]) -> None:
    judgements.judge(session, "vräkning", {two[0]: 1}, by="Eva")
    judgements.judge(session, "boendestöd", {two[0]: 2, two[1]: 0}, by="Eva")
    listed = judgements.questions(session)
    assert [(one.question, one.good, one.so_so, one.bad) for one in listed] == [
        ("boendestöd", 1, 0, 1),
        ("vräkning", 0, 1, 0),
    ]
    assert listed[0].judged_at.tzinfo
    assert judgements.collection(session) == {"boendestöd": {two[0]: 2, two[1]: 0}, "vräkning": {two[0]: 1}}


def test_a_removed_document_takes_its_judgements_along(session: Session, two: tuple[int, int]) -> None:
    judgements.judge(session, "boendestöd", {two[0]: 2, two[1]: 0}, by="Eva")
    documents.remove(session, two[0], by="Eva", why="fel fil")
    session.flush()
    assert judgements.grades_of(session, "boendestöd") == {two[1]: 0}
    assert judgements.judge(session, "boendestöd", {two[0]: 2}, by="Eva") == 0


def test_a_forgotten_question_is_gone(session: Session, two: tuple[int, int]) -> None:
    judgements.judge(session, "boendestöd", {two[0]: 2, two[1]: 0}, by="Eva")
    assert judgements.forget(session, "boendestöd") == 2
    assert judgements.questions(session) == []


@pytest.mark.parametrize(("question", "grade"), [("boendestöd", 3), ("", 2), ("å" * 301, 2), ("a\0", 2)])
def test_what_cannot_be_kept_is_refused(session: Session, two: tuple[int, int], question: str, grade: int) -> None:
    with pytest.raises(BadValue):
        judgements.judge(session, question, {two[0]: grade}, by="Eva")
