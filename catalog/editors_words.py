"""The words that editors teach the bank: own words, protected words and synonyms, each with who and when.

word: a word that the word list lacks, also as a part of compounds. protected: never taken apart nor inflected.
synonym: whoever asks for `word` also finds `same_as`, and the other way round where it holds both ways.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from catalog import fitting
from catalog.columns import folded
from catalog.errors import AlreadyThere, BadValue, NotThere, TooMany
from catalog.word_changes import EDITORS, changed
from catalog.word_models import EditorsWord

WORD, PROTECTED, SYNONYM = KINDS = ("word", "protected", "synonym")
MOST = 2_000  # of each kind; each question looks synonyms up, and each process keeps all of them


def add(
    session: Session,
    kind: str,
    word: str,
    *,
    by: str,
    same_as: str = "",
    both_ways: bool = False,
    why: str = "",
) -> EditorsWord:
    """Raises BadValue for what is empty or does not fit, AlreadyThere, TooMany."""
    word, same_as = " ".join(word.split()), " ".join(same_as.split())
    if kind not in KINDS or not word or bool(same_as) != (kind == SYNONYM) or folded(word) == folded(same_as):
        raise BadValue(f"{word!r} cannot be a {kind} that is the same as {same_as!r}.")
    given = {"word": word, "same_as": same_as, "word_key": folded(word), "same_as_key": folded(same_as), "why": why}
    fitting.check(EditorsWord, given)
    if (session.scalar(select(func.count()).where(EditorsWord.kind == kind)) or 0) >= MOST:
        raise TooMany(f"There are {MOST} words of the kind {kind} already.")
    made = EditorsWord(kind=kind, both_ways=both_ways, added_by=by, **given)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise AlreadyThere(f"{word!r} stands among the words of the kind {kind} already.") from error
    changed(session, EDITORS)
    return made


def remove(session: Session, number: int) -> EditorsWord:
    """Gives what was taken away; raises NotThere."""
    found = session.get(EditorsWord, number)
    if found is None:
        raise NotThere(f"There is no word with the number {number}.")
    session.delete(found)
    changed(session, EDITORS)
    return found


def everyone(session: Session) -> Sequence[EditorsWord]:
    """In the order of their letters."""
    return session.scalars(select(EditorsWord).order_by(EditorsWord.word_key, EditorsWord.same_as_key)).all()
