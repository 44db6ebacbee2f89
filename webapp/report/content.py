"""What a report says, as plain values: texts in the language of the request, numbers, and addresses within the bank."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.report.choices import Choices


@dataclass(frozen=True, slots=True)
class Money:
    """Whole SEK of the report's year."""

    granted: int = 0
    repaid: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of the year in short, with the address of what it counts."""

    label: str
    value: int
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    """So many projects, of an organisation or with a finding, and their money; `link` opens those very projects."""

    key: str
    label: str
    projects: int
    link: str
    money: Money = Money()


@dataclass(frozen=True, slots=True)
class ReportedProject:
    """A project as this person may see it.

    closed: its page is not published, so that only documents of it were found; then it has neither link, money nor
    texts. owners: in the names that they had. seen: its class where that is not open, or that it is a draft. equality:
    None where nobody has said. summary: (heading, paragraphs) of the template's parts that are written.
    """

    id: int
    title: str
    link: str
    owners: str
    years: str
    project_type: str
    status: str
    money: Money
    finding: str
    finding_label: str
    finding_note: str
    equality: bool | None
    seen: str
    summary: tuple[tuple[str, tuple[str, ...]], ...]
    documents: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A project under an organisation. A project of several is described under the first, and named under the others.

    described_under: that organisation, "" where the description stands here.
    """

    project: ReportedProject
    described_under: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation of today with its projects."""

    key: str
    label: str
    link: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """shared: titles of the projects that stand on several organisations' rows. scope: what was chosen, in words."""

    choices: Choices
    title: str
    owner: str
    made: str
    link: str
    scope: str
    numbers: tuple[Number, ...]
    sentences: tuple[str, ...]
    organisations: tuple[Row, ...]
    total: Row
    shared: tuple[str, ...]
    money_note: str
    findings: tuple[Row, ...]
    areas: tuple[Row, ...]
    groups: tuple[Group, ...]
    equality: tuple[Row, ...]
    equality_sentences: tuple[str, ...]
    projects: tuple[ReportedProject, ...]
    warning: str
    about: tuple[str, ...]

    def has(self, part: str) -> bool:
        return part in self.choices.parts
