"""Swedish identity numbers in a document: found in every written form, and what a person decided about each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from personnummer import personnummer
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import fitting
from catalog.errors import BadValue
from catalog.models import Document, IdentityDecision, Page, Project

# Eight or six digits of a date (whose day may have 60 added), at most one sign and a few blanks, of which one may be a
# line break, and four digits. Every repetition has a bound, so the search is linear. No digit stands on either side.
_CANDIDATE = re.compile(
    r"(?<![0-9])(?P<date>(?:(?:18|19|20)[0-9]{2}|[0-9]{2})[01][0-9][0-9]{2})"
    r"(?P<between>[ \t\u00a0\u202f]{0,2}[-+\u2010-\u2015\u2212]?[ \t\u00a0\u202f]{0,2}\r?\n?[ \t\u00a0\u202f]{0,2})"
    r"(?P<number>[0-9]{4})(?![0-9])"
)
DECISIONS = frozenset({"not_a_number", "may_stand"})
FIELDS_PAGE = 0  # where a number stands in the document's own fields (title, summary, …)


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid number at text[start:end]; kind is "personnummer" or "samordningsnummer"."""

    start: int
    end: int
    written: str
    kind: str


@dataclass(frozen=True, slots=True)
class Finding:
    """An identity number on a page of a document (0: in its fields); `decision` is "" while there is none.

    `why` and `decided_by` are the decision's. `fingerprint` stands for the number where it must not be written.
    `subject_id` is the document's or project's.
    """

    subject_id: int
    page: int
    start: int
    end: int
    written: str
    kind: str
    fingerprint: str
    decision: str = ""
    why: str = ""
    decided_by: str = ""


def find_identity_numbers(text: str) -> list[IdentityNumber]:
    """Every valid identity number in the text, in order: checksum and date are right."""
    return list(chain.from_iterable(_valid(match) for match in _CANDIDATE.finditer(text)))


def without_numbers(text: str) -> str:
    """The text with a blank for each identity number."""
    for one in reversed(find_identity_numbers(text)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def in_document(session: Session, document_id: int) -> list[Finding]:
    """Every identity number in the document's fields and pages, with what was decided about it."""
    return in_documents(session, [document_id])[document_id]


def in_documents(session: Session, document_ids: Sequence[int]) -> dict[int, list[Finding]]:
    """As `in_document`, by the documents' ids, in as few statements for all of them as for one."""
    decided, found = _last(session, document_ids), {one: list[Finding]() for one in document_ids}
    for document_id, page, text in _texts(session, document_ids):
        for finding in _findings(document_id, page, text):
            said = decided.get((document_id, page, finding.fingerprint))
            found[document_id].append(_decided(finding, said))
    return found


def in_project(project: Project) -> list[Finding]:
    """Every identity number in what is written about the project itself."""
    texts = (project.title, project.aim, project.finding_note, project.contact, *project.summary.values())
    about = (project.funder, project.funding_focus, project.registration_number)
    several = (*project.partners, *project.researchers, *(term.label for term in project.terms))
    return list(_findings(project.id, FIELDS_PAGE, "\n\n".join((*texts, *about, *several))))


def undecided(session: Session, document_id: int) -> list[Finding]:
    return [finding for finding in in_document(session, document_id) if not finding.decision]


def decide(
    session: Session, document_id: int, page: int, fingerprint: str, decision: str, *, by: str, why: str = ""
) -> None:
    """Notes a person's decision about one number on one page: "may_stand" or "not_a_number". The last one counts.

    Raises BadValue, also where `why` is too long.
    """
    if decision not in DECISIONS:
        raise BadValue(f"{decision!r} is no decision; use {', '.join(sorted(DECISIONS))}.")
    fitting.check(IdentityDecision, {"why": why})
    given = {"page": page, "fingerprint": fingerprint, "decision": decision, "why": why, "decided_by": by}
    session.add(IdentityDecision(document_id=document_id, **given))
    session.flush()


def carry_over(session: Session, document_id: int) -> None:
    """After the document was read anew: what was decided about a number that now stands on another page holds there.

    A number that stands where it was judged and on one page more is to be decided about on that one.
    """
    found = in_document(session, document_id)
    there = {(one.page, one.fingerprint) for one in found}
    last = _last(session, [document_id])
    moved = {mark: said for (_, page, mark), said in last.items() if (page, mark) not in there}
    for one in found:
        if not one.decision and one.fingerprint in moved:
            said = moved[one.fingerprint]
            decide(session, document_id, one.page, one.fingerprint, said.decision, by=said.decided_by, why=said.why)


def _valid(match: re.Match[str]) -> Iterator[IdentityNumber]:
    sign = "+" if "+" in match["between"] else "-"
    try:
        parsed = personnummer.parse(f"{match['date']}{sign}{match['number']}")
    except personnummer.PersonnummerException:
        return
    kind = "samordningsnummer" if parsed.is_coordination_number() else "personnummer"
    yield IdentityNumber(match.start(), match.end(), match.group(), kind)


def _findings(subject_id: int, page: int, text: str) -> Iterator[Finding]:
    for one in find_identity_numbers(text):
        mark = _fingerprint(subject_id, one.written)
        yield Finding(subject_id, page, one.start, one.end, one.written, one.kind, mark)


def _texts(session: Session, document_ids: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """(document, page, text), a document's own fields first of all."""
    for one in session.scalars(select(Document).where(Document.id.in_(document_ids))):
        yield one.id, FIELDS_PAGE, f"{one.title}\n\n{one.file_name}\n\n{one.summary}\n\n{one.running}"
    pages = select(Page.document_id, Page.number, Page.text).where(Page.document_id.in_(document_ids))
    yield from ((row[0], row[1], row[2]) for row in session.execute(pages.order_by(Page.document_id, Page.number)))


def _decided(finding: Finding, said: IdentityDecision | None) -> Finding:
    return replace(finding, decision=said.decision, why=said.why, decided_by=said.decided_by) if said else finding


def _last(session: Session, document_ids: Sequence[int]) -> dict[tuple[int, int, str], IdentityDecision]:
    """The last decision about each number on each page of the documents."""
    asked = (
        select(IdentityDecision)
        .where(IdentityDecision.document_id.in_(document_ids))
        .order_by(IdentityDecision.decided_at, IdentityDecision.id)
    )
    return {(one.document_id, one.page, one.fingerprint): one for one in session.scalars(asked)}


def _fingerprint(subject_id: int, written: str) -> str:
    digits = "".join(re.findall(r"[0-9]", written))[-10:]
    return hashlib.sha256(f"{subject_id}:{digits}".encode()).hexdigest()
