"""What must be looked at before anything becomes open: identity numbers with their place, one decision each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog import documents, identity
from catalog.columns import one_line
from catalog.database import Database
from catalog.identity import FIELDS_PAGE, Finding
from catalog.models import Document, Project
from webapp.document_links import page_name
from webapp.search_hits import title_of
from webapp.texts import gettext as _

LONGEST_WHY = 1000  # characters
AROUND = 80  # characters of the page on either side of a number
NOT_A_NUMBER, MAY_STAND, REMOVE = "not_a_number", "may_stand", "ta_bort"
CHOICES = (NOT_A_NUMBER, MAY_STAND, REMOVE)
LAST_FOUR = re.compile(r"[0-9](?=(?:[^0-9]*[0-9]){0,3}[^0-9]*$)")


@dataclass(frozen=True, slots=True)
class Found:
    """One number in one place. before, masked, after: the strip of text; the last four digits are never shown.

    why: what has been said of it, with whose name it was. own_why: what was just written about this one alone.
    """

    finding: Finding
    title: str
    where: str
    heading: str
    link: str
    before: str
    masked: str
    after: str
    chosen: str
    why: str
    own_why: str

    @property
    def name(self) -> str:
        """Of its buttons, and its place on the page."""
        return name_of(self.finding)

    @property
    def why_name(self) -> str:
        return why_name_of(self.finding)


class Decided(NamedTuple):
    """What a person has chosen for a number, and what they have written about that one alone."""

    finding: Finding
    choice: str
    own_why: str

    @property
    def is_new(self) -> bool:
        """A number that stands already can be given a reason of its own later."""
        stands = self.choice == MAY_STAND
        return self.choice != self.finding.decision or (stands and self.own_why not in {"", self.finding.why})


@dataclass(frozen=True, slots=True)
class Check:
    """found: numbers in the documents. own: numbers, masked, in what is written about the project itself."""

    found: tuple[Found, ...]
    own: tuple[str, ...]
    documents: tuple[Document, ...]

    @property
    def left(self) -> int:
        return sum(not one.chosen for one in self.found)


def name_of(finding: Finding) -> str:
    return f"fynd-{finding.subject_id}-{finding.page}-{finding.fingerprint[:16]}"


def check(database: Database, project: Project | None, checked: Sequence[Document], chosen: Mapping[str, str]) -> Check:
    """Looks through all documents that have been read. chosen: what was just pressed, by name."""
    found: list[Found] = []
    with database.reading() as session:
        found_in = identity.in_documents(session, [document.id for document in checked])
        for document in checked:
            findings = list({name_of(one): one for one in found_in[document.id]}.values())
            numbers = {one.page for one in findings}
            pages = {page.number: page for page in documents.pages(session, document.id, numbers)} if numbers else {}
            for one in findings:
                page = pages.get(one.page)
                found.append(_found(document, one, page.text if page else "", page.heading if page else "", chosen))
    own = tuple(masked(one.written) for one in identity.in_project(project)) if project else ()
    return Check(tuple(found), own, tuple(checked))


def masked(text: str) -> str:
    """The number with dots for its last four digits."""
    return LAST_FOUR.sub("•", text)


def why_name_of(finding: Finding) -> str:
    """Of the field for a reason of the number's own."""
    return f"skal-{name_of(finding)}"


def decisions(found: Sequence[Found], sent: Mapping[str, str]) -> Iterator[Decided]:
    """What a person has chosen for each number that stands in the documents; other names are left aside."""
    for one in found:
        if (choice := sent.get(one.name, "")) in CHOICES:
            own = one_line(sent.get(one.why_name, "")) if choice == MAY_STAND else ""
            yield Decided(one.finding, choice, own)


def needs_reason(finding: Finding, choice: str) -> bool:
    """Whether the choice lets a number stand of which nobody has said why."""
    return choice == MAY_STAND and not (finding.decision == MAY_STAND and finding.why)


def _found(document: Document, one: Finding, text: str, heading: str, chosen: Mapping[str, str]) -> Found:
    in_fields = one.page == FIELDS_PAGE
    return Found(
        finding=one,
        title=title_of(document),
        where=_("titeln, filnamnet eller sammanfattningen") if in_fields else page_name(document.page_kind, one.page),
        heading=heading,
        link=f"/dokument/{document.id}" + ("" if in_fields else f"?sida={one.page}"),
        before=_all_masked(_from_word(text[max(0, one.start - AROUND) : one.start], cut=one.start > AROUND)),
        masked=masked(one.written),
        after=_all_masked(_to_word(text[one.end : one.end + AROUND], cut=one.end + AROUND < len(text))),
        chosen=chosen.get(name_of(one), one.decision),
        own_why=chosen.get(why_name_of(one), "")[:LONGEST_WHY],
        why=_("Får stå: %(why)s (%(name)s)", why=_all_masked(one.why), name=one.decided_by) if one.why else "",
    )


def _from_word(text: str, *, cut: bool) -> str:
    return f"… {text.partition(' ')[2]}" if cut else text


def _to_word(text: str, *, cut: bool) -> str:
    return f"{text.rpartition(' ')[0]} …" if cut else text


def _all_masked(text: str) -> str:
    for number in reversed(identity.find_identity_numbers(text)):
        text = text[: number.start] + masked(number.written) + text[number.end :]
    return " ".join(text.split())
