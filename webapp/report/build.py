"""Choices -> Report: gathers the facts and puts them in order, with the address of the very hits on each figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from webapp.bank import Bank
from webapp.figures import full_date, upper_first
from webapp.report import sentences
from webapp.report.choices import Choices
from webapp.report.content import Group, Number, Report, ReportedProject, Row
from webapp.report.gathering import gather
from webapp.report.tables import Tables
from webapp.texts import LazyText
from webapp.texts import gettext as _
from webapp.texts import lazy_gettext as _l
from webapp.vocabulary import Vocabulary, vocabulary

FINAL_REPORT = "slutrapport"
# Of several projects, where the label of the list names one; a type of the bank's own stands as its label.
TITLES: Mapping[str, LazyText] = {
    "": _l("Projekt med medel"),
    "utvecklingsprojekt": _l("Lokala utvecklingsprojekt"),
    "forskningsprojekt": _l("Forskningsprojekt"),
    "studieresa": _l("Studieresor"),
    "uppdrag": _l("Uppdrag"),
    "ovrig_rapport": _l("Övriga rapporter"),
}


def build(choices: Choices, bank: Bank, audience: frozenset[str], today: int) -> Report:
    """The report as these tokens may see it; raises what the engine raises."""
    words = vocabulary(bank.database)
    gathered = gather(choices.query.visible_to(audience, today), choices.year, bank)
    tables = Tables(gathered, words)
    projects = tables.in_order(gathered.total.projects)
    total, findings, groups = tables.total(), tables.rows("finding"), tables.groups()
    numbers = _numbers(total, gathered.total.documents, *tables.documents_of_type(FINAL_REPORT))
    shared = tuple(_shared(groups))
    return Report(
        choices=choices,
        title=_title(choices, words),
        owner=bank.settings.owner,
        made=full_date(datetime.now(UTC)),
        link=total.link,
        scope=_scope(choices, words),
        numbers=numbers,
        sentences=tuple(sentences.year_told(choices.year, total, projects, findings, numbers)),
        organisations=tables.rows("organisation"),
        total=total,
        shared=shared,
        money_note=sentences.money_note(shared) if projects else "",
        findings=findings,
        areas=tables.rows("subject_area"),
        groups=groups,
        equality=tables.rows("equality_analysis"),
        equality_sentences=tuple(sentences.equality_told(projects)) if projects else (),
        projects=tuple(projects),
        warning=_warning(projects),
        about=tuple(sentences.about(choices.year)),
    )


def _shared(groups: Iterable[Group]) -> Iterator[str]:
    """Titles of the projects that stand under several organisations; two projects may have the same title."""
    places = Counter(place.project for group in groups for place in group.places)
    yield from (project.title for project, count in places.items() if count > 1)


def _numbers(total: Row, documents: int, finals: int, of_finals: str) -> tuple[Number, ...]:
    return (
        Number(_("projekt med medel"), total.projects, total.link),
        Number(_("kr beviljade"), total.money.granted, total.link),
        Number(_("kr återbetalade"), total.money.repaid, total.link),
        Number(_("dokument"), documents, total.link),
        Number(_("slutrapporter"), finals, of_finals),
    )


def _title(choices: Choices, words: Vocabulary) -> str:
    kind = choices.project_type
    named = TITLES.get(kind) or upper_first(words.label("project_type", kind))
    return f"{named} {choices.year}"


def _scope(choices: Choices, words: Vocabulary) -> str:
    return words.label("organisation", choices.organisation) if choices.organisation else _("alla förvaltningar")


def _warning(projects: Iterable[ReportedProject]) -> str:
    """For whoever sees more than everybody does, before they send the report further."""
    count = sum(bool(one.seen) for one in projects)
    if not count:
        return ""
    if count == 1:
        return _("1 projekt i rapporten är inte öppet för alla. Vid namnet står vem som får läsa det.")
    return _("%(n)s projekt i rapporten är inte öppna för alla. Vid namnen står vem som får läsa dem.", n=count)
