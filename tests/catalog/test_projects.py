from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents, jobs, projects
from catalog.database import Database
from catalog.errors import AlreadyThere, BadValue, IdentityNumbersUnconfirmed, NotThere
from catalog.models import Job, Project
from tests import factories

PUBLIC, STAFF, EDITORS = frozenset({"public"}), frozenset({"public", "staff"}), frozenset({"editors"})
NUMBER = "Klienten 811218-9876 flyttade."


def _promised(session: Session) -> dict[int, int]:
    """The version that the index is promised, by subject."""
    return dict(session.execute(select(Job.subject_id, Job.version).where(Job.kind == "index")).all())


class TestCreate:
    def test_address_is_made_of_the_title(self, session: Session) -> None:
        assert projects.create(session, title="Bo kvar på Skärholmen").slug == "bo-kvar-pa-skarholmen"

    def test_same_title_again_gets_an_address_of_its_own(self, session: Session) -> None:
        made = [projects.create(session, title="Bo kvar").slug for _ in range(3)]
        assert made == ["bo-kvar", "bo-kvar-2", "bo-kvar-3"]

    def test_a_promised_id_is_used_once(self, session: Session) -> None:
        assert projects.create(session, title="Bo kvar", project_id=17).id == 17
        with pytest.raises(AlreadyThere):
            projects.create(session, title="Ett annat", project_id=17)
        assert factories.project_titles(session) == ["Bo kvar"]

    @pytest.mark.parametrize("title", ["Utredning 811218-9876 Enskede", "Utredning_198112189876_Enskede"])
    def test_address_holds_no_identity_number(self, session: Session, title: str) -> None:
        assert projects.create(session, title=title).slug == "utredning-enskede"

    def test_title_without_letters_has_an_address_too(self, session: Session) -> None:
        assert projects.create(session, title="—").slug == "projekt"

    def test_new_project_is_internal_unpublished_and_promised_to_the_index(self, session: Session) -> None:
        project = projects.create(session, title="Bo kvar", aim="Färre vräkningar", start_year=2018)
        assert (project.classification, project.published_at, project.aim) == ("internal", None, "Färre vräkningar")
        assert _promised(session) == {project.id: 1}

    @pytest.mark.parametrize("fields", [{"nonsense": 1}, {"slug": "x"}, {"classification": "öppen"}])
    def test_field_that_people_do_not_write_is_refused(self, session: Session, fields: dict[str, Any]) -> None:
        with pytest.raises(BadValue):
            projects.create(session, title="Bo kvar", **fields)

    def test_title_is_needed(self, session: Session) -> None:
        with pytest.raises(BadValue):
            projects.create(session, title=" \n ")


class TestFinding:
    def test_project_comes_with_terms_and_funding_for_use_after_the_session(self, database: Database) -> None:
        with database.transaction() as session:
            made = factories.project(session, terms={"method": ["Bostad först"]})
            projects.set_funding(session, made, [(2019, 400_000, 0), (2018, 500_000, 120_000)])
        with database.reading() as session:
            project = projects.get(session, made.id)
        assert [term.label for term in project.terms] == ["Bostad först"]
        assert [(one.year, one.granted, one.repaid) for one in project.funding] == [
            (2018, 500_000, 120_000),
            (2019, 400_000, 0),
        ]

    def test_hidden_project_is_not_there_by_address_or_id(self, session: Session) -> None:
        project = factories.project(session, classification="internal")
        with pytest.raises(NotThere):
            projects.by_slug(session, project.slug, PUBLIC)
        with pytest.raises(NotThere):
            projects.visible(session, project.id, PUBLIC)
        assert projects.by_slug(session, project.slug, STAFF) == project
        assert projects.visible(session, project.id, STAFF) == project

    def test_missing_project_is_not_there(self, session: Session) -> None:
        with pytest.raises(NotThere):
            projects.get(session, 1)
        with pytest.raises(NotThere):
            projects.by_slug(session, "nowhere", EDITORS)

    def test_projects_are_given_by_id_and_missing_ones_left_out(self, session: Session) -> None:
        project = factories.project(session)
        assert projects.by_ids(session, [project.id, 1]) == {project.id: project}

    @pytest.mark.parametrize("written", ["Äldre  på ÖSTERMALM", "äldre på östermalm", "A\u0308ldre pa\u030a Östermalm"])
    def test_title_is_found_whatever_the_case_of_its_letters(self, session: Session, written: str) -> None:
        project = factories.project(session, "Äldre på Östermalm")
        assert projects.find_by_title(session, written) == project

    def test_a_and_o_are_not_taken_for_aring_and_odiaeresis(self, session: Session) -> None:
        factories.project(session, "Får")
        assert projects.find_by_title(session, "Far") is None

    def test_renamed_project_is_found_by_its_new_title(self, session: Session) -> None:
        project = factories.project(session, "Bo kvar")
        projects.update(session, project.id, title="Bo kvar i Skärholmen")
        assert projects.find_by_title(session, "bo kvar i skärholmen") == project
        assert projects.find_by_title(session, "Bo kvar") is None
        assert project.slug == "bo-kvar"

    def test_ids_of_a_title_tell_that_several_have_it(self, session: Session) -> None:
        first = factories.project(session, "Bo kvar")
        assert projects.ids_titled(session, "bo  kvar") == [first.id]
        for _ in range(3):
            factories.project(session, "Bo Kvar")
        assert len(projects.ids_titled(session, "Bo kvar")) == 2
        assert projects.ids_titled(session, "Bo") == []

    def test_newest_are_those_that_the_person_may_see(self, session: Session) -> None:
        first, second = factories.project(session, "A"), factories.project(session, "B")
        internal = factories.project(session, "C", classification="internal")
        factories.project(session, "D", published=False)
        assert projects.newest(session, PUBLIC, 9) == [second, first]
        assert projects.newest(session, STAFF, 2) == [internal, second]
        assert projects.newest(session, EDITORS, 9) == [internal, second, first]


