from __future__ import annotations

from datetime import date

from catalog import documents, projects, terms
from catalog.documents import AnalysedPage
from indexer import OwnWords, Tokens, analysis_version, use_own_words
from tests import factories
from workers.bank import Bank
from workers.projection import project_document, project_project


def test_a_document_carries_the_facets_of_its_project_and_its_own_type(bank: Bank) -> None:
    with bank.database.transaction() as session:
        project = factories.project(
            session, terms={"method": ["motiverande samtal (MI)"]}, status="avslutat", finding="blandat"
        )
        made = factories.document(session, project_id=project.id, document_type="slutrapport")
        entry = project_document(documents.get(session, made.id), [], terms.labels(session))
    assert entry.kind == "document"
    assert entry.project_id == project.id
    assert entry.facets["document_type"] == ("slutrapport",)
    assert entry.facets["status"] == ("avslutat",)
    assert entry.facets["finding"] == ("blandat",)
    assert len(entry.facets["method"]) == 1


def test_a_merged_organisation_counts_under_its_successor_and_is_found_by_its_old_name(bank: Bank) -> None:
    with bank.database.transaction() as session:
        old = terms.ensure(session, "organisation", "Skarpnäcks gamla")
        new = terms.ensure(session, "organisation", "Söderorts nya")
        old.successor = new
        project = factories.project(session, terms={"organisation": [old.key]})
        entry = project_project(projects.get(session, project.id), terms.labels(session))
    assert entry.facets["organisation"] == (new.key,)
    assert {"skarpnäcks", "söderorts"} <= set(entry.texts["labels"].exact.split())


def test_labels_of_the_fixed_lists_can_be_searched(bank: Bank) -> None:
    with bank.database.transaction() as session:
        made = factories.document(session, document_type="forstudie")
        entry = project_document(documents.get(session, made.id), [], terms.labels(session))
    assert "förstudie" in entry.texts["labels"].exact.split()


def test_a_draft_is_for_editors_only_and_a_published_one_for_the_stricter_class(bank: Bank) -> None:
    with bank.database.transaction() as session:
        project = factories.project(session, classification="internal")
        draft = factories.document(session, "a.pdf", published=False)
        published = factories.document(session, "b.pdf", classification="open", project_id=project.id)
        vocabulary = terms.labels(session)
        entries = [project_document(documents.get(session, one.id), [], vocabulary) for one in (draft, published)]
    assert entries[0].audience == ("editors",)
    assert entries[1].audience == ("editors", "restricted", "staff")


def test_dates_become_numbers_and_a_year_alone_sorts_before_its_days(bank: Bank) -> None:
    with bank.database.transaction() as session:
        dated = factories.document(session, "a.pdf", document_date=date(2019, 12, 12))
        entry = project_document(documents.get(session, dated.id), [], terms.labels(session))
        year = factories.document(session, "b.pdf", reading={"suggestions": {"year": {"value": 2019}}})
        of_year = project_document(documents.get(session, year.id), [], terms.labels(session))
    assert (entry.year, entry.sort_date) == (2019, 20191212)
    assert (of_year.year, of_year.sort_date) == (2019, 20190000)


def test_a_year_that_nobody_can_ask_for_is_unknown(bank: Bank) -> None:
    with bank.database.transaction() as session:
        dated = factories.document(session, "a.pdf", document_date=date(9999, 12, 12))
        early = factories.document(session, "b.pdf", reading={"suggestions": {"year": {"value": 12}}})
        project = factories.project(session, start_year=2020, end_year=20)
        vocabulary = terms.labels(session)
        entries = [
            *(project_document(documents.get(session, one.id), [], vocabulary) for one in (dated, early)),
            project_project(projects.get(session, project.id), vocabulary),
        ]
    assert [(entry.year, entry.sort_date) for entry in entries] == [(0, 0)] * 3


def test_a_document_without_title_is_called_by_its_file(bank: Bank) -> None:
    with bank.database.transaction() as session:
        made = factories.document(session, "Slutrapport.pdf", published=False)
        made.title = ""
        entry = project_document(made, [], terms.labels(session))
    assert entry.texts["title"].exact == "slutrapport"


def test_pages_carry_the_tokens_of_the_record(bank: Bank) -> None:
    page = AnalysedPage(1, 7, "Boendestöd", "", "exact", "parts", b"\x01", analysis_version())
    with bank.database.transaction() as session:
        entry = project_document(factories.document(session), [page], terms.labels(session))
    assert entry.pages[0].number == 7
    assert entry.pages[0].tokens == Tokens("exact", "parts", b"\x01")


def test_years_with_funds_and_the_equality_analysis_can_be_asked_for(bank: Bank) -> None:
    with bank.database.transaction() as session:
        project = factories.project(session, equality_analysis=False)
        projects.set_funding(session, project, [(2019, 100, 0), (2018, 100, 50), (2019, 0, 10)])
        made = factories.document(session, project_id=project.id)
        labels = terms.labels(session)
        entries = (
            project_project(projects.get(session, project.id), labels),
            project_document(documents.get(session, made.id), [], labels),
        )
        unknown = project_project(factories.project(session, "Utan uppgifter"), labels)
    for entry in entries:
        assert entry.facets["funding_year"] == ("2018", "2019")
        assert entry.facets["equality_analysis"] == ("ej_gjord",)
    assert not {"funding_year", "equality_analysis"} & set(unknown.facets)


def test_what_the_editors_teach_the_bank_changes_the_labels_of_a_project_too(bank: Bank) -> None:
    with bank.database.transaction() as session:
        project = factories.project(session, terms={"method": ["Solrosgårdsmodellen"]})

        def parts() -> str:
            return project_project(projects.get(session, project.id), terms.labels(session)).texts["labels"].parts

        before = parts()
        use_own_words(OwnWords(protected=frozenset({"solrosgårdsmodellen"})))
        assert parts() != before
        use_own_words(OwnWords())
        assert parts() == before
