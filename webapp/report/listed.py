"""A project of the record as the report tells it."""

from __future__ import annotations

from catalog.models import Project
from webapp import project_fields
from webapp.figures import years
from webapp.report.content import Money, ReportedProject
from webapp.report.gathering import Told
from webapp.report.sentences import joined
from webapp.texts import gettext as _
from webapp.vocabulary import Vocabulary


def reported(project: Project, told: Told, words: Vocabulary) -> ReportedProject:
    """What the report says of a project, to somebody who may open its page or only documents of it."""
    return ReportedProject(
        id=project.id,
        title=project.title,
        link=f"/projekt/{project.slug}" if told.is_open else "",
        owners=joined([words.label("organisation", key) for key in project.organisations]),
        years=years(project.start_year, project.end_year),
        project_type=_label(words, project, "project_type"),
        status=_label(words, project, "status"),
        money=Money(*told.money),
        finding=project.finding,
        finding_label=_label(words, project, "finding"),
        finding_note=project.finding_note if told.is_open else "",
        equality=project.equality_analysis,
        seen=_seen(project, words),
        summary=_summary(project) if told.is_open else (),
        documents=told.documents,
        closed=not told.is_open,
    )


def _label(words: Vocabulary, project: Project, kind: str) -> str:
    key = getattr(project, kind)
    return words.label(kind, key) if key else ""


def _seen(project: Project, words: Vocabulary) -> str:
    """Empty for what everybody may see, so that nobody sends further what is not for everybody."""
    if project.published_at is None:
        return _("utkast")
    return "" if project.classification == "open" else words.label("classification", project.classification)


def _summary(project: Project) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts of the template that somebody has written, in its order."""
    written = ((str(part.label), _paragraphs(project.summary.get(part.field, ""))) for part in project_fields.SUMMARY)
    return tuple((label, paragraphs) for label, paragraphs in written if paragraphs)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
