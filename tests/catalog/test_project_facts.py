from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import projects
from catalog.project_facts import project_facts


def test_the_facts_of_several_projects_come_together_with_their_terms(
    session: Session,
) -> None:
    first = projects.create(session, title="Bo kvar", project_type="forskning", status="avslutat", start_year=2016)
    second = projects.create(session, title="Samlarteam")
    projects.set_terms(session, first, {"organisation": ["Östermalm", "Farsta"], "method": ["Bostad först"]})
    session.flush()

    found = project_facts(session, [first.id, second.id, 1])

    assert set(found) == {first.id, second.id}
    told = found[first.id]
    assert (told.title, told.slug, told.project_type, told.start_year) == ("Bo kvar", "bo-kvar", "forskning", 2016)
    assert told.terms == {"organisation": ("farsta", "ostermalm"), "method": ("bostad-forst",)}
    assert found[second.id].terms == {}


@pytest.mark.parametrize("ids", [[], [5]])
def test_projects_that_are_not_there_are_left_out(session: Session, ids: list[int]) -> None:
    assert project_facts(session, ids) == {}
