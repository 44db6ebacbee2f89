from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalog import funding_sums, projects
from catalog.funding_sums import Money, funds, sums, sums_of_groups
from catalog.models import Project
from tests import factories

PUBLIC = frozenset({"public"})
EDITORS = frozenset({"public", "staff", "restricted", "editors"})
MILLIARD = 10**9


def funded(session: Session, title: str, *years: tuple[int, int, int], **fields: object) -> Project:
    made = factories.project(session, title, **fields)  # type: ignore[arg-type]  # the fields of a project
    projects.set_funding(session, made, years)
    session.flush()
    return made


def test_each_project_counts_once_however_often_it_is_named(session: Session) -> None:
    one = funded(session, "Ett", (2018, 100, 10), (2019, 200, 0))
    two = funded(session, "Två", (2019, 1_000, 0))

    assert sums(session, [one.id, two.id, one.id], PUBLIC) == Money(1_300, 10)
    assert sums(session, [], PUBLIC) == Money(0, 0)
    assert sums(session, [one.id, 4_711], PUBLIC) == Money(300, 10)
    assert funds(session, [one.id], PUBLIC).of([one.id, one.id]) == Money(300, 10)
    assert sums_of_groups(session, {"farsta": [one.id, one.id]}, PUBLIC) == {"farsta": Money(300, 10)}


def test_only_the_years_asked_for_count(session: Session) -> None:
    one = funded(session, "Ett", (2018, 100, 10), (2019, 200, 0), (2020, 400, 40))

    assert sums(session, [one.id], PUBLIC, years={2019}) == Money(200, 0)
    assert sums(session, [one.id], PUBLIC, years={2018, 2020}) == Money(500, 50)
    assert sums(session, [one.id], PUBLIC, years=()) == Money(0, 0)


def test_project_of_several_groups_counts_in_each_and_once_in_all(session: Session) -> None:
    shared = funded(session, "Delat", (2019, 500, 5))
    own = funded(session, "Eget", (2019, 100, 1))
    districts = {"norrmalm": [shared.id], "farsta": [shared.id, own.id], "skarpnack": [shared.id], "tomt": []}

    assert sums_of_groups(session, districts, PUBLIC) == {
        "norrmalm": Money(500, 5),
        "farsta": Money(600, 6),
        "skarpnack": Money(500, 5),
        "tomt": Money(0, 0),
    }
    assert sums(session, (one for ids in districts.values() for one in ids), PUBLIC) == Money(600, 6)


def test_documents_multiply_no_money(session: Session) -> None:
    one = funded(session, "Ett", (2019, 100, 10))
    for number in range(3):
        factories.document(session, f"{number}.pdf", project_id=one.id)

    assert sums(session, [one.id], PUBLIC) == Money(100, 10)


def test_groups_may_count_their_own_years(session: Session) -> None:
    one = funded(session, "Ett", (2018, 100, 10), (2019, 200, 20))
    groups = {"2018": [one.id], "2019": [one.id], "": [one.id]}

    counted = sums_of_groups(session, groups, PUBLIC, years={"2018": [2018], "2019": [2019]})
    assert counted == {"2018": Money(100, 10), "2019": Money(200, 20), "": Money(300, 30)}


@pytest.mark.parametrize("hidden", [{"published": False}, {"classification": "internal"}])
def test_money_of_a_project_that_a_person_may_not_open_leaves_no_trace(
    session: Session, hidden: dict[str, object]
) -> None:
    secret = funded(session, "Hemligt", (2019, 100, 10), **hidden)
    shown = funded(session, "Öppet", (2019, 7, 1))

    assert sums(session, [secret.id, shown.id], PUBLIC) == Money(7, 1)
    assert sums(session, [secret.id, shown.id], EDITORS) == Money(107, 11)


def test_more_projects_and_money_than_a_statement_names_or_a_small_number_takes(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(funding_sums, "MOST_NAMED", 2)
    made = [funded(session, f"Nummer {number}", (2019, 3 * MILLIARD, 1)) for number in range(5)]
    funded(session, "Ett annat", (2019, MILLIARD, 1))

    known = funds(session, [one.id for one in made], PUBLIC)
    assert known.of(one.id for one in made) == Money(15 * MILLIARD, 5)
    assert known.of([made[3].id], {2019}) == Money(3 * MILLIARD, 1)
