from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import projects
from catalog.project_facts import project_facts


def test_the_facts_of_several_projects_come_together_with_their_terms_and_the_sums_of_all_years(
    session: Session,
) -> None:
    first = projects.create(session, title="Bo kvar", project_type="forskning", status="avslutat", start_year=2016)
    second = projects.create(session, title="Samlarteam")
    projects.set_terms(session, first, {"organisation": ["Östermalm", "Farsta"], "method": ["Bostad först"]})
    projects.set_funding(session, first, [(2016, 500_000, 0), (2017, 3_000_000_000, 40_000)])
    session.flush()

    found = project_facts(session, [first.id, second.id, 1])

    assert set(found) == {first.id, second.id}
    told = found[first.id]
    assert (told.title, told.slug, told.project_type, told.start_year) == ("Bo kvar", "bo-kvar", "forskning", 2016)
    assert told.terms == {"organisation": ("farsta", "ostermalm"), "method": ("bostad-forst",)}
    assert (told.granted, told.repaid) == (3_000_500_000, 40_000)
    assert (found[second.id].terms, found[second.id].granted, found[second.id].repaid) == ({}, None, None)


@pytest.mark.parametrize("ids", [[], [5]])
def test_projects_that_are_not_there_are_left_out(session: Session, ids: list[int]) -> None:
    assert project_facts(session, ids) == {}
