"""The kept views as the page of /utforska lists them."""

from __future__ import annotations

from dataclasses import dataclass

from catalog import saved_views
from catalog.audience import may_put_on_start
from catalog.view_models import LONGEST_NAME, SavedView
from webapp.bank import bank
from webapp.signed_in import may_edit, my_role, signed_in


@dataclass(frozen=True, slots=True)
class KeptView:
    """mine: may be renamed and removed. starts: it can be put on the start page or taken off it."""

    id: int
    name: str
    link: str
    mine: bool
    on_start: bool
    starts: bool


@dataclass(frozen=True, slots=True)
class KeptViews:
    """Of the person who asks; for those who edit also what others have put on the start page."""

    views: tuple[KeptView, ...]
    longest_name: int = LONGEST_NAME


def kept_views() -> KeptViews | None:
    """None for a stranger."""
    person = signed_in()
    if person is None:
        return None
    starts = may_put_on_start(my_role())
    with bank().database.reading() as session:
        mine = saved_views.of_person(session, person.id)
        others = [view for view in saved_views.on_start(session) if view.user_id != person.id] if may_edit() else []
        return KeptViews(
            tuple(_shown(view, starts=starts, mine=view in mine) for view in (*mine, *others)),
        )


def _shown(view: SavedView, *, starts: bool, mine: bool) -> KeptView:
    return KeptView(view.id, view.name, view.address, mine, view.on_start_since is not None, starts)
