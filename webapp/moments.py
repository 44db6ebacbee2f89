"""Moments and stretches of time in the words that people use: "i dag 14.02", "ungefär 10 sekunder"."""

from __future__ import annotations

from datetime import UTC, datetime

from webapp.figures import HERE, full_date
from webapp.languages import language
from webapp.texts import gettext as _
from webapp.texts import ngettext

MINUTE, HOUR = 60, 3600


def day_and_time(moment: datetime, now: datetime | None = None) -> str:
    """As i dag 14.02, i går 9.30, 12 december 2019 9.30; in English today 14:02."""
    here = moment.astimezone(HERE)
    days = ((now or datetime.now(UTC)).astimezone(HERE).date() - here.date()).days
    day = {0: _("i dag"), 1: _("i går")}.get(days) or full_date(here.date())
    return f"{day} {here.hour}{':' if language() == 'en' else '.'}{here.minute:02}"


def about(seconds: float) -> str:
    """A wait in round words; exact figures would only jump about."""
    if seconds < MINUTE:
        rounded = max(5, int((seconds + 4) // 5) * 5)
        return _("ungefär %(count)s sekunder", count=rounded)
    if seconds < HOUR:
        minutes = round(seconds / MINUTE)
        return ngettext("ungefär en minut", "ungefär %(num)s minuter", minutes)
    return ngettext("ungefär en timme", "ungefär %(num)s timmar", round(seconds / HOUR))
