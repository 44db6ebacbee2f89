from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from catalog import saved_views
from catalog.audience import AUDIENCE_OF_ROLE, may_put_on_start
from catalog.errors import AlreadyThere, BadValue, NotThere, TooMany
from catalog.person_models import User
from tests import factories


@pytest.fixture
def eva(session: Session) -> int:
    return factories.user(session, "Eva").id


@pytest.fixture
def bo(session: Session) -> int:
    return factories.user(session, "Bo").id


def _names(session: Session, person: int) -> list[str]:
    return [view.name for view in saved_views.of_person(session, person)]


def test_each_person_sees_their_own_views_by_name(session: Session, eva: int, bo: int) -> None:
    saved_views.keep(session, eva, "  Utfall   per år ", "/utforska?rader=ar")
    saved_views.keep(session, eva, "Boende", "/sok?q=boende")
    saved_views.keep(session, bo, "Utfall per år", "/utforska")
    assert _names(session, eva) == ["Boende", "Utfall per år"]
    assert [view.address for view in saved_views.of_person(session, bo)] == ["/utforska"]


def test_a_person_has_one_view_of_a_name_whatever_the_case(session: Session, eva: int) -> None:
    saved_views.keep(session, eva, "Utfall", "/utforska")
    with pytest.raises(AlreadyThere):
        saved_views.keep(session, eva, "UTFALL", "/sok")
    assert _names(session, eva) == ["Utfall"]


def test_a_view_can_be_renamed_and_removed_by_its_owner_alone(session: Session, eva: int, bo: int) -> None:
    view = saved_views.keep(session, eva, "Utfall", "/utforska")
    with pytest.raises(NotThere):
        saved_views.rename(session, bo, view.id, "Mitt")
    with pytest.raises(NotThere):
        saved_views.remove(session, bo, view.id)
    saved_views.rename(session, eva, view.id, "Utfall i år")
    assert _names(session, eva) == ["Utfall i år"]
    saved_views.remove(session, eva, view.id)
    assert not _names(session, eva)


def test_a_name_that_another_view_has_is_no_new_name(session: Session, eva: int) -> None:
    saved_views.keep(session, eva, "Utfall", "/utforska")
    other = saved_views.keep(session, eva, "Boende", "/sok")
    with pytest.raises(AlreadyThere):
        saved_views.rename(session, eva, other.id, "utfall")


def test_the_start_page_shows_few_in_the_order_in_which_they_came(session: Session, eva: int, bo: int) -> None:
    made = [saved_views.keep(session, eva, f"Vy {n}", "/utforska") for n in range(4)]
    for view in (made[2], made[0], made[1], made[0]):
        saved_views.put_on_start(session, eva, view.id)
    assert [view.name for view in saved_views.on_start(session)] == ["Vy 2", "Vy 0", "Vy 1"]
    with pytest.raises(TooMany):
        saved_views.put_on_start(session, eva, made[3].id)
    saved_views.take_off_start(session, made[2].id)
    saved_views.put_on_start(session, eva, made[3].id)
    assert [view.name for view in saved_views.on_start(session)] == ["Vy 0", "Vy 1", "Vy 3"]


def test_nobody_puts_somebody_elses_view_on_the_start_page(session: Session, eva: int, bo: int) -> None:
    view = saved_views.keep(session, eva, "Utfall", "/utforska")
    with pytest.raises(NotThere):
        saved_views.put_on_start(session, bo, view.id)
    saved_views.put_on_start(session, eva, view.id)
    with pytest.raises(NotThere):
        saved_views.take_off_start(session, view.id, bo)
    assert saved_views.on_start(session) == [view]
    saved_views.take_off_start(session, view.id, eva)
    with pytest.raises(NotThere):
        saved_views.take_off_start(session, view.id)


def test_a_person_who_is_gone_takes_their_views_along(session: Session, eva: int) -> None:
    saved_views.put_on_start(session, eva, saved_views.keep(session, eva, "Utfall", "/utforska").id)
    session.execute(delete(User).where(User.id == eva))
    session.expire_all()
    assert not saved_views.on_start(session)


def test_a_person_keeps_so_many_views_and_no_more(session: Session, eva: int) -> None:
    for n in range(saved_views.MOST_OF_PERSON):
        saved_views.keep(session, eva, f"Vy {n}", "/utforska")
    with pytest.raises(TooMany):
        saved_views.keep(session, eva, "En till", "/utforska")


@pytest.mark.parametrize(
    ("name", "address"),
    [("", "/utforska"), ("  ", "/utforska"), ("å" * 121, "/utforska"), ("a\0", "/utforska"), ("Vy", "utforska"),
     ("Vy", ""), ("Vy", "/" + "å" * 4000), ("Vy", "/sok\0")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(session: Session, eva: int, name: str, address: str) -> None:
    with pytest.raises(BadValue):
        saved_views.keep(session, eva, name, address)


def test_analysts_and_those_who_edit_put_views_on_the_start_page() -> None:
    assert {role for role in AUDIENCE_OF_ROLE if may_put_on_start(role)} == {"analytiker", "redaktor", "administrator"}
    assert not may_put_on_start(None)
