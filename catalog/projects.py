"""What may be done with projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, select
from sqlalchemy import update as sql_update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from catalog import audience as audiences
from catalog import carriers, fitting, identity, jobs, terms
from catalog.columns import new_id, now, one_line, title_key
from catalog.errors import AlreadyThere, BadValue, IdentityNumbersUnconfirmed, NotThere
from catalog.models import Document, Funding, Project
from catalog.slugs import numbered

# A change by a person is searched before the bulk of an import.
PEOPLES_PRIORITY = 3
# What a person may write; terms have `set_terms`, money `set_funding`.
EDITABLE = frozenset(
    {
        "title",
        "project_type",
        "status",
        "finding",
        "finding_note",
        "aim",
        "start_year",
        "end_year",
        "partners",
        "researchers",
        "contact",
        "funder",
        "funding_focus",
        "equality_analysis",
        "registration_number",
        "summary",
        "classification",
    }
)


def create(
    session: Session, *, title: str, working_title: bool = False, project_id: int | None = None, **fields: Any
) -> Project:
    """Adds a project under an address made of its title; raises BadValue for a field that is not EDITABLE.

    The address stands when the title is changed, so it holds no identity number. project_id: one that was promised to
    whoever asks; raises AlreadyThere where the promise has been kept.
    """
    _check(fields)
    title = one_line(title)
    if not title:
        raise BadValue("A project needs a title.")
    fitting.check(Project, {"title": title})
    for slug in numbered(identity.without_numbers(title), "projekt"):
        if project_id and session.scalar(select(Project.id).where(Project.id == project_id)):
            raise AlreadyThere(f"There is a project {project_id} already.")
        project = Project(id=project_id or new_id(), slug=slug, title=title, terms=[], funding=[], **fields)
        project.working_title = working_title
        if session.scalar(select(Project.id).where(Project.slug == slug)) is None and _stands(session, project):
            break
    jobs.add(session, "index", "project", project.id, project.version)
    return project


def get(session: Session, project_id: int) -> Project:
    """The project with terms and funding; raises NotThere."""
    return _one(session, select(Project).where(Project.id == project_id), f"There is no project {project_id}.")


def visible(session: Session, project_id: int, audience: frozenset[str]) -> Project:
    """The project, where a person with these tokens may see it; raises NotThere otherwise."""
    asked = select(Project).where(Project.id == project_id, audiences.projects_seen_by(audience))
    return _one(session, asked, f"There is no project {project_id}.")


def by_slug(session: Session, slug: str, audience: frozenset[str]) -> Project:
    """The project at this address, where a person with these tokens may see it; raises NotThere otherwise."""
    asked = select(Project).where(Project.slug == slug, audiences.projects_seen_by(audience))
    return _one(session, asked, f"There is no project {slug!r}.")


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, Project]:
    """Projects with terms and funding. Missing ones are left out."""
    asked = select(Project).where(Project.id.in_(list(ids)))
    return {project.id: project for project in session.scalars(_whole(asked))}


def find_by_title(session: Session, title: str) -> Project | None:
    """The oldest project with this title, whatever the case of its letters."""
    asked = select(Project).where(Project.title_key == title_key(title)).order_by(Project.created_at, Project.id)
    return session.scalars(_whole(asked).limit(1)).first()


def ids_titled(session: Session, title: str) -> list[int]:
    """Of the projects with this title, whatever the case of its letters; two at most, which tell that it is not one."""
    return list(session.scalars(select(Project.id).where(Project.title_key == title_key(title)).limit(2)))


def newest(session: Session, audience: frozenset[str], limit: int) -> list[Project]:
    """Published projects that these tokens may see, newest publication first."""
    asked = (
        select(Project)
        .where(Project.published_at.is_not(None), audiences.projects_seen_by(audience))
        .order_by(Project.published_at.desc(), Project.id)
        .limit(limit)
        .options(selectinload(Project.terms))
    )
    return list(session.scalars(asked))


def update(session: Session, project_id: int, *, confirmed: bool = False, **fields: Any) -> Project:
    """Writes the fields; raises BadValue for one that is not EDITABLE.

    What is open and published holds no identity number unless a person has `confirmed` it.
    """
    _check(fields)
    with session.begin_nested():  # all or nothing, though the caller may catch the refusal and commit
        project = get(session, project_id)
        for name, value in fields.items():
            setattr(project, name, value)
        project.working_title = project.working_title and "title" not in fields
        if project.published_at:
            _check_open(project, confirmed=confirmed)
        carriers.bump_project(session, project, PEOPLES_PRIORITY)
    return project


def name_after(session: Session, document_id: int) -> None:
    """Gives a project that has only a file's name the title of its document, once that is read.

    An identity number in the title keeps it from a project that is open.
    """
    found = session.connection().execute(_TO_BE_NAMED, {"document": document_id}).first()
    if found is None:
        return
    try:
        update(session, found.id, title=found.title)
    except IdentityNumbersUnconfirmed:
        session.refresh(session.get_one(Project, found.id))


def publish(session: Session, project_id: int, classification: str, by: str, *, confirmed: bool = False) -> Project:
    """Lets the classification's audience see the project. Raises IdentityNumbersUnconfirmed as `update` does."""
    with session.begin_nested():
        project = get(session, project_id)
        project.classification = audiences.check_classification(classification)
        _check_open(project, confirmed=confirmed)
        project.published_at, project.published_by = project.published_at or now(), by
        carriers.bump_project(session, project, PEOPLES_PRIORITY)
    return project


