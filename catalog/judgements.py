"""Judged hits: which documents answer a question well. The bank's own collection for measuring its search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.orm import Session

from catalog import fitting
from catalog.errors import BadValue
from catalog.models import Document, Judgement

GOOD, SO_SO, BAD = 2, 1, 0
GRADES = (GOOD, SO_SO, BAD)
LONGEST_QUESTION = 300


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question as it was typed, with how many documents have each grade."""

    question: str
    good: int
    so_so: int
    bad: int
    judged_at: datetime


def judge(session: Session, question: str, grades: Mapping[int, int | None], by: str) -> int:
    """Keeps the grades by document id, None takes one back; tells how many were changed.

    Documents that are gone meanwhile are left aside. Raises BadValue for an unknown grade or a question too long.
    """
    _check(question, grades)
    known = grades_of(session, question)
    there = set(session.scalars(select(Document.id).where(Document.id.in_(grades))))
    changed = {one: grade for one, grade in grades.items() if known.get(one) != grade and one in there}
    for document_id, grade in changed.items():
        if grade is None:
            session.execute(delete(Judgement).where(_is(question, document_id)))
        else:
            session.merge(Judgement(question=question, document_id=document_id, grade=grade, judged_by=by))
    return len(changed)


def grades_of(session: Session, question: str) -> dict[int, int]:
    """Grades by document id."""
    asked = select(Judgement.document_id, Judgement.grade).where(Judgement.question == question)
    return dict(session.execute(asked).all())


def questions(session: Session) -> list[JudgedQuestion]:
    """All judged questions, in their own order."""
    counted = (func.sum(case((Judgement.grade == grade, 1), else_=0)) for grade in GRADES)
    asked = select(Judgement.question, *counted, func.max(Judgement.judged_at)).group_by(Judgement.question)
    return [JudgedQuestion(*row) for row in session.execute(asked.order_by(Judgement.question))]


def collection(session: Session) -> dict[str, dict[int, int]]:
    """Grades by document id, by question."""
    found: dict[str, dict[int, int]] = {}
    rows = session.execute(select(Judgement.question, Judgement.document_id, Judgement.grade))
    for question, document_id, grade in rows:
        found.setdefault(question, {})[document_id] = grade
    return dict(sorted(found.items()))


def forget(session: Session, question: str) -> int:
    """Takes a question out of the collection; tells how many judgements went with it."""
    gone = session.scalars(select(Judgement.document_id).where(Judgement.question == question)).all()
    session.execute(delete(Judgement).where(Judgement.question == question))
    return len(gone)


def _check(question: str, grades: Mapping[int, int | None]) -> None:
    fitting.check(Judgement, {"question": question})
    if not question:
        raise BadValue("A judgement needs a question.")
    if unknown := {grade for grade in grades.values() if grade is not None} - set(GRADES):
        raise BadValue(f"{unknown.pop()!r} is no grade; use 2 (good), 1 (so-so) or 0 (bad).")


def _is(question: str, document_id: int) -> ColumnElement[bool]:
    return (Judgement.question == question) & (Judgement.document_id == document_id)
