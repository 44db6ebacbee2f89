"""The editors' words out of the record into this process, when they have changed: web and workers alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from catalog import editors_words, word_changes
from catalog.database import Database
from catalog.editors_words import PROTECTED, SYNONYM, WORD
from catalog.word_models import EditorsWord
from indexer import OwnWords, Synonym, analyse, own_words, use_own_words

WEIGHT = 0.5  # of what a synonym finds; never more than the word that somebody wrote


class EditorsWords:
    """What one process has taken in. Asking whether there is anything new reads one row."""

    def __init__(self) -> None:
        self._seen = -1

    def take_in(self, database: Database) -> bool:
        """Makes the lists current in this process; tells whether they had changed."""
        with database.reading() as session:
            return self.take_in_of(session)

    def take_in_of(self, session: Session) -> bool:
        """The same, on the record as the session sees it."""
        times = word_changes.times(session, word_changes.EDITORS)
        if times == self._seen:
            return False
        own = own_words_of(editors_words.everyone(session))
        self._seen = times
        if own == own_words():
            return False
        use_own_words(own)  # forgets what was computed with others
        return True


def own_words_of(rows: Iterable[EditorsWord]) -> OwnWords:
    """As the analysis wants them: exact forms, and a synonym for each direction."""
    everything = list(rows)
    return OwnWords(
        words=frozenset(analyse(row.word).exact for row in everything if row.kind == WORD),
        protected=frozenset(analyse(row.word).exact for row in everything if row.kind == PROTECTED),
        synonyms=tuple(one for row in everything if row.kind == SYNONYM for one in _synonyms(row)),
    )


def _synonyms(row: EditorsWord) -> Iterator[Synonym]:
    word, same_as = analyse(row.word).exact, analyse(row.same_as).exact
    yield Synonym(word, same_as, WEIGHT)
    if row.both_ways:
        yield Synonym(same_as, word, WEIGHT)