class TestUpdate:
    def test_project_and_its_documents_get_new_versions(self, session: Session) -> None:
        project, other = factories.project(session), factories.project(session, "Annat")
        document = factories.document(session, "a.pdf", project_id=project.id)
        waiting = factories.queued(session, "b.pdf", project_id=project.id)
        elsewhere = factories.document(session, "c.pdf", project_id=other.id)
        before = {one.id: one.version for one in (project, document, waiting, elsewhere)}
        projects.update(session, project.id, title="Nytt namn", status="avslutat")
        for one in (project, document, waiting, elsewhere):
            session.refresh(one)
        assert (project.title, project.status) == ("Nytt namn", "avslutat")
        assert [one.version - before[one.id] for one in (project, document, waiting, elsewhere)] == [1, 1, 1, 0]
        promised = _promised(session)
        assert (promised[project.id], promised[document.id]) == (project.version, document.version)
        assert waiting.id not in promised

    def test_field_that_people_do_not_write_is_refused(self, session: Session) -> None:
        with pytest.raises(BadValue, match="version"):
            projects.update(session, factories.project(session).id, version=9)

    def test_identity_number_in_an_open_project_must_be_confirmed(self, session: Session) -> None:
        project = factories.project(session, aim="Syfte")
        with pytest.raises(IdentityNumbersUnconfirmed):
            projects.update(session, project.id, aim=NUMBER)
        assert project.aim == "Syfte"
        assert projects.update(session, project.id, aim=NUMBER, confirmed=True).aim == NUMBER

    def test_moment_of_the_change_is_noted(self, session: Session) -> None:
        project = factories.project(session)
        before = project.changed_at
        projects.update(session, project.id, aim="Nytt")
        session.refresh(project)
        assert project.changed_at > before


class TestPublish:
    def test_published_project_is_seen_by_its_audience(self, session: Session) -> None:
        project = factories.project(session, published=False)
        projects.publish(session, project.id, "open", "Ali")
        assert projects.by_slug(session, project.slug, PUBLIC).published_by == "Ali"

    def test_stricter_project_takes_its_documents_along(self, session: Session) -> None:
        project = factories.project(session)
        document = factories.document(session, project_id=project.id)
        before = document.version
        projects.publish(session, project.id, "restricted", "Eva")
        session.refresh(document)
        assert document.version == before + 1
        with pytest.raises(NotThere):
            documents.visible(session, document.id, STAFF)

    @pytest.mark.parametrize("name", ["title", "aim", "funder", "funding_focus", "registration_number"])
    def test_identity_number_in_any_of_its_texts_is_found(self, session: Session, name: str) -> None:
        project = projects.create(session, **{"title": "Bo kvar", name: NUMBER})  # type: ignore[arg-type]
        with pytest.raises(IdentityNumbersUnconfirmed):
            projects.publish(session, project.id, "open", "Eva")

    def test_identity_number_in_its_texts_must_be_confirmed(self, session: Session) -> None:
        project = factories.project(session, classification="internal", aim=NUMBER)
        with pytest.raises(IdentityNumbersUnconfirmed):
            projects.publish(session, project.id, "open", "Eva")
        assert project.classification == "internal"
        assert projects.publish(session, project.id, "open", "Eva", confirmed=True).classification == "open"

    def test_unpublished_project_is_back_with_those_who_edit(self, session: Session) -> None:
        project = factories.project(session)
        projects.unpublish(session, project.id)
        with pytest.raises(NotThere):
            projects.by_slug(session, project.slug, STAFF)
        assert projects.by_slug(session, project.slug, EDITORS) == project


