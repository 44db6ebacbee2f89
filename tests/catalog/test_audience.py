from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import audience
from catalog.columns import now
from catalog.errors import BadValue
from catalog.models import Document, Project
from tests import factories

ALL = {"public", "staff", "restricted", "editors"}
STAFF = {"staff", "restricted", "editors"}
FEW = {"restricted", "editors"}
EDITORS = {"editors"}

CLASSIFICATIONS = ("open", "internal", "restricted")
BY_STRICTNESS = dict(zip(CLASSIFICATIONS, (ALL, STAFF, FEW), strict=True))

# (document's classification, its project's) → who sees the published document
TOGETHER = {
    ("open", None): ALL,
    ("open", "open"): ALL,
    ("open", "internal"): STAFF,
    ("open", "restricted"): FEW,
    ("internal", None): STAFF,
    ("internal", "open"): STAFF,
    ("internal", "internal"): STAFF,
    ("internal", "restricted"): FEW,
    ("restricted", None): FEW,
    ("restricted", "open"): FEW,
    ("restricted", "internal"): FEW,
    ("restricted", "restricted"): FEW,
}


class TestOfDocument:
    @pytest.mark.parametrize(("own", "projects"), TOGETHER)
    def test_published_document_follows_the_stricter_classification(
        self, session: Session, own: str, projects: str | None
    ) -> None:
        project = factories.project(session, classification=projects) if projects else None
        document = factories.document(session, classification=own, project_id=project.id if project else None)
        assert audience.of_document(document, document.project) == TOGETHER[own, projects]

    @pytest.mark.parametrize(("own", "projects"), TOGETHER)
    def test_unpublished_document_is_for_those_who_edit(self, session: Session, own: str, projects: str | None) -> None:
        project = factories.project(session, classification=projects) if projects else None
        document = factories.document(
            session, classification=own, published=False, project_id=project.id if project else None
        )
        assert audience.of_document(document, document.project) == EDITORS

    @pytest.mark.parametrize("own", CLASSIFICATIONS)
    def test_document_of_an_unpublished_project_is_for_those_who_edit(self, session: Session, own: str) -> None:
        """Its entry carries the project's texts, and its page tells of the project."""
        project = factories.project(session, published=False)
        document = factories.document(session, classification=own, published=False, project_id=project.id)
        document.published_at = now()
        assert audience.of_document(document, project) == EDITORS

    def test_classification_that_nobody_knows_is_for_those_who_edit(self, session: Session) -> None:
        document = factories.document(session)
        document.classification = "secret"
        assert audience.of_document(document, None) == EDITORS


class TestOfProject:
    @pytest.mark.parametrize("classification", CLASSIFICATIONS)
    def test_published_project_follows_its_classification(self, session: Session, classification: str) -> None:
        project = factories.project(session, classification=classification)
        assert audience.of_project(project) == BY_STRICTNESS[classification]

    @pytest.mark.parametrize("classification", CLASSIFICATIONS)
    def test_unpublished_project_is_for_those_who_edit(self, session: Session, classification: str) -> None:
        assert (
            audience.of_project(factories.project(session, classification=classification, published=False)) == EDITORS
        )


class TestOfRole:
    @pytest.mark.parametrize(
        ("role", "tokens"),
        [
            (None, {"public"}),
            ("", {"public"}),
            ("nobody-knows", {"public"}),
            ("lasare", {"public", "staff"}),
            ("analytiker", {"public", "staff"}),
            ("redaktionsrad", {"public", "staff", "restricted"}),
            ("redaktor", ALL),
            ("administrator", ALL),
        ],
    )
    def test_person_has_the_tokens_of_the_role(self, role: str | None, tokens: set[str]) -> None:
        assert audience.of_role(role) == tokens

    def test_editors_and_administrators_edit(self) -> None:
        assert [role for role in audience.AUDIENCE_OF_ROLE if audience.may_edit(role)] == ["redaktor", "administrator"]
        assert not audience.may_edit(None)


class TestSeenBy:
    """The record's own condition gives the same answer as the tokens, for each person and each document."""

    @pytest.mark.parametrize("role", [None, *audience.AUDIENCE_OF_ROLE])
    def test_query_and_tokens_agree_on_documents(self, session: Session, role: str | None) -> None:
        kinds = product(TOGETHER, (True, False), (True, False))
        for number, ((own, projects), published, together) in enumerate(kinds):
            project = factories.project(session, f"P {number}", classification=projects) if projects else None
            factories.document(
                session,
                f"{number}.pdf",
                classification=own,
                published=published,
                project_id=project.id if project else None,
            )
            if project and not together:
                project.published_at = None
        tokens = audience.of_role(role)
        asked = select(Document.id).outerjoin(Project).where(audience.documents_seen_by(tokens))
        every = session.scalars(select(Document)).all()
        assert len(every) == 4 * len(TOGETHER)
        expected = {one.id for one in every if audience.of_document(one, one.project) & tokens}
        assert set(session.scalars(asked)) == expected

    @pytest.mark.parametrize("role", [None, *audience.AUDIENCE_OF_ROLE])
    def test_query_and_tokens_agree_on_projects(self, session: Session, role: str | None) -> None:
        every = [
            factories.project(session, classification=classification, published=published)
            for classification, published in product(CLASSIFICATIONS, (True, False))
        ]
        tokens = audience.of_role(role)
        asked = select(Project.id).where(audience.projects_seen_by(tokens))
        assert set(session.scalars(asked)) == {one.id for one in every if audience.of_project(one) & tokens}


def test_classification_that_nobody_knows_is_refused() -> None:
    with pytest.raises(BadValue, match="secret"):
        audience.check_classification("secret")
