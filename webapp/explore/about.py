"""What stands before the figures in a file: what they are, the question, the date, and what is meant."""

from __future__ import annotations

from datetime import UTC, datetime

from webapp import outside
from webapp.bank import bank
from webapp.explore import choices
from webapp.explore.page import ExplorePage
from webapp.export.about import filters, question
from webapp.figures import HERE, full_date
from webapp.texts import gettext as _
from webapp.told_terms import words_of

About = list[tuple[str, str]]


def about(page: ExplorePage, what: str, *definitions: str) -> About:
    """Names and values. what: the title of the table or chart."""
    here = datetime.now(UTC).astimezone(HERE)
    return [
        (_("Vad"), what),
        (_("Bank"), bank().settings.name),
        (_("Fråga"), question(page.view.query)),
        *filters(page.view.query, words_of(page.view.query, bank().database)),
        (_("Antal"), page.found),
        (_("Hämtad"), f"{full_date(here)} {here.hour}.{here.minute:02}"),
        *((_("Förklaring"), one) for one in definitions if one),
        (_("Gäller"), _("Det som den som hämtade filen fick läsa i banken den dagen.")),
        (_("Adress"), outside.root() + choices.link(page.view)),
    ]
