"""Tables of the bank's words: those that stand in its texts, and those that editors taught it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Boolean, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from catalog.columns import Base, Keyed, UtcDateTime, now

LONGEST_WORD: Final = 120  # characters of what an editor writes, several words too
LONGEST_KEY: Final = 80  # of a word type; words are at most 60 letters, and stemming adds none


class WordType(Base):
    """A word that stands in entries of the index, in its exact form: `entries` is about how many.

    `key` folds the inflections of a word into one. `generation` names the index that is being built and counts anew;
    empty for what is in use, as with Job.
    """

    __tablename__ = "word_type"
    __table_args__ = ({"sqlite_with_rowid": False},)
    generation: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    word: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    entries: Mapped[int] = mapped_column(Integer, default=0)


class CompoundPart(Base):
    """A compound's whole key under the key of one of its top parts; `generation` as with WordType."""

    __tablename__ = "compound_part"
    __table_args__ = ({"sqlite_with_rowid": False},)
    generation: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    part: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    compound: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)


class EditorsWord(Keyed):
    """What the editors taught the bank: `kind` is "word", "protected" or "synonym"; see catalog/editors_words.py."""

    __tablename__ = "editors_word"
    __table_args__ = (UniqueConstraint("kind", "word_key", "same_as_key"),)
    kind: Mapped[str] = mapped_column(String(20))
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    word_key: Mapped[str] = mapped_column(String(LONGEST_WORD))
    same_as: Mapped[str] = mapped_column(String(LONGEST_WORD), default="")
    same_as_key: Mapped[str] = mapped_column(String(LONGEST_WORD), default="")
    both_ways: Mapped[bool] = mapped_column(Boolean, default=False)
    why: Mapped[str] = mapped_column(String(300), default="")
    added_by: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class WordChange(Base):
    """How often the bank's words ("bank") or the editors' ("editors") have changed; processes keep them in memory."""

    __tablename__ = "word_change"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    times: Mapped[int] = mapped_column(BigInteger, default=0)