class TestSetTerms:
    def test_given_kinds_are_replaced_and_others_stay(self, session: Session) -> None:
        project = factories.project(session, terms={"method": ["MI"], "keyword": ["hembesök", "vräkning"]})
        projects.set_terms(session, project, {"keyword": ["hyresskuld"]})
        assert sorted((term.kind, term.label) for term in project.terms) == [
            ("keyword", "hyresskuld"),
            ("method", "MI"),
        ]
        projects.set_terms(session, project, {"keyword": []})
        assert [term.kind for term in project.terms] == ["method"]

    def test_keys_and_labels_lead_to_the_same_term_once(self, session: Session) -> None:
        project = factories.project(session)
        projects.set_terms(session, project, {"keyword": ["Långvarig hemlöshet", "langvarig-hemloshet", " "]})
        assert [term.label for term in project.terms] == ["Långvarig hemlöshet"]

    def test_documents_are_promised_to_the_index_with_the_new_labels(self, session: Session) -> None:
        project = factories.project(session)
        document = factories.document(session, project_id=project.id)
        before = document.version
        projects.set_terms(session, project, {"keyword": ["vräkning"]})
        session.refresh(document)
        assert document.version == before + 1 == _promised(session)[document.id]


class TestSetFunding:
    def test_money_is_replaced(self, session: Session) -> None:
        project = factories.project(session)
        projects.set_funding(session, project, [(2018, 500_000, 0), (2019, 1, 1)])
        projects.set_funding(session, project, [(2020, 25_000, 5_000)])
        assert [(one.year, one.granted, one.repaid) for one in project.funding] == [(2020, 25_000, 5_000)]


class TestRemove:
    def test_empty_project_is_removed_and_the_index_promised_to_forget_it(self, session: Session) -> None:
        project = factories.project(session, terms={"method": ["MI"]})
        projects.set_funding(session, project, [(2018, 1, 0)])
        version = project.version
        projects.remove(session, project.id)
        assert session.scalars(select(Project)).all() == []
        assert _promised(session) == {project.id: version + 1}

    def test_project_with_documents_is_not_removed(self, session: Session) -> None:
        project = factories.project(session)
        factories.queued(session, project_id=project.id)
        with pytest.raises(BadValue, match="Bo kvar"):
            projects.remove(session, project.id)


class TestVersions:
    def test_every_project_belongs_in_the_index(self, session: Session) -> None:
        first, second = factories.project(session), factories.project(session, "Annat", published=False)
        assert projects.versions(session) == {first.id: first.version, second.id: second.version}

    def test_indexed_version_is_noted_and_counts_as_no_change(self, session: Session) -> None:
        project = factories.project(session)
        session.flush()
        session.refresh(project)
        before = project.changed_at
        projects.mark_indexed(session, {project.id: 2})
        session.refresh(project)
        assert (project.indexed_version, project.changed_at) == (2, before)


def test_promise_of_the_index_is_kept_by_the_newest_version_only(session: Session) -> None:
    """A change between projecting and writing the entry leaves the promise standing."""
    project = projects.create(session, title="Bo kvar")
    (claimed,) = jobs.claim(session, "index", "a:1:1", 9, 60, 1e6)
    projects.update(session, project.id, aim="Nytt")
    assert not jobs.done(session, claimed)
    (again,) = jobs.claim(session, "index", "a:1:1", 9, 60, 1e6)
    assert again.version == project.version
    assert jobs.done(session, again)