def unpublish(session: Session, project_id: int) -> Project:
    """Takes the project back to those who edit, and with it its documents, until it is published again."""
    project = get(session, project_id)
    project.published_at, project.published_by = None, ""
    carriers.bump_project(session, project, PEOPLES_PRIORITY)
    return project


def set_terms(session: Session, project: Project, chosen: Mapping[str, Iterable[str]]) -> None:
    """Replaces the project's terms of each given kind, by keys or labels; a new label becomes a new term."""
    kept = [term for term in project.terms if term.kind not in chosen]
    new = [terms.choose(session, kind, one) for kind, values in chosen.items() for one in values if one_line(one)]
    project.terms = list({term.id: term for term in (*kept, *new)}.values())
    carriers.bump_project(session, project, PEOPLES_PRIORITY)


def set_funding(session: Session, project: Project, years: Iterable[tuple[int, int, int]]) -> None:
    """Replaces the project's money: (year, granted, repaid) in whole SEK."""
    rows = [{"year": year, "granted": granted, "repaid": repaid} for year, granted, repaid in years]
    for row in rows:
        fitting.check(Funding, row)
    project.funding = [Funding(id=new_id(), **row) for row in rows]
    carriers.bump_project(session, project, PEOPLES_PRIORITY)


def remove(session: Session, project_id: int) -> None:
    """Removes a project without documents, as one made by mistake; raises BadValue where it has some."""
    project = get(session, project_id)
    if session.scalar(select(Document.id).where(Document.project_id == project_id).limit(1)):
        raise BadValue(f"{project.title!r} has documents; move or remove them first.")
    jobs.add(session, "index", "project", project.id, project.version + 1, PEOPLES_PRIORITY)
    session.delete(project)
    session.flush()


def versions(session: Session) -> dict[int, int]:
    """The version of each project by id; every project has an entry of its own in the index."""
    return dict(session.execute(select(Project.id, Project.version)).all())


def mark_indexed(session: Session, versions: Mapping[int, int]) -> None:
    """Notes which version of each project the index holds since its last commit."""
    if versions:
        rows = [{"marked": project_id, "held": version} for project_id, version in versions.items()]
        session.connection().execute(_MARK, rows)


def _check(fields: Mapping[str, Any]) -> None:
    if unknown := fields.keys() - EDITABLE:
        raise BadValue(f"A project has no field {', '.join(sorted(unknown))} that can be changed.")
    fitting.check(Project, fields)
    if "classification" in fields:
        audiences.check_classification(fields["classification"])


def _check_open(project: Project, *, confirmed: bool) -> None:
    if project.classification == "open" and not confirmed and (found := identity.in_project(project)):
        raise IdentityNumbersUnconfirmed(found)


def _stands(session: Session, project: Project) -> bool:
    """False where somebody took the address, or the id, in this very moment."""
    try:
        with session.begin_nested():
            session.add(project)
    except IntegrityError:
        return False
    return True


def _one(session: Session, asked: Select[Project], missing: str) -> Project:
    project = session.scalar(_whole(asked))
    if project is None:
        raise NotThere(missing)
    return project


def _whole(asked: Select[Project]) -> Select[Project]:
    return asked.options(selectinload(Project.terms), selectinload(Project.funding))


_PROJECT, _DOCUMENT = cast("Table", Project.__table__), cast("Table", Document.__table__)
# Said for every file that is read, and nearly always answered by no row.
_TO_BE_NAMED = (
    select(_PROJECT.c.id, _DOCUMENT.c.title)
    .join_from(_DOCUMENT, _PROJECT, _DOCUMENT.c.project_id == _PROJECT.c.id)
    .where(_DOCUMENT.c.id == bindparam("document"), _PROJECT.c.working_title, _DOCUMENT.c.title != "")
)
_MARK = (
    sql_update(_PROJECT)
    .where(_PROJECT.c.id == bindparam("marked"))
    .values(indexed_version=bindparam("held"), changed_at=_PROJECT.c.changed_at)  # no change of the project itself
)
