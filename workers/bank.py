"""What one working process holds open: record, originals, engine and reader, each opened when first asked for."""

from __future__ import annotations

import time
from functools import cached_property
from typing import TYPE_CHECKING

from catalog import terms
from catalog.database import Database, open_database
from catalog.originals import Originals, open_originals
from indexer import Generations, SearchEngine
from settings import Settings
from workers import owners
from workers.editors_words import EditorsWords
from workers.files_first import FilesFirst
from workers.index_place import open_index, open_index_generations
from workers.scan_reading import reads_scans
from workers.word_counting import WordsWritten

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from indexer import Reader, Scanner

SUGGESTED_KINDS = ("document_type", "organisation", "subject_area", "method", "target_group")
VOCABULARY_SECONDS = 30.0  # reading them takes as long as reading a page, and terms change seldom


class Bank:
    """One a process, made after the fork: connections, index readers and children are not carried over."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._vocabularies: dict[str, dict[str, list[str]]] = {}
        self._vocabularies_until = 0.0
        self._bound: tuple[str, SearchEngine] | None = None
        self.words_written = WordsWritten()
        self.editors_words = EditorsWords()
        self.files_first = FilesFirst()

    @cached_property
    def owner(self) -> str:
        """The name under which this process borrows promises."""
        return owners.this_process()

    @cached_property
    def database(self) -> Database:
        return open_database(self.settings.database_url)

    @cached_property
    def originals(self) -> Originals:
        return open_originals(self.settings.originals_url)

    @cached_property
    def engine(self) -> SearchEngine:
        """Raises EngineUnavailable, and tries again when asked the next time."""
        return open_index(self.settings)

    @cached_property
    def generations(self) -> Generations:
        return open_index_generations(self.settings)

    def engine_of(self, generation: str) -> SearchEngine:
        """The live engine for "", otherwise one bound to the named generation; the last such is kept open."""
        if not generation:
            return self.engine
        if self._bound is None or self._bound[0] != generation:
            self._let_go_of_bound()
            opened = open_index(self.settings, generation)
            self._bound = generation, opened
        return self._bound[1]

    def take_in_words(self, session: Session | None = None) -> None:
        """Before each turn: what the editors have taught the bank meanwhile, asked in the session where one is open."""
        own = self.editors_words
        if own.take_in(self.database) if session is None else own.take_in_of(session):
            self.words_written.forget()

    @cached_property
    def reader(self) -> Reader:
        from indexer import Reader  # what puts pages together is loaded by those who read only

        return Reader(turnstile=self.settings.data_folder / "large-files.lock").__enter__()

    @cached_property
    def scanner(self) -> Scanner:
        from indexer import Scanner

        return Scanner().__enter__()

    @property
    def reads_scans(self) -> bool:
        """Whether pages without text can be read from their pictures: somebody is to do it, and has the program."""
        return reads_scans(self.settings)

    @property
    def vocabularies(self) -> dict[str, dict[str, list[str]]]:
        """Names by kind and key, for suggestions; as they stood at most VOCABULARY_SECONDS ago."""
        if time.monotonic() > self._vocabularies_until:
            with self.database.reading() as session:
                self._vocabularies = terms.vocabularies(session, SUGGESTED_KINDS)
            self._vocabularies_until = time.monotonic() + VOCABULARY_SECONDS
        return self._vocabularies

    def close(self) -> None:
        """Lets go of everything that was opened; asking again opens again."""
        if reader := self.__dict__.pop("reader", None):
            reader.__exit__(None, None, None)
        if scanner := self.__dict__.pop("scanner", None):
            scanner.__exit__(None, None, None)
        if engine := self.__dict__.pop("engine", None):
            engine.close()
        self._let_go_of_bound()
        if database := self.__dict__.pop("database", None):
            database.dispose()

    def _let_go_of_bound(self) -> None:
        if self._bound is not None:
            self._bound[1].close()
            self._bound = None
