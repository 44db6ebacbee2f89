"""What stands before the figures in a file: what they are, the question, the date, and what is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from flask import request

from indexer import Reading
from webapp.bank import bank
from webapp.explore import choices
from webapp.explore.page import ExplorePage
from webapp.figures import HERE, full_date
from webapp.search_facets import chips
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary

About = list[tuple[str, str]]


def about(page: ExplorePage, what: str, *definitions: str) -> About:
    """Names and values. what: the title of the table or chart."""
    query = page.view.query
    here = datetime.now(UTC).astimezone(HERE)
    return [
        (_("Vad"), what),
        (_("Bank"), bank().settings.name),
        (_("Fråga"), _question(page)),
        (_("Filter"), ", ".join(_filters(page)) or _("inga")),
        (_("Antal"), page.found),
        (_("Hämtad"), f"{full_date(here)} {here.hour}.{here.minute:02}"),
        *((_("Förklaring"), one) for one in definitions if one),
        (_("Gäller"), _("Det som den som hämtade filen fick läsa i banken den dagen.")),
        (_("Adress"), request.url_root.rstrip("/") + choices.link(page.view)),
        *([(_("Du skrev"), query.typed)] if query.typed else []),
    ]


def _question(page: ExplorePage) -> str:
    """The words, and how they were read."""
    query = page.view.query
    told = {
        Reading.ALL: _("alla orden"),
        Reading.ANY: _("något av orden"),
        Reading.EXACT: _("ordagrant"),
        Reading.ALIKE: _("liknande ord"),
    }.get(query.reading)
    if not query.text:
        return _("hela banken")
    return f"{query.text} ({told})" if told else query.text


def _filters(page: ExplorePage) -> Iterator[str]:
    for chip in chips(page.view.query, vocabulary(bank().database), str):
        yield _("inte %(value)s", value=chip.label) if chip.negated else chip.label
