"""The tables of projects and documents, and of what is owed to them.

Keys are made in Python, times are UTC, types are those that every database has.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from catalog.columns import LONGEST_TITLE, Base, Keyed, UtcDateTime, now, title_key
from catalog.origin import LONGEST_REQUEST_ID, request_id


class ControlledTerm(Keyed):
    """A value of a facet: `kind` is the facet's field name, `key` never changes, labels may.

    `position` orders the fixed lists; others are ordered by label. A merged organisation names its successor.
    """

    __tablename__ = "controlled_term"
    __table_args__ = (UniqueConstraint("kind", "key"),)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(300))
    label_en: Mapped[str] = mapped_column(String(300), default="")
    old_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(Integer, default=0)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("controlled_term.id"))
    successor: Mapped[ControlledTerm | None] = relationship(
        remote_side="ControlledTerm.id", lazy="joined", join_depth=2
    )


class ProjectTerm(Base):
    """One choice of a term for a project."""

    __tablename__ = "project_term"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("controlled_term.id"), primary_key=True, index=True)


class Project(Keyed):
    """What people talk about. `version` grows with every change that search must see.

    `working_title` is true while the title is only a file's name, which the read document's own title replaces.
    """

    __tablename__ = "project"
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    title_key: Mapped[str] = mapped_column(String(LONGEST_TITLE), index=True)
    working_title: Mapped[bool] = mapped_column(Boolean, default=False)
    project_type: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[str] = mapped_column(String(40), default="")
    finding: Mapped[str] = mapped_column(String(40), default="")
    finding_note: Mapped[str] = mapped_column(Text, default="")
    aim: Mapped[str] = mapped_column(Text, default="")
    start_year: Mapped[int | None] = mapped_column(Integer)
    end_year: Mapped[int | None] = mapped_column(Integer)
    partners: Mapped[list[str]] = mapped_column(JSON, default=list)
    researchers: Mapped[list[str]] = mapped_column(JSON, default=list)
    contact: Mapped[str] = mapped_column(String(300), default="")
    funder: Mapped[str] = mapped_column(String(300), default="")
    funding_focus: Mapped[str] = mapped_column(String(300), default="")
    equality_analysis: Mapped[bool | None] = mapped_column(Boolean)
    registration_number: Mapped[str] = mapped_column(String(100), default="")
    summary: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    classification: Mapped[str] = mapped_column(String(20), default="internal")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    published_by: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(BigInteger, default=1)
    indexed_version: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
    terms: Mapped[list[ControlledTerm]] = relationship(secondary="project_term", order_by=ControlledTerm.label)
    funding: Mapped[list[Funding]] = relationship(
        order_by="Funding.year", cascade="all, delete-orphan", passive_deletes=True
    )
    documents: Mapped[list[Document]] = relationship(back_populates="project", order_by="Document.created_at")

    @validates("title")
    def _keep_title_key(self, _name: str, title: str) -> str:
        self.title_key = title_key(title)
        return title

    @property
    def organisations(self) -> tuple[str, ...]:
        """Keys of the owners, in the order of their labels."""
        return tuple(term.key for term in self.terms if term.kind == "organisation")


class Funding(Keyed):
    """Money granted to a project and paid back by it in one year, in whole SEK."""

    __tablename__ = "funding"
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), index=True)
    year: Mapped[int] = mapped_column(Integer)
    granted: Mapped[int] = mapped_column(BigInteger, default=0)
    repaid: Mapped[int] = mapped_column(BigInteger, default=0)


class Document(Keyed):
    """One file of the bank. `state` tells how far the reading came; `reason` why it stopped.

    A document that is being read again stays "read" with its text; a `reason` then tells why that did not go well.
    `language` is the chief one, which people may change; `languages` all that whole passages are in, most of it first.
    `scan_pages` are read as scans, or are to be; of these `scan_pages_waiting` have not been read yet.
    """

    __tablename__ = "document"
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    file_name: Mapped[str] = mapped_column(String(400))
    media_type: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(BigInteger)
    title: Mapped[str] = mapped_column(String(400), default="")
    document_type: Mapped[str] = mapped_column(String(40), default="")
    document_date: Mapped[date | None] = mapped_column(Date)
    year: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(8), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    summary: Mapped[str] = mapped_column(Text, default="")
    running: Mapped[str] = mapped_column(Text, default="")
    classification: Mapped[str] = mapped_column(String(20), default="internal")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    published_by: Mapped[str] = mapped_column(String(200), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_when_read: Mapped[bool] = mapped_column(Boolean, default=False)
    state: Mapped[str] = mapped_column(String(20), default="queued", index=True)
    reason: Mapped[str] = mapped_column(String(40), default="")
    reason_detail: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    page_kind: Mapped[str] = mapped_column(String(20), default="page")
    page_count: Mapped[int] = mapped_column(Integer, default=0)
    pages_read: Mapped[int] = mapped_column(Integer, default=0)
    word_count: Mapped[int] = mapped_column(Integer, default=0)
    scan_pages: Mapped[int] = mapped_column(Integer, default=0)
    scan_pages_waiting: Mapped[int] = mapped_column(Integer, default=0)
    cut: Mapped[list[str]] = mapped_column(JSON, default=list)
    reader: Mapped[str] = mapped_column(String(80), default="")
    suggestions: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reading_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    version: Mapped[int] = mapped_column(BigInteger, default=1)
    indexed_version: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    project: Mapped[Project | None] = relationship(back_populates="documents")


_OF_SCANS = text("confidence IS NOT NULL")


class Page(Base):
    """The text of one page, slide or section, and the reader that gave it.

    `confidence`: how sure tesseract was of the page's words, 0 to 100; None where the text is the file's own. It is
    asked for by an index of its own: it stands behind the text, which would be read to come to it.
    """

    __tablename__ = "page"
    # In PostgreSQL it is partial, too; to say so here would load that dialect into every process.
    __table_args__ = (Index(None, "document_id", "confidence", sqlite_where=_OF_SCANS),)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    heading: Mapped[str] = mapped_column(String(300), default="")
    reader: Mapped[str] = mapped_column(String(40), default="")
    confidence: Mapped[int | None] = mapped_column(Integer)


class Scan(Keyed):
    """A page that is read from its picture: "waiting", "off" (nobody reads scans), "read" or "failed".

    `cause` tells why: "picture" (no text), "little_text" or "doubtful" (text that stands unless the scan's is better).
    `rotation` and `skew`: degrees counterclockwise by which it was turned to be read. `boxes`: its words with their
    places, packed (see catalog/scan_words.py), where its text stands. `reader`: fingerprint of what read it.
    """

    __tablename__ = "scan"
    # By state and document: given the state alone, SQLite would look through all scans of that state for each document.
    __table_args__ = (UniqueConstraint("document_id", "number"), Index(None, "state", "document_id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    cause: Mapped[str] = mapped_column(String(20), default="picture")
    reason: Mapped[str] = mapped_column(String(40), default="")
    reason_detail: Mapped[str] = mapped_column(Text, default="")
    reader: Mapped[str] = mapped_column(String(80), default="")
    rotation: Mapped[int] = mapped_column(Integer, default=0)
    skew: Mapped[float] = mapped_column(Float, default=0.0)
    boxes: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PageTokens(Base):
    """The analysed page: tokens joined by blanks, and where in the text each word stands (see indexer.analysis)."""

    __tablename__ = "page_tokens"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    exact: Mapped[str] = mapped_column(Text)
    parts: Mapped[str] = mapped_column(Text)
    spans: Mapped[bytes] = mapped_column(LargeBinary)
    analysis_version: Mapped[str] = mapped_column(String(40))


class Drop(Keyed):
    """One file that somebody dropped, as the queue page shows it; many drops may lead to one document."""

    __tablename__ = "dropped_file"
    file_name: Mapped[str] = mapped_column(String(400))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"), index=True)
    duplicate: Mapped[bool] = mapped_column(Boolean, default=False)
    refused: Mapped[str] = mapped_column(String(40), default="")
    dropped_by: Mapped[str] = mapped_column(String(200))
    dropped_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)
    hidden: Mapped[bool] = mapped_column(Boolean, default=False)
    document: Mapped[Document | None] = relationship()


class IdentityDecision(Keyed):
    """What a person decided about one identity number found in a document, before it became open.

    `why`: in that person's words, of a number that may stand; empty where nobody was asked for it.
    """

    __tablename__ = "identity_decision"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    page: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(String(64))
    decision: Mapped[str] = mapped_column(String(20))
    why: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    decided_by: Mapped[str] = mapped_column(String(200))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Judgement(Base):
    """How well a document answers a question, by a person's last word: 2 good, 1 so-so, 0 bad."""

    __tablename__ = "judgement"
    question: Mapped[str] = mapped_column(String(300), primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    grade: Mapped[int] = mapped_column(Integer)
    judged_by: Mapped[str] = mapped_column(String(200))
    judged_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class Removal(Keyed):
    """A recorded decision to remove a document: who, when, why. The only trace that stays of it."""

    __tablename__ = "removal"
    document_id: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str] = mapped_column(String(400))
    removed_by: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(Text)
    removed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    bytes_cleared: Mapped[bool] = mapped_column(Boolean, default=False)


class Job(Keyed):
    """A promise: `kind` of work owed to a subject ("document", "project" or "scan") and its lease.

    `generation` names the generation of the index that is being built and owes the subject an entry; empty for the
    live one, whichever that is, and for work of other kinds.
    `attempts` counts crashes and limits (three at most), `losses` leases lost to a dead worker (twenty at most).
    An entry of the index that is lost so often rests until `not_before`, with its reason in `last_error`.
    `version` grows when the subject changes meanwhile, so that done work for an older version keeps the row.
    `request_id` is that of the request, or of the job, that promised it last; empty where no person asked.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("kind", "subject", "subject_id", "generation"),
        Index(None, "kind", "generation", "priority", "created_at"),
    )
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    generation: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(BigInteger, default=0)
    priority: Mapped[int] = mapped_column(Integer, default=5)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    losses: Mapped[int] = mapped_column(Integer, default=0)
    owner: Mapped[str] = mapped_column(String(120), default="")
    lease_until: Mapped[float] = mapped_column(Float, default=0.0)
    not_before: Mapped[float] = mapped_column(Float, default=0.0)
    last_error: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(LONGEST_REQUEST_ID), default=request_id, server_default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
